# shellcheck shell=bash
# Sourced by what runs Windows programs; needs platform/setup/wine.
#
#   start_wine                        one wineserver, for this script alone: others wait
#   "$wine" build/mingw/program.exe
#   stop_wine
#
# Without it each program would start a server and Wine's services, which take what it prints to for theirs and keep it.
wine=/usr/lib/wine/wine64

start_wine() {
  [ -z "${EVERYSOCK_WINE:-}" ] || return 0 # a script that called this one has
  WINEPREFIX=$(platform/setup/wine --where)
  export WINEPREFIX WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" DISPLAY=
  exec 9>"$WINEPREFIX.lock"
  flock 9
  /usr/lib/wine/wineserver64 -k 9>&- || true # of a script that was killed
  /usr/lib/wine/wineserver64 -p 9>&-
  timeout 60 "$wine" cmd /c exit 9>&- >/dev/null 2>&1 </dev/null
  export EVERYSOCK_WINE=$$
  trap stop_wine EXIT
}

stop_wine() {
  [ "$EVERYSOCK_WINE" = $$ ] || return 0
  trap - EXIT
  /usr/lib/wine/wineserver64 -k 9>&- || true
  timeout 30 /usr/lib/wine/wineserver64 -w 9>&- || true
  exec 9>&-
}
