-- wrk: announces of many peers. ANNOUNCE_PATHS names a file of paths, one a line; PEERS ports take turns.
local paths = {}
for line in io.lines(os.getenv('ANNOUNCE_PATHS')) do paths[#paths + 1] = line end
local peers, at = tonumber(os.getenv('PEERS')), 0
function request()
  at = at + 1
  local peer = at % peers
  local path = paths[at % #paths + 1]
  return 'GET ' .. path .. '&port=' .. (2000 + peer) .. '&uploaded=0&downloaded=0&left=' .. (peer % 4) ..
    '&compact=1&numwant=50&peer_id=-PK0000-' .. string.format('%012d', peer) .. ' HTTP/1.1\r\nhost: tracker\r\n\r\n'
end
