#!/usr/bin/env bash
# Starts one node of Kafka. A variable stands for a setting, as in the official image: KAFKA_LOG_DIRS is log.dirs,
# two underscores are one, and three are a dash. CLUSTER_ID names the cluster; KAFKA_HEAP_OPTS is for Java.
set -Eeuo pipefail

settings=/tmp/server.properties
data=${KAFKA_LOG_DIRS:=/var/lib/kafka/data}
export KAFKA_LOG_DIRS
java=(java -cp '/opt/kafka/libs/*' -Dlog4j2.configurationFile=/opt/kafka/log4j2.properties)

write_settings() {
  local name setting
  while IFS= read -r name; do
    case "$name" in KAFKA_HEAP_OPTS | KAFKA_OPTS) continue ;; esac
    setting=${name#KAFKA_} setting=${setting,,}
    setting=${setting//___/-} setting=${setting//__/$'\t'} setting=${setting//_/.} setting=${setting//$'\t'/_}
    printf '%s=%s\n' "$setting" "${!name}"
  done < <(compgen -e KAFKA_) >"$settings"
}

write_settings
if [[ ! -s "$data/meta.properties" ]]; then
  "${java[@]}" kafka.tools.StorageTool format -t "${CLUSTER_ID:?the name of the cluster}" -c "$settings"
fi
read -ra heap <<<"${KAFKA_HEAP_OPTS:--Xmx400m}"
exec "${java[@]}" "${heap[@]}" -XX:+ExitOnOutOfMemoryError kafka.Kafka "$settings"
