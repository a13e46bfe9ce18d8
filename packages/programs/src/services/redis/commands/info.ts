// `INFO`: what the server tells of itself, in sections.
import type { ByteText } from "../../../busybox/byte-text.js";
import type { Call, Handler } from "../engine/command.js";
import type { Redis } from "../engine/redis.js";
import { version } from "../engine/version.js";

type Fields = readonly (readonly [string, string | number])[];

/** The bytes that a server without keys uses. */
const bytesAtStart = 1_006_616;
const bytesOfKey = 56;
const bytesOfItem = 16;

/** Estimates the memory that the keys use. */
function usedMemory(redis: Redis): number {
  let bytes = bytesAtStart;
  for (const database of redis.databases) {
    for (const [key, value] of database.values()) {
      bytes += bytesOfKey + key.length;
      if (value.type === "string") bytes += value.text.length;
      else if (value.type === "list") bytes += value.items.length * bytesOfItem;
      else if (value.type === "hash") bytes += value.fields.size * 2 * bytesOfItem;
      else bytes += (value.type === "set" ? value.size : value.members.size) * 2 * bytesOfItem;
    }
  }
  return bytes;
}

/** Writes an amount of memory for people. */
function human(bytes: number): string {
  const units = ["B", "K", "M", "G", "T"];
  let unit = 0;
  let amount = bytes;
  while (amount >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit++;
  }
  return unit === 0 ? `${bytes}B` : `${amount.toFixed(2)}${units[unit]}`;
}

function withHuman(name: string, bytes: number): Fields {
  return [
    [name, bytes],
    [`${name}_human`, human(bytes)],
  ];
}

function server(redis: Redis): Fields {
  const { host, settings } = redis;
  const uptime = Math.floor((redis.now() - redis.startedAt) / 1000);
  const binds = settings
    .text("bind")
    .split(" ")
    .map((address) => `bind=${address}`);
  return [
    ["redis_version", version],
    ["redis_git_sha1", "00000000"],
    ["redis_git_dirty", 0],
    ["redis_build_id", "57e4d1d7db6a1c76"],
    ["redis_mode", "standalone"],
    ["os", host.system],
    ["arch_bits", 64],
    ["monotonic_clock", "POSIX clock_gettime"],
    ["multiplexing_api", "epoll"],
    ["atomicvar_api", "c11-builtin"],
    ["gcc_version", "12.2.0"],
    ["process_id", host.pid],
    ["process_supervised", "no"],
    ["run_id", redis.runId],
    ["tcp_port", settings.number("port")],
    ["server_time_usec", (host.now() / 1000n).toString()],
    ["uptime_in_seconds", uptime],
    ["uptime_in_days", Math.floor(uptime / 86_400)],
    ["hz", settings.number("hz")],
    ["configured_hz", settings.number("hz")],
    ["lru_clock", Math.floor(redis.now() / 1000) % 2 ** 24],
    ["executable", host.executable],
    ["config_file", host.configFile],
    ["io_threads_active", 0],
    ["listener0", `name=tcp,${binds.join(",")},port=${settings.number("port")}`],
  ];
}

function clients(redis: Redis): Fields {
  const { watching, waiting } = redis;
  return [
    ["connected_clients", redis.clients.size],
    ["cluster_connections", 0],
    ["maxclients", redis.settings.number("maxclients")],
    ["client_recent_max_input_buffer", 20_480],
    ["client_recent_max_output_buffer", 0],
    ["blocked_clients", waiting.size],
    ["tracking_clients", 0],
    ["pubsub_clients", [...redis.clients].filter((client) => client.isSubscriber).length],
    ["watching_clients", watching.clients],
    ["clients_in_timeout_table", 0],
    ["total_watched_keys", watching.keys],
    ["total_blocking_keys", waiting.keys],
    ["total_blocking_keys_on_nokey", 0],
  ];
}

