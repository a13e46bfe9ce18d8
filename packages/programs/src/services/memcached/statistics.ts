// What memcached counts, and shows of itself.
import type { Store } from "./store.js";

/** The settings that clients see. */
export interface Settings {
  readonly version: string;
  readonly port: number;
  readonly address: string;
  readonly threads: number;
  readonly maxConnections: number;
  maxBytes: number;
  verbosity: number;
}

/** The counters of `stats`, in the order of the command's answer, by its paragraphs. */
const counted = [
  ...["cmd_get", "cmd_set", "cmd_flush", "cmd_touch", "cmd_meta", "get_hits", "get_misses", "get_expired"],
  ...["get_flushed", "delete_misses", "delete_hits", "incr_misses", "incr_hits", "decr_misses", "decr_hits"],
  ...[
    "cas_misses",
    "cas_hits",
    "cas_badval",
    "touch_hits",
    "touch_misses",
    "store_too_large",
    "store_no_memory",
  ],
  ...["auth_cmds", "auth_errors", "bytes_read", "bytes_written"],
] as const;

type Counter = (typeof counted)[number];

/** The counters of a server. */
export class Statistics {
  readonly #counts = new Map<Counter, number>();
  #connections = { now: 0, total: 0 };

  constructor(
    readonly pid: number,
    readonly started: number,
  ) {}

  add(counter: Counter, by = 1): void {
    this.#counts.set(counter, (this.#counts.get(counter) ?? 0) + by);
  }

  opened(): void {
    this.#connections = { now: this.#connections.now + 1, total: this.#connections.total + 1 };
  }

  closed(): void {
    this.#connections.now--;
  }

  reset(): void {
    this.#counts.clear();
    this.#connections.total = 0;
  }

  /** The lines of `stats`. */
  lines(store: Store, { version, threads, maxConnections, maxBytes }: Settings): string[] {
    const now = store.now();
    const { now: current, total } = this.#connections;
    const counts = counted.map((name): [string, number] => [name, this.#counts.get(name) ?? 0]);
    return shown([
      ["pid", this.pid],
      ["uptime", now - this.started],
      ["time", now],
      ["version", version],
      ["libevent", "2.1.12-stable"],
      ["pointer_size", 64],
      ["rusage_user", "0.000000"],
      ["rusage_system", "0.000000"],
      ["max_connections", maxConnections],
      ["curr_connections", current],
      ["total_connections", total],
      ["rejected_connections", 0],
      ["connection_structures", current + 1],
      ...counts,
      ["limit_maxbytes", maxBytes],
      ["accepting_conns", 1],
      ["listen_disabled_num", 0],
      ["time_in_listen_disabled_us", 0],
      ["threads", threads],
      ["conn_yields", 0],
      ["hash_power_level", 16],
      ["hash_bytes", 524_288],
      ["hash_is_expanding", 0],
      ["bytes", store.bytes],
      ["curr_items", store.size],
      ["total_items", store.total],
      ["expired_unfetched", 0],
      ["evicted_unfetched", 0],
      ["evictions", 0],
      ["reclaimed", 0],
    ]);
  }

  /** The lines of `stats settings`. */
  static settings({ port, address, threads, maxConnections, maxBytes, verbosity }: Settings): string[] {
    return shown([
      ["maxbytes", maxBytes],
      ["maxconns", maxConnections],
      ["tcpport", port],
      ["udpport", 0],
      ["inter", address || "NULL"],
      ["verbosity", verbosity],
      ["oldest", 0],
      ["evictions", "on"],
      ["domain_socket", "NULL"],
      ["umask", 700],
      ["growth_factor", "1.25"],
      ["chunk_size", 48],
      ["num_threads", threads],
      ["stat_key_prefix", ":"],
      ["detail_enabled", "no"],
      ["reqs_per_event", 20],
      ["cas_enabled", "yes"],
      ["tcp_backlog", 1024],
      ["binding_protocol", "auto-negotiate"],
      ["auth_enabled_sasl", "no"],
      ["auth_enabled_ascii", "no"],
      ["item_size_max", 1_048_576],
    ]);
  }
}

function shown(pairs: readonly (readonly [string, string | number])[]): string[] {
  return pairs.map(([name, value]) => `STAT ${name} ${value}`);
}
