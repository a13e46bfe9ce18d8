/**
 * The settings of Redis 7.4.1 as the image `redis:7` has them: names (an older one behind `/`), the default, what
 * may be set, and whether only the start may set it. `CONFIG GET *` of a real server shows the same.
 */
export const settingLines: readonly string[] = `
rdbchecksum | yes | boolean | immutable
daemonize | no | boolean | immutable
io-threads-do-reads | no | boolean | immutable
always-show-logo | no | boolean | immutable
protected-mode | no | boolean
rdbcompression | yes | boolean
rdb-del-sync-files | no | boolean
activerehashing | yes | boolean
stop-writes-on-bgsave-error | yes | boolean
set-proc-title | yes | boolean | immutable
dynamic-hz | yes | boolean
lazyfree-lazy-eviction | no | boolean
lazyfree-lazy-expire | no | boolean
lazyfree-lazy-server-del | no | boolean
lazyfree-lazy-user-del | no | boolean
lazyfree-lazy-user-flush | no | boolean
repl-disable-tcp-nodelay | no | boolean
repl-diskless-sync | yes | boolean
aof-rewrite-incremental-fsync | yes | boolean
no-appendfsync-on-rewrite | no | boolean
cluster-require-full-coverage | yes | boolean
rdb-save-incremental-fsync | yes | boolean
aof-load-truncated | yes | boolean
aof-use-rdb-preamble | yes | boolean
aof-timestamp-enabled | no | boolean
cluster-replica-no-failover/cluster-slave-no-failover | no | boolean
replica-lazy-flush/slave-lazy-flush | no | boolean
replica-serve-stale-data/slave-serve-stale-data | yes | boolean
replica-read-only/slave-read-only | yes | boolean
replica-ignore-maxmemory/slave-ignore-maxmemory | yes | boolean
jemalloc-bg-thread | yes | boolean
activedefrag | no | boolean
syslog-enabled | no | boolean | immutable
cluster-enabled | no | boolean | immutable
appendonly | no | boolean
cluster-allow-reads-when-down | no | boolean
cluster-allow-pubsubshard-when-down | yes | boolean
crash-log-enabled | yes | boolean
crash-memcheck-enabled | yes | boolean
disable-thp | yes | boolean | immutable
cluster-allow-replica-migration | yes | boolean
replica-announced | yes | boolean
latency-tracking | yes | boolean
replica-ignore-disk-write-errors | no | boolean
hide-user-data-from-log | no | boolean
aclfile |  | text | immutable
unixsocket |  | text | immutable
pidfile |  | text | immutable
replica-announce-ip/slave-announce-ip |  | text
masteruser |  | text
cluster-announce-ip |  | text
cluster-config-file | nodes.conf | text | immutable
cluster-announce-hostname |  | text
cluster-announce-human-nodename |  | text
syslog-ident | redis | text | immutable
dbfilename | dump.rdb | text | protected
appendfilename | appendonly.aof | text | immutable
appenddirname | appendonlydir | text | immutable
server-cpulist/server_cpulist |  | text | immutable
bio-cpulist/bio_cpulist |  | text | immutable
aof-rewrite-cpulist/aof_rewrite_cpulist |  | text | immutable
bgsave-cpulist/bgsave_cpulist |  | text | immutable
ignore-warnings |  | text
proc-title-template | {title} {listen-addr} {server-mode} | text
bind-source-addr |  | text
logfile |  | text | immutable
locale-collate |  | text
masterauth |  | text
requirepass |  | text
supervised | no | choice upstart systemd auto no | immutable
syslog-facility | local0 | choice user local0 local1 local2 local3 local4 local5 local6 local7 | immutable
repl-diskless-load | disabled | choice disabled on-empty-db swapdb
loglevel | notice | choice debug verbose notice warning nothing
maxmemory-policy | noeviction | choice volatile-lru volatile-lfu volatile-random volatile-ttl allkeys-lru allkeys-lfu allkeys-random noeviction
appendfsync | everysec | choice everysec always no
oom-score-adj | no | choice no yes relative absolute
acl-pubsub-default | resetchannels | choice allchannels resetchannels
sanitize-dump-payload | no | choice no yes clients
enable-protected-configs | no | choice no yes local | immutable
enable-debug-command | no | choice no yes local | immutable
enable-module-command | no | choice no yes local | immutable
cluster-preferred-endpoint-type | ip | choice ip hostname unknown-endpoint
propagation-error-behavior | ignore | choice ignore panic panic-on-replicas
shutdown-on-sigint | default | choice default save nosave now force
shutdown-on-sigterm | default | choice default save nosave now force
databases | 16 | integer 1 2147483647 | immutable
port | 6379 | integer 0 65535
io-threads | 1 | integer 1 128 | immutable
auto-aof-rewrite-percentage | 100 | integer 0 2147483647
cluster-replica-validity-factor/cluster-slave-validity-factor | 10 | integer 0 2147483647
list-max-listpack-size/list-max-ziplist-size | -2 | integer -2147483648 2147483647
tcp-keepalive | 300 | integer 0 2147483647
cluster-migration-barrier | 1 | integer 0 2147483647
active-defrag-cycle-min | 1 | integer 1 99
active-defrag-cycle-max | 25 | integer 1 99
active-defrag-threshold-lower | 10 | integer 0 1000
active-defrag-threshold-upper | 100 | integer 0 1000
lfu-log-factor | 10 | integer 0 2147483647
lfu-decay-time | 1 | integer 0 2147483647
replica-priority/slave-priority | 100 | integer 0 2147483647
repl-diskless-sync-delay | 5 | integer 0 2147483647
maxmemory-samples | 5 | integer 1 64
maxmemory-eviction-tenacity | 10 | integer 0 100
timeout | 0 | integer 0 2147483647
replica-announce-port/slave-announce-port | 0 | integer 0 65535
tcp-backlog | 511 | integer 0 2147483647 | immutable
cluster-port | 0 | integer 0 65535 | immutable
cluster-announce-bus-port | 0 | integer 0 65535
cluster-announce-port | 0 | integer 0 65535
cluster-announce-tls-port | 0 | integer 0 65535
repl-timeout | 60 | integer 1 2147483647
repl-ping-replica-period/repl-ping-slave-period | 10 | integer 1 2147483647
list-compress-depth | 0 | integer 0 2147483647
active-expire-effort | 1 | integer 1 10
hz | 10 | integer 0 2147483647
min-replicas-to-write/min-slaves-to-write | 0 | integer 0 2147483647
min-replicas-max-lag/min-slaves-max-lag | 10 | integer 0 2147483647
shutdown-timeout | 10 | integer 0 2147483647
repl-diskless-sync-max-replicas | 0 | integer 0 2147483647
maxclients | 10000 | integer 1 4294967295
unixsocketperm | 0 | octal 0 511 | immutable
socket-mark-id | 0 | integer 0 4294967295 | immutable
max-new-connections-per-cycle | 10 | integer 1 1000
max-new-tls-connections-per-cycle | 1 | integer 1 1000
active-defrag-max-scan-fields | 1000 | integer 1 9223372036854775807
slowlog-max-len | 128 | integer 0 9223372036854775807
acllog-max-len | 128 | integer 0 9223372036854775807
busy-reply-threshold/lua-time-limit | 5000 | integer 0 9223372036854775807
cluster-node-timeout | 15000 | integer 0 9223372036854775807
slowlog-log-slower-than | 10000 | integer -1 9223372036854775807
latency-monitor-threshold | 0 | integer 0 9223372036854775807
proto-max-bulk-len | 536870912 | memory 1048576 9223372036854775807
stream-node-max-entries | 100 | integer 0 9223372036854775807
repl-backlog-size | 1048576 | memory 1 9223372036854775807
maxmemory | 0 | memory 0 18446744073709551615
cluster-link-sendbuf-limit | 0 | memory 0 18446744073709551615
hash-max-listpack-entries/hash-max-ziplist-entries | 512 | integer 0 9223372036854775807
set-max-intset-entries | 512 | integer 0 9223372036854775807
set-max-listpack-entries | 128 | integer 0 9223372036854775807
set-max-listpack-value | 64 | integer 0 9223372036854775807
zset-max-listpack-entries/zset-max-ziplist-entries | 128 | integer 0 9223372036854775807
active-defrag-ignore-bytes | 104857600 | memory 1 9223372036854775807
hash-max-listpack-value/hash-max-ziplist-value | 64 | memory 0 9223372036854775807
stream-node-max-bytes | 4096 | memory 0 9223372036854775807
zset-max-listpack-value/zset-max-ziplist-value | 64 | memory 0 9223372036854775807
hll-sparse-max-bytes | 3000 | memory 0 9223372036854775807
tracking-table-max-keys | 1000000 | integer 0 9223372036854775807
client-query-buffer-limit | 1073741824 | memory 1048576 9223372036854775807
maxmemory-clients | 0 | memory -100 9223372036854775807
repl-backlog-ttl | 3600 | integer 0 9223372036854775807
auto-aof-rewrite-min-size | 67108864 | memory 0 9223372036854775807
tls-port | 0 | integer 0 65535
tls-session-cache-size | 20480 | integer 0 2147483647
tls-session-cache-timeout | 300 | integer 0 2147483647
tls-cluster | no | boolean
tls-replication | no | boolean
tls-auth-clients | yes | choice no yes optional
tls-prefer-server-ciphers | no | boolean
tls-session-caching | yes | boolean
tls-cert-file |  | text
tls-key-file |  | text
tls-key-file-pass |  | text
tls-client-cert-file |  | text
tls-client-key-file |  | text
tls-client-key-file-pass |  | text
tls-dh-params-file |  | text
tls-ca-cert-file |  | text
tls-ca-cert-dir |  | text
tls-protocols |  | text
tls-ciphers |  | text
tls-ciphersuites |  | text
dir | /data | special | protected
save | 3600 1 300 100 60 10000 | special
client-output-buffer-limit | normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60 | special
oom-score-adj-values | 0 200 800 | special
notify-keyspace-events |  | special
bind | * -::* | special
replicaof/slaveof |  | special | immutable
latency-tracking-info-percentiles | 50 99 99.9 | special
`
  .trim()
  .split("\n");
