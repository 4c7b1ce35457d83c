# shellcheck shell=bash
# Sourced by scripts that need a proxy: start_proxy PROGRAM [OPTION...] starts one on a free port of 127.0.0.1, waits
# until it is ready, sets proxy_url and proxy_pid, and sees to it that it ends with the script.

# What the conformance suite does: everything, on this machine alone, many times a second.
# shellcheck disable=SC2034 # for those who source this
conformance_policy=(
  --allow-connect '127.0.0.0/8' --allow-connect '::1' --allow-connect '255.255.255.255'
  --allow-bind '0.0.0.0' --allow-bind '::' --allow-bind '127.0.0.0/8' --allow-bind '::1'
  --allow-lookup '*' --connects-per-second 10000 --lookups-per-second 10000 --max-sockets 4096 --max-listeners 1024
)

start_proxy() {
  local ready
  ready=$(mktemp -u "${TMPDIR:-/tmp}/everysock-proxy-XXXXXX.json")
  "$@" --port 0 --ready-file "$ready" >/dev/null &
  proxy_pid=$!
  trap 'kill "$proxy_pid" 2>/dev/null || true; wait "$proxy_pid" 2>/dev/null || true' EXIT
  local deadline=$((SECONDS + 30))
  until [ -s "$ready" ]; do
    if ! kill -0 "$proxy_pid" 2>/dev/null; then
      echo "the proxy ended before it was ready: $*" >&2
      return 1
    fi
    if [ "$SECONDS" -ge "$deadline" ]; then
      echo "the proxy was not ready within 30 s: $*" >&2
      return 1
    fi
    sleep 0.02
  done
  # shellcheck disable=SC2034
  proxy_url=$(sed -n 's/.*"url":"http\([^"]*\)".*/ws\1/p' "$ready")
  rm -f "$ready"
}
