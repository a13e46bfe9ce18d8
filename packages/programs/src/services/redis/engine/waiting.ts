import type { ByteText } from "../../../busybox/byte-text.js";
import type { Block } from "./block.js";
import type { Client } from "./client.js";
import type { Database } from "./database.js";

/** A client that waits in a command such as `BLPOP`. */
interface Waiter {
  readonly client: Client;
  readonly database: Database;
  readonly block: Block;
  /** Performs the command again. Returns false when it still has to wait. */
  readonly retry: () => boolean;
  readonly stopTimer: () => void;
}

/** The clients that wait for keys. Who has waited longest is served first. */
export class Waiting {
  readonly #waiters = new Map<Client, Waiter>();
  /** The clients by the keys that they wait for, in the order in which they came. */
  readonly #byKey = new Map<Database, Map<ByteText, Set<Client>>>();
  #ready: [Database, ByteText][] = [];

  get size(): number {
    return this.#waiters.size;
  }

  /** The number of keys that somebody waits for. */
  get keys(): number {
    return [...this.#byKey.values()].reduce((sum, keys) => sum + keys.size, 0);
  }

  add(waiter: Waiter): void {
    this.#waiters.set(waiter.client, waiter);
    const keys = this.#byKey.get(waiter.database) ?? new Map<ByteText, Set<Client>>();
    this.#byKey.set(waiter.database, keys);
    for (const key of waiter.block.keys) {
      const clients = keys.get(key) ?? new Set();
      keys.set(key, clients.add(waiter.client));
    }
  }

  /** Takes a client out. Returns what it waited for. */
  remove(client: Client): Block | undefined {
    const waiter = this.#waiters.get(client);
    if (!waiter) return undefined;
    waiter.stopTimer();
    this.#waiters.delete(client);
    const keys = this.#byKey.get(waiter.database);
    for (const key of waiter.block.keys) {
      const clients = keys?.get(key);
      clients?.delete(client);
      if (clients?.size === 0) keys?.delete(key);
    }
    if (keys?.size === 0) this.#byKey.delete(waiter.database);
    return waiter.block;
  }

  /** Notes that a key has changed. */
  touched(database: Database, key: ByteText): void {
    if (this.#byKey.get(database)?.has(key)) this.#ready.push([database, key]);
  }

  /** Serves the clients that wait for keys which have changed. */
  serve(): void {
    while (this.#ready.length > 0) {
      const ready = this.#ready;
      this.#ready = [];
      for (const [database, key] of ready) {
        for (const client of [...(this.#byKey.get(database)?.get(key) ?? [])])
          this.#waiters.get(client)?.retry();
      }
    }
  }
}
