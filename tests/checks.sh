# shellcheck shell=bash
# Sourced by scripts of named checks, from the top of the tree, with $suite set.
set -uo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
patience=30
passed=0 failed=0 skipped=0

# check NAME FUNCTION: one result; the function ends with a status.
# shellcheck disable=SC2154 # suite: see above
check() {
  if "$2" >"$work/said" 2>&1; then
    echo "passed   $suite/$1"
    passed=$((passed + 1))
  else
    echo "FAILED   $suite/$1"
    sed 's/^/         /' "$work/said"
    failed=$((failed + 1))
  fi
}

# within COMMAND...: repeats it until it succeeds; fails when the time is up.
within() {
  local deadline=$((SECONDS + patience))
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || { echo "not within $patience s: $*"; return 1; }
    sleep 0.05
  done
}

# says FILE TEXT: waits until it is there.
says() { within grep -q "$2" "$1"; }

# port FILE: the last number of the line that says where a program listens.
port() { sed -n 's/^.*[Ll]istening on .*[^0-9]\([0-9][0-9]*\)[^0-9]*$/\1/p' "$1"; }

same() {
  [ "$1" = "$2" ] || { printf 'expected:\n%s\nbut got:\n%s\n' "$2" "$1"; return 1; }
}

# finish: the last line.
finish() {
  echo "$suite: $passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
}