function memory(redis: Redis): Fields {
  const used = usedMemory(redis);
  const resident = used + 4_846_568;
  const limit = redis.settings.number("maxmemory");
  return [
    ...withHuman("used_memory", used),
    ...withHuman("used_memory_rss", resident),
    ...withHuman("used_memory_peak", used),
    ["used_memory_peak_perc", "100.00%"],
    ["used_memory_overhead", bytesAtStart - 36_424],
    ["used_memory_startup", bytesAtStart - 36_656],
    ["used_memory_dataset", used - bytesAtStart + 36_424],
    ["used_memory_dataset_perc", "99.37%"],
    ["allocator_allocated", used],
    ["allocator_active", resident],
    ["allocator_resident", resident],
    ["allocator_muzzy", 0],
    ...withHuman("total_system_memory", redis.host.memory),
    ["used_memory_lua", 31_744],
    ["used_memory_vm_eval", 31_744],
    ["used_memory_lua_human", human(31_744)],
    ["used_memory_scripts_eval", 0],
    ["number_of_cached_scripts", 0],
    ["number_of_functions", 0],
    ["number_of_libraries", 0],
    ["used_memory_vm_functions", 32_768],
    ...withHuman("used_memory_vm_total", 64_512),
    ["used_memory_functions", 232],
    ...withHuman("used_memory_scripts", 232),
    ...withHuman("maxmemory", limit),
    ["maxmemory_policy", redis.settings.text("maxmemory-policy")],
    ["mem_fragmentation_ratio", (resident / used).toFixed(2)],
    ["mem_fragmentation_bytes", resident - used],
    ["mem_not_counted_for_evict", 0],
    ["mem_replication_backlog", 0],
    ["mem_total_replication_buffers", 0],
    ["mem_clients_slaves", 0],
    ["mem_clients_normal", redis.clients.size * 1928],
    ["mem_cluster_links", 0],
    ["mem_aof_buffer", 0],
    ["mem_allocator", "jemalloc-5.3.0"],
    ["mem_overhead_db_hashtable_rehashing", 0],
    ["active_defrag_running", 0],
    ["lazyfree_pending_objects", 0],
    ["lazyfreed_objects", 0],
  ];
}

function persistence(redis: Redis): Fields {
  return [
    ["loading", 0],
    ["async_loading", 0],
    ["current_cow_peak", 0],
    ["current_cow_size", 0],
    ["current_cow_size_age", 0],
    ["current_fork_perc", "0.00"],
    ["current_save_keys_processed", 0],
    ["current_save_keys_total", 0],
    ["rdb_changes_since_last_save", redis.changes],
    ["rdb_bgsave_in_progress", 0],
    ["rdb_last_save_time", redis.lastSave],
    ["rdb_last_bgsave_status", "ok"],
    ["rdb_last_bgsave_time_sec", -1],
    ["rdb_current_bgsave_time_sec", -1],
    ["rdb_saves", redis.saves],
    ["rdb_last_cow_size", 0],
    ["rdb_last_load_keys_expired", 0],
    ["rdb_last_load_keys_loaded", 0],
    ["aof_enabled", redis.settings.flag("appendonly") ? 1 : 0],
    ["aof_rewrite_in_progress", 0],
    ["aof_rewrite_scheduled", 0],
    ["aof_last_rewrite_time_sec", -1],
    ["aof_current_rewrite_time_sec", -1],
    ["aof_last_bgrewrite_status", "ok"],
    ["aof_rewrites", 0],
    ["aof_rewrites_consecutive_failures", 0],
    ["aof_last_write_status", "ok"],
    ["aof_last_cow_size", 0],
    ["module_fork_in_progress", 0],
    ["module_fork_last_cow_size", 0],
  ];
}

function stats({ statistics, pubsub }: Redis): Fields {
  return [
    ["total_connections_received", statistics.connections],
    ["total_commands_processed", statistics.commands],
    ["instantaneous_ops_per_sec", 0],
    ["total_net_input_bytes", statistics.inputBytes],
    ["total_net_output_bytes", statistics.outputBytes],
    ["total_net_repl_input_bytes", 0],
    ["total_net_repl_output_bytes", 0],
    ["instantaneous_input_kbps", "0.00"],
    ["instantaneous_output_kbps", "0.00"],
    ["instantaneous_input_repl_kbps", "0.00"],
    ["instantaneous_output_repl_kbps", "0.00"],
    ["rejected_connections", statistics.rejectedConnections],
    ["sync_full", 0],
    ["sync_partial_ok", 0],
    ["sync_partial_err", 0],
    ["expired_subkeys", 0],
    ["expired_keys", statistics.expiredKeys],
    ["expired_stale_perc", "0.00"],
    ["expired_time_cap_reached_count", 0],
    ["expire_cycle_cpu_milliseconds", 0],
    ["evicted_keys", 0],
    ["evicted_clients", 0],
    ["evicted_scripts", 0],
    ["total_eviction_exceeded_time", 0],
    ["current_eviction_exceeded_time", 0],
    ["keyspace_hits", statistics.hits],
    ["keyspace_misses", statistics.misses],
    ["pubsub_channels", pubsub.names("channel").length],
    ["pubsub_patterns", pubsub.names("pattern").length],
    ["pubsubshard_channels", pubsub.names("shard").length],
    ["latest_fork_usec", 0],
    ["total_forks", 0],
    ["migrate_cached_sockets", 0],
    ["slave_expires_tracked_keys", 0],
    ["active_defrag_hits", 0],
    ["active_defrag_misses", 0],
    ["active_defrag_key_hits", 0],
    ["active_defrag_key_misses", 0],
    ["total_active_defrag_time", 0],
    ["current_active_defrag_time", 0],
    ["tracking_total_keys", 0],
    ["tracking_total_items", 0],
    ["tracking_total_prefixes", 0],
    ["unexpected_error_replies", 0],
    ["total_error_replies", statistics.totalErrors],
    ["dump_payload_sanitizations", 0],
    ["total_reads_processed", statistics.reads],
    ["total_writes_processed", statistics.writes],
    ["io_threaded_reads_processed", 0],
    ["io_threaded_writes_processed", 0],
    ["client_query_buffer_limit_disconnections", 0],
    ["client_output_buffer_limit_disconnections", 0],
    ["reply_buffer_shrinks", 0],
    ["reply_buffer_expands", 0],
    ["acl_access_denied_auth", 0],
    ["acl_access_denied_cmd", 0],
    ["acl_access_denied_key", 0],
    ["acl_access_denied_channel", 0],
  ];
}

