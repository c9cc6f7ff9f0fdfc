#!/usr/bin/env bash
# Makes the database at the first start, as the official image does:
#   POSTGRES_USER (postgres), POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE, POSTGRES_DB (as the user)
set -Eeuo pipefail

user=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-$user}

password() {
  if [[ -n "${POSTGRES_PASSWORD_FILE:-}" ]]; then cat "$POSTGRES_PASSWORD_FILE"; else printf '%s' "${POSTGRES_PASSWORD:?a password, or a file with one}"; fi
}

# Whoever connects over the network gives a password; the socket inside the container is for the set-up below and for health checks.
make_cluster() {
  initdb --username="$user" --pwfile=<(password) --auth-host=scram-sha-256 --auth-local=trust --encoding=UTF8 --locale=C.UTF-8
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
}

make_database() {
  [[ "$database" == postgres ]] && return
  pg_ctl --wait -o "-c listen_addresses=''" start
  psql --username="$user" --dbname=postgres -v ON_ERROR_STOP=1 -v name="$database" <<<'CREATE DATABASE :"name"'
  pg_ctl --wait --mode=fast stop
}

if [[ "$1" == postgres && ! -s "$PGDATA/PG_VERSION" ]]; then
  make_cluster
  make_database
fi
[[ "$1" == postgres ]] && set -- "$@" -c listen_addresses='*'
exec "$@"
