#!/usr/bin/env bash
# Starts PostgreSQL, for this container alone, and FerretDB before it. When either ends, the container ends.
set -Eeuo pipefail

# Held until the last process of this container that works on the folder is gone.
exec 9> "${PGDATA%/*}/in-use"
flock --nonblock 9 || { echo "another container works on ${PGDATA%/*}: give this one a volume of its own" >&2; exit 1; }
# A killed container leaves it behind, with a number that here may belong to any process: PostgreSQL would take that for another server and not start.
rm -f "$PGDATA/postmaster.pid"

if [[ ! -s "$PGDATA/PG_VERSION" ]]; then
  initdb --username=ferretdb --auth=trust --encoding=UTF8 --locale=C.UTF-8
fi
# Without a socket in a folder, because its lock file is such a trap as well.
export PGHOST=127.0.0.1
postgres -c listen_addresses="$PGHOST" -c unix_socket_directories= -c max_connections=200 &
database=$!
until pg_isready --quiet --username=ferretdb --dbname=postgres; do
  kill -0 "$database"
  sleep 0.1
done
psql --username=ferretdb --dbname=postgres --no-align --tuples-only -c "SELECT 1 FROM pg_database WHERE datname = 'ferretdb'" | grep -q 1 ||
  createdb --username=ferretdb ferretdb

ferretdb &
server=$!
end() { kill -TERM "$server" 2>/dev/null || true; kill -INT "$database" 2>/dev/null || true; }
trap end TERM INT
wait -n || true
end
wait
