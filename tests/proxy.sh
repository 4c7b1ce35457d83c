# shellcheck shell=bash
# Sourced by scripts that need a proxy: start_proxy PROGRAM [OPTION...] starts one on a free port of 127.0.0.1, waits
# until it is ready, sets proxy_url and proxy_pid, and sees to it that it ends with the script.

# For the conformance suite, which also asks for what the system itself refuses (foreign addresses, the broadcast
# address) and must see the system's own answer. Its traffic stays on this machine.
# shellcheck disable=SC2034 # for those who source this
conformance_policy=(
  --allow-connect '*' --allow-bind '*' --allow-lookup '*'
  --allow-family netlink --allow-family packet --allow-family vsock --allow-family can --allow-family tipc
  --allow-family bluetooth --allow-family qipcrtr --allow-family rds
  --connects-per-second 10000 --lookups-per-second 10000 --max-sockets 4096 --max-listeners 1024
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

# stop_proxy: ends it, with SIGTERM or what $proxy_signal names. Fails where it does not end well: it crashed, or a sanitizer in it has spoken.
stop_proxy() {
  local status=0
  trap - EXIT
  kill -s "${proxy_signal:-TERM}" "$proxy_pid" 2>/dev/null || true
  wait "$proxy_pid" || status=$?
  [ "$status" -eq 0 ] || echo "the proxy ended with status $status" >&2
  return "$status"
}
