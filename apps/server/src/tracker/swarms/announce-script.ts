/**
 * One announce, atomically (Valkey, Redis 6.2 and later). A peer is the hexadecimal digits of its address and port; its
 * value names seed, hash classes, counters and passkey.
 * KEYS: peers (hash), seen (sorted set), seeds (set), addresses of the passkey (sorted set), passkeys of the address (sorted set)
 * ARGV: now, lifetime, min interval, most addresses, peer, address, passkey, hash class, event, seed, uploaded, downloaded, numwant
 */
export const ANNOUNCE_SCRIPT = `
local now, lifetime, peer, class = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[5], tonumber(ARGV[8])
local event, seed = ARGV[9], ARGV[10]
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now - lifetime)
if event ~= 'stopped' then
  if not redis.call('ZSCORE', KEYS[4], ARGV[6]) and redis.call('ZCARD', KEYS[4]) >= tonumber(ARGV[4]) then return {-1} end
  redis.call('ZADD', KEYS[4], now, ARGV[6])
  redis.call('EXPIRE', KEYS[4], lifetime)
  redis.call('ZADD', KEYS[5], now, ARGV[7])
  redis.call('EXPIRE', KEYS[5], lifetime)
end
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now - lifetime, 'LIMIT', 0, 100)) do
  redis.call('HDEL', KEYS[1], gone)
  redis.call('SREM', KEYS[3], gone)
  redis.call('ZREM', KEYS[2], gone)
end
local known = redis.call('HGET', KEYS[1], peer)
local up, down, classes, hurried = -1, -1, class, 0
if known then
  local parts = {}
  for part in string.gmatch(known, '[^,]+') do parts[#parts + 1] = part end
  local had = tonumber(parts[2])
  local same = math.floor(had / class) % 2 == 1
  classes = same and had or had + class
  if event ~= 'started' then up, down = parts[3], parts[4] end
  if event == '' and same and now - tonumber(redis.call('ZSCORE', KEYS[2], peer)) < tonumber(ARGV[3]) / 2 then hurried = 1 end
end
if event == 'stopped' then
  redis.call('HDEL', KEYS[1], peer)
  redis.call('SREM', KEYS[3], peer)
  redis.call('ZREM', KEYS[2], peer)
else
  redis.call('HSET', KEYS[1], peer, seed .. ',' .. classes .. ',' .. ARGV[11] .. ',' .. ARGV[12])
  redis.call('ZADD', KEYS[2], now, peer)
  redis.call(seed == '1' and 'SADD' or 'SREM', KEYS[3], peer)
  for _, key in ipairs({KEYS[1], KEYS[2], KEYS[3]}) do redis.call('EXPIRE', key, lifetime) end
end
local complete = redis.call('SCARD', KEYS[3])
local answer = {complete, redis.call('HLEN', KEYS[1]) - complete, tostring(up), tostring(down)}
local wanted = tonumber(ARGV[13])
if event ~= 'stopped' and hurried == 0 and wanted > 0 then
  local picked = redis.call('HRANDFIELD', KEYS[1], wanted * 2 + 1, 'WITHVALUES')
  for at = 1, #picked, 2 do
    local other, value = picked[at], picked[at + 1]
    local theirs = tonumber(string.match(value, '^%d,(%d+)'))
    local useful = math.floor(theirs / class) % 2 == 1 and not (seed == '1' and string.sub(value, 1, 1) == '1')
    if wanted > 0 and other ~= peer and useful then
      answer[#answer + 1] = other
      wanted = wanted - 1
    end
  end
end
return answer
`;
