# shellcheck shell=bash
# Sourced by tests and by web/demo: real servers on free ports of 127.0.0.1, each with its files in a directory of its
# own. Nothing of the system's services is touched. Every process started here is in `services`; stop_services ends
# them, and them alone.
services=()

stop_services() {
  [ ${#services[@]} -gt 0 ] || return 0
  kill "${services[@]}" 2>/dev/null || true
  wait "${services[@]}" 2>/dev/null || true
  services=()
}

# A port to try: below the range that systems give out by themselves. Whoever binds it finds out whether it is free.
candidate_port() { echo $((20000 + RANDOM % 12000)); }

milliseconds() { echo $((${EPOCHREALTIME/./} / 1000)); }

# within SECONDS COMMAND...: repeats COMMAND until it succeeds; fails when the time is up.
within() {
  local deadline=$(($(milliseconds) + $1 * 1000))
  shift
  until "$@"; do
    [ "$(milliseconds)" -lt "$deadline" ] || return 1
    sleep 0.05
  done
}

# Whether something accepts connections on PORT.
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# answers, or the process PID has ended.
answers_or_ended() { answers "$1" || ! kill -0 "$2" 2>/dev/null; }

# start_on_free_port LOG COMMAND...: runs COMMAND, with @PORT@ in its arguments replaced, until it serves a port that
# nobody else had; sets `port` and `pid`.
start_on_free_port() {
  local log=$1
  shift
  for _ in 1 2 3 4 5 6 7 8; do
    port=$(candidate_port)
    # Somebody who is there already would answer in the place of what is started here.
    ! answers "$port" || continue
    "${@//@PORT@/$port}" >"$log" 2>&1 &
    pid=$!
    if within 10 answers_or_ended "$port" "$pid" && kill -0 "$pid" 2>/dev/null; then
      services+=("$pid")
      return 0
    fi
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  echo "services: $1 does not start; it said:" >&2
  tail -n 20 "$log" >&2
  return 1
}

# start_redis DIRECTORY: a redis-server without persistence; sets `redis_port`.
start_redis() {
  mkdir -p "$1"
  start_on_free_port "$1/log.txt" redis-server --bind 127.0.0.1 --port @PORT@ --dir "$1" --save '' --appendonly no
  # shellcheck disable=SC2034 # for whoever sources this
  redis_port=$port
}

# start_nginx DIRECTORY: an nginx that serves DIRECTORY/html; sets `nginx_port`.
start_nginx() {
  mkdir -p "$1/html"
  local nginx
  nginx=$(PATH=$PATH:/usr/sbin command -v nginx) || { echo "services: there is no nginx" >&2; return 1; }
  cat >"$1/nginx.template" <<CONF
daemon off;
master_process off;
pid $1/nginx.pid;
error_log stderr;
events { worker_connections 64; }
http {
  access_log off;
  default_type text/plain;
  types { text/html html; }
  client_body_temp_path $1/tmp; proxy_temp_path $1/tmp; fastcgi_temp_path $1/tmp;
  uwsgi_temp_path $1/tmp; scgi_temp_path $1/tmp;
  server { listen 127.0.0.1:LISTEN_PORT; root $1/html; }
}
CONF
  # nginx takes its port from a file only.
  # shellcheck disable=SC2016
  start_on_free_port "$1/log.txt" bash -c \
    'sed "s/LISTEN_PORT/$1/" "$2/nginx.template" >"$2/nginx.conf" && exec "$3" -e stderr -p "$2" -c "$2/nginx.conf"' \
    nginx @PORT@ "$1" "$nginx"
  # shellcheck disable=SC2034
  nginx_port=$port
}