function replication({ replicationId }: Redis): Fields {
  return [
    ["role", "master"],
    ["connected_slaves", 0],
    ["master_failover_state", "no-failover"],
    ["master_replid", replicationId],
    ["master_replid2", "0".repeat(40)],
    ["master_repl_offset", 0],
    ["second_repl_offset", -1],
    ["repl_backlog_active", 0],
    ["repl_backlog_size", 1_048_576],
    ["repl_backlog_first_byte_offset", 0],
    ["repl_backlog_histlen", 0],
  ];
}

function processor(): Fields {
  const names = ["sys", "user", "sys_children", "user_children", "sys_main_thread", "user_main_thread"];
  return names.map((name) => [`used_cpu_${name}`, "0.000000"]);
}

function errors({ statistics }: Redis): Fields {
  return [...statistics.errors].sort().map(([code, count]) => [`errorstat_${code}`, `count=${count}`]);
}

function keyspace(redis: Redis): Fields {
  return redis.databases.flatMap((database, index): Fields => {
    const keys = database.size;
    if (keys === 0) return [];
    const { keys: expires, averageTtl } = database.expiries;
    return [[`db${index}`, `keys=${keys},expires=${expires},avg_ttl=${averageTtl},subexpiry=0`]];
  });
}

interface Section {
  readonly name: string;
  readonly title: string;
  readonly fields: (redis: Redis) => Fields;
  /** Whether only `all` and its own name show it. */
  readonly isExtra?: boolean;
}

const none = (): Fields => [];

const sections: readonly Section[] = [
  { name: "server", title: "Server", fields: server },
  { name: "clients", title: "Clients", fields: clients },
  { name: "memory", title: "Memory", fields: memory },
  { name: "persistence", title: "Persistence", fields: persistence },
  { name: "stats", title: "Stats", fields: stats },
  { name: "replication", title: "Replication", fields: replication },
  { name: "cpu", title: "CPU", fields: processor },
  { name: "modules", title: "Modules", fields: none },
  { name: "commandstats", title: "Commandstats", fields: none, isExtra: true },
  { name: "errorstats", title: "Errorstats", fields: errors },
  { name: "latencystats", title: "Latencystats", fields: none, isExtra: true },
  { name: "cluster", title: "Cluster", fields: () => [["cluster_enabled", 0]] },
  { name: "keyspace", title: "Keyspace", fields: keyspace },
];

function isWanted({ name, isExtra }: Section, wanted: readonly ByteText[]): boolean {
  const names = wanted.map((each) => each.toLowerCase());
  if (names.includes(name) || names.includes("all") || names.includes("everything")) return true;
  return !isExtra && (names.length === 0 || names.includes("default"));
}

function info({ redis, args }: Call): { readonly kind: "text"; readonly text: string } {
  const shown = sections.filter((section) => isWanted(section, args));
  const text = shown.map(
    ({ title, fields }) =>
      `# ${title}\r\n${fields(redis)
        .map(([name, value]) => `${name}:${value}\r\n`)
        .join("")}`,
  );
  return { kind: "text", text: text.join("\r\n") };
}

export const infoCommands: Readonly<Record<string, Handler>> = { info };
