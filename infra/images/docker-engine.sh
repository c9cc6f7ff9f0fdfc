#!/usr/bin/env bash
# A Docker engine for one run, where none answers: Debian's docker.io, with everything it keeps below one temporary folder.
#   eval "$(infra/images/docker-engine.sh start [FOLDER])"   starts it where it is needed and tells the shell where it is
#   eval "$(infra/images/docker-engine.sh compose FOLDER)"   sees to it that there is a `docker compose`, too
#   infra/images/docker-engine.sh stop FOLDER                ends it and removes all that it kept
# What they print are exports: DOCKER_HOST, what Testcontainers needs, and where Docker Compose was put. An engine that answers already is taken as it is;
# then nothing is exported, and there is nothing to stop. Starting in the same folder twice tells the same again.
set -Eeuo pipefail
here=$(dirname "$(readlink -f "$0")")

say() { echo "docker-engine: $*" >&2; }
refuse() {
  say "$*"
  exit 1
}

answers() { command -v docker >/dev/null && docker version >/dev/null 2>&1; }

install_engine() {
  command -v dockerd >/dev/null && return
  [[ $(id -u) == 0 ]] || refuse 'no Docker engine answers, and only root can install and start one'
  command -v apt-get >/dev/null || refuse 'no Docker engine answers, and there is no apt-get to install one with'
  say "installing Debian's docker.io"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker.io iptables >&2
}

# Ports that are published without an address go to 127.0.0.1, by the kernel alone: a process that copies each byte takes a tenth of a core of what is tested.
# What it starts is not part of the run that asked for it.
launch() {
  local folder=$1 driver=$2
  env -u CI_RUN_OF_WAYMARK setsid dockerd --storage-driver="$driver" --data-root="$folder/data" --exec-root="$folder/exec" \
    --pidfile="$folder/dockerd.pid" --host="unix://$folder/docker.sock" --ip=127.0.0.1 --userland-proxy=false >"$folder/dockerd.log" 2>&1 </dev/null &
  local started=$! waited
  for ((waited = 0; waited < 300; waited++)); do
    DOCKER_HOST=unix://$folder/docker.sock answers && return
    kill -0 "$started" 2>/dev/null || return 1
    sleep 0.2
  done
  return 1
}

start_engine() {
  local folder=$1
  mkdir -p "$folder"
  install_engine
  local driver
  for driver in overlay2 vfs; do
    if launch "$folder" "$driver"; then
      say "started with $driver; end it with: $0 stop $folder"
      return
    fi
    say "no start with $driver: $(tail -n 1 "$folder/dockerd.log" | cut -c1-300)"
    end_engine "$folder"
  done
  refuse 'the Docker engine does not start'
}

# Docker Compose is a plugin of the command line: built from its Go module where there is none.
compose() {
  local folder binary
  folder=$(readlink -f "${1:?a folder for it}")
  docker compose version >/dev/null 2>&1 && return
  if [[ ! -e "$folder/config/cli-plugins/docker-compose" ]]; then
    command -v go >/dev/null || refuse 'there is no Docker Compose, and no Go to build it with'
    say 'building Docker Compose, once'
    binary=$(node "$here/go-tools.mjs" compose)
    mkdir -p "$folder/config/cli-plugins"
    ln -s "$binary" "$folder/config/cli-plugins/docker-compose"
  fi
  echo "export DOCKER_CONFIG='$folder/config'"
}

end_engine() {
  local folder=$1 pid waited
  pid=$(cat "$folder/dockerd.pid" 2>/dev/null || true)
  if [[ -n "$pid" ]]; then
    kill -TERM "$pid" 2>/dev/null || true
    for ((waited = 0; waited < 150; waited++)); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.2
    done
    kill -KILL "$pid" 2>/dev/null || true
  fi
  # Mounts that outlived it keep its folders in use.
  awk -v below="$folder/" 'index($2, below) == 1 { print $2 }' /proc/mounts | sort -r | while read -r mount; do umount -l "$mount" || true; done
  rm -rf "${folder:?}/data" "${folder:?}/exec" "${folder:?}/docker.sock" "${folder:?}/dockerd.pid"
}

start() {
  local folder
  folder=$(readlink -f "${1:-$(mktemp -d /tmp/waymark-docker.XXXXXX)}")
  if [[ -S "$folder/docker.sock" ]] || ! answers; then
    export DOCKER_HOST=unix://$folder/docker.sock
    answers || start_engine "$folder"
    echo "export DOCKER_HOST='$DOCKER_HOST' TESTCONTAINERS_RYUK_DISABLED=true"
  fi
}

stop() {
  local folder
  folder=$(readlink -f "${1:?the folder it was started in}")
  # Containers first: their shims would outlive the engine.
  if [[ -S "$folder/docker.sock" ]]; then
    export DOCKER_HOST=unix://$folder/docker.sock
    docker ps --all --quiet | xargs --no-run-if-empty docker rm --force --volumes >/dev/null || true
    end_engine "$folder"
    say "ended; removed what it kept below $folder"
  fi
  rm -rf "${folder:?}/config" "${folder:?}/dockerd.log"
  rmdir "$folder" 2>/dev/null || true
}

case "${1:-}" in
  start) start "${2:-}" ;;
  compose) compose "${2:-}" ;;
  stop) stop "${2:-}" ;;
  *) refuse 'start [FOLDER], compose FOLDER or stop FOLDER' ;;
esac
