# shellcheck shell=sh disable=SC2154,SC2015
# The lines above are this download; everything below is the same for all.

usage() {
  cat <<USAGE
Downloads $model, release $release, and checks the SHA-256 of every file.

Usage: sh $0 [DIRECTORY]     (default: the current directory)

Run it again after any interruption: it continues where it stopped and skips
files that are complete and right. It needs curl and one of openssl, sha256sum
and shasum.

The links in it expire at $expires_at. It then asks for new ones
with the access token in PADDOCK_TOKEN, or in the file that PADDOCK_TOKEN_FILE
names (default ~/.config/paddock/token), which only you may be able to read.

Exit codes:
  0  every file is there and right
  1  wrong use, or a program is missing
  2  the portal refused; the reason and the remedy were shown
  3  the network failed; run it again to continue
  4  a file arrived with a wrong SHA-256 twice
  5  the links have expired and there is no usable token
  6  cannot write the files
USAGE
}

say() { printf '%s\n' "$*" >&2; }
die() { code=$1; shift; say "$@"; exit "$code"; }
stop_for_remedy() { die 5 "$*" "Get new links: $remedy_url"; }

main() {
  case ${1-} in
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 1 ;;
  esac
  [ $# -le 1 ] || { usage >&2; exit 1; }
  require_programs
  unset CDPATH
  mkdir -p "${1:-.}" && cd "${1:-.}" || die 6 "Cannot use the directory $1"
  work=$(mktemp -d) || die 6 'Cannot make a temporary directory'
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  manifest > "$work/manifest"
  manifest > "$work/links"
  progress='--silent --show-error'
  [ ! -t 2 ] || progress='--progress-bar'
  fetched=0 present=0
  while IFS=$tab read -r sha256 size path _ <&3; do
    obtain
  done 3< "$work/manifest"
  say "$((fetched + present)) files are complete and right: $fetched fetched, $present already there."
}
tab=$(printf '\t')

require_programs() {
  command -v curl > /dev/null || die 1 'This needs curl.'
  # Debian's sha256sum is several times slower than openssl, which few machines lack.
  if command -v openssl > /dev/null; then
    digest() { openssl dgst -sha256 -r < "$1" | cut -c 1-64; }
  elif command -v sha256sum > /dev/null; then
    digest() { sha256sum < "$1" | cut -c 1-64; }
  elif command -v shasum > /dev/null; then
    digest() { shasum -a 256 < "$1" | cut -c 1-64; }
  else
    die 1 'This needs openssl, sha256sum or shasum.'
  fi
}

# Works on the file that the main loop has in sha256, size and path.
obtain() {
  if [ -f "$path" ] && right "$path"; then
    say "$path: already there"
    present=$((present + 1))
    return
  fi
  case $path in
    */*) mkdir -p "${path%/*}" || die 6 "Cannot make the directory of $path" ;;
  esac
  say "$path: $size bytes"
  fetch
  if ! right "$path.part"; then
    say "$path: the SHA-256 is wrong; fetching it again from the start"
    rm -f "$path.part"
    fetch
    right "$path.part" || die 4 "$path: the SHA-256 is wrong again; the bytes were kept as $path.part"
  fi
  mv -f "$path.part" "$path" || die 6 "Cannot write $path"
  fetched=$((fetched + 1))
}

bytes_of() { if [ -f "$1" ]; then wc -c < "$1" | tr -d ' '; else echo 0; fi; }
right() { [ "$(bytes_of "$1")" = "$size" ] && [ "$(digest "$1")" = "$sha256" ]; }

# Brings $path.part to its full size; counts attempts anew whenever some bytes arrived.
fetch() {
  failures=0 renewed=no
  before=$(bytes_of "$path.part")
  [ "$before" -le "$size" ] || { rm -f "$path.part"; before=0; }
  [ "$size" -gt 0 ] || : > "$path.part" || die 6 "Cannot write $path.part"
  while [ "$before" -lt "$size" ]; do
    attempt
    after=$(bytes_of "$path.part")
    [ "$after" -le "$before" ] || failures=0 renewed=no
    before=$after
  done
}

attempt() {
  link=$(link_of_file)
  [ -n "$link" ] || die 2 "$path: the portal gave no link for it" "Get new links: $remedy_url"
  status=$(transfer) && result=0 || result=$?
  case $result in
    0) [ "$(bytes_of "$path.part")" -gt "$before" ] || retry_later 'the answer was empty' ;;
    22) refused_with "$status" ;;
    23) die 6 "Cannot write $path.part" ;;
    33 | 36) rm -f "$path.part"; retry_later 'the server cannot continue it' ;;
    *) retry_later "curl failed with code $result" ;;
  esac
}

# The link is a credential too: curl reads it from standard input, so that no process list shows it.
ask() {
  curl --config - --proto '=http,https' --location --max-redirs 5 --connect-timeout 30 "$@" <<CONFIG
url = "$link"
CONFIG
}

# Both path and digest must match: new links never change what this script fetches.
link_of_file() {
  awk -F "$tab" -v sha256="$sha256" -v path="$path" '$1 == sha256 && $3 == path { print $4; exit }' "$work/links" |
    tr -d '\000-\037' | sed 's/[\\"]/\\&/g'
}

transfer() {
  # shellcheck disable=SC2086
  ask $progress --fail --continue-at - --speed-limit 1 --speed-time 60 --output "./$path.part" --write-out '%{http_code}'
}

retry_later() {
  failures=$((failures + 1))
  [ "$failures" -le 5 ] || die 3 "$path: $1; run this again to continue"
  say "$path: $1; trying again"
  sleep "$failures"
}

refused_with() {
  case $1 in
    408 | 429 | 5??) retry_later "the server answered $1"; return ;;
    416) rm -f "$path.part"; retry_later 'the server cannot continue it'; return ;;
  esac
  # curl --fail drops the answer, so ask once more, for one byte, to read why.
  rm -f "$work/problem"
  ask --silent --range 0-0 --max-time 60 --output "$work/problem" || :
  if [ "$(json_string code)" = link-expired ] && [ "$renewed" = no ]; then
    renew
    return
  fi
  say "$path: the portal refused it (HTTP $1)"
  show_problem
  exit 2
}

show_problem() {
  for field in code detail remedy; do
    text=$(json_string "$field")
    [ -z "$text" ] || say "  $field: $text"
  done
  say "  see: $remedy_url"
}

# A string member of the flat JSON object in $work/problem. A quotation mark inside a JSON string has a
# backslash before it, so text that merely looks like a member cannot match. Control characters are dropped.
json_string() {
  [ -f "$work/problem" ] || return 0
  tr -d '\000-\037\177' < "$work/problem" |
    sed -n -E 's/^(.*[{,])?[[:space:]]*"'"$1"'"[[:space:]]*:[[:space:]]*"(([^"\\]|\\.)*)".*$/\2/p' |
    sed -E 's/\\[nrt]/ /g; s/\\(["\\\/])/\1/g' | head -n 1
}

renew() {
  renewed=yes
  say 'The links have expired; asking for new ones.'
  find_token
  # No --location: the token goes to the portal and nowhere else.
  status=$(curl --config - --silent --show-error --connect-timeout 30 --max-time 120 \
    --header 'Content-Type: application/json' --header 'Accept: text/tab-separated-values' \
    --data "$renew_body" --output "$work/renewed" --write-out '%{http_code}' <<CONFIG
url = "$renew_url"
header = "Authorization: Bearer $token"
CONFIG
  ) || die 3 'The portal could not be reached for new links; run this again.'
  case $status in
    2??) mv "$work/renewed" "$work/links" ;;
    *)
      mv "$work/renewed" "$work/problem" 2> /dev/null || :
      say "The portal gave no new links (HTTP $status)."
      show_problem
      exit 2
      ;;
  esac
}

find_token() {
  token=${PADDOCK_TOKEN-}
  if [ -z "$token" ]; then
    file=${PADDOCK_TOKEN_FILE:-${HOME-}/.config/paddock/token}
    [ -f "$file" ] || stop_for_remedy "There is no access token in PADDOCK_TOKEN or $file."
    # shellcheck disable=SC2012
    case $(ls -ldL "$file") in
      -r[w-]-------*) ;;
      *) stop_for_remedy "Others can read $file, so it is not used. Run: chmod 600 $file" ;;
    esac
    IFS= read -r token < "$file" || [ -n "$token" ] || stop_for_remedy "$file is empty."
  fi
  case $token in
    *[!A-Za-z0-9._~+/=-]*) stop_for_remedy 'The access token holds characters that no token has.' ;;
  esac
}

main "$@"
