import type { ByteText } from "../../../busybox/byte-text.js";
import { quoted } from "../protocol/quoted.js";
import type { Reply } from "../protocol/reply.js";
import type { Request } from "../protocol/requests.js";
import type { PackingLimits } from "../values/value.js";
import { Client, type ClientConnection } from "./client.js";
import type { Command, CommandTable } from "./command.js";
import { Database, type DatabaseOwner } from "./database.js";
import { PubSub } from "./pubsub.js";
import { Scans } from "./scans.js";
import type { Settings } from "./settings.js";
import { Statistics } from "./statistics.js";
import { Waiting } from "./waiting.js";

/** The levels of the server's log. */
export type LogLevel = "debug" | "verbose" | "notice" | "warning";

/** How the server is asked to end, by `SHUTDOWN` or a signal. */
export interface ShutdownOptions {
  /** Whether it saves. Default: as the setting `save` has it. */
  readonly saves?: boolean;
}

/** What the server needs of the process that it runs in. */
export interface RedisHost {
  readonly pid: number;
  /** The operating system, such as `Linux 6.12.48 x86_64`. */
  readonly system: string;
  /** The memory of the machine in bytes. */
  readonly memory: number;
  /** The path of the program, and of its configuration file if there is one. */
  readonly executable: string;
  readonly configFile: string;
  /** The time in nanoseconds since 1970. */
  now(): bigint;
  /** Calls back after some milliseconds, unless it is stopped. */
  after(milliseconds: number, callback: () => void): () => void;
  log(level: LogLevel, message: string): void;
  /** Writes the file of the data. Returns whether it could be written; why not is in the log. */
  save(): boolean;
  shutdown(options: ShutdownOptions): void;
}

/** A time when clients are not served, set by `CLIENT PAUSE`. */
interface Pause {
  readonly until: number;
  readonly onlyWrites: boolean;
}

/**
 * A Redis server without its sockets: clients are connected, send bytes and get bytes. It does nothing by itself
 * but end the waiting of clients whose time is up.
 */
export class Redis implements DatabaseOwner {
  readonly host: RedisHost;
  readonly commands: CommandTable;
  readonly settings: Settings;
  readonly databases: Database[];
  readonly clients = new Set<Client>();
  readonly pubsub = new PubSub();
  readonly waiting = new Waiting();
  readonly scans = new Scans();
  readonly startedAt: number;
  /** 40 hexadecimal digits that name this run of the server. */
  readonly runId: string;
  readonly replicationId: string;
  statistics = new Statistics();
  /** The number of changes since the last save. */
  changes = 0;
  lastSave: number;
  saves = 0;
  password: ByteText = "";

  #clientIds = 0;
  #time = 0;
  #random: number;
  #pause: Pause | undefined;
  readonly #watchers = new Map<Database, Map<ByteText, Set<Client>>>();
  readonly #withOutput = new Set<Client>();

  constructor(host: RedisHost, commands: CommandTable, settings: Settings) {
    this.host = host;
    this.commands = commands;
    this.settings = settings;
    this.#random = Number(host.now() % 4_294_967_291n) || 1;
    this.tick();
    this.startedAt = this.now();
    this.lastSave = Math.floor(this.now() / 1000);
    this.runId = this.#hexadecimal(40);
    this.replicationId = this.#hexadecimal(40);
    this.databases = Array.from({ length: settings.number("databases") }, () => new Database(this));
    this.password = settings.text("requirepass");
  }

  now(): number {
    return this.#time;
  }

  /** Lets time go on. It stands still within a command. */
  tick(): void {
    this.#time = Number(this.host.now() / 1_000_000n);
  }

  /** Returns the next random number from 0 to 1, without 1. */
  random(): number {
    // Marsaglia's xorshift of 32 bits: any numbers are good enough.
    let next = this.#random;
    next ^= next << 13;
    next ^= next >>> 17;
    next ^= next << 5;
    this.#random = next;
    return (next >>> 0) / 2 ** 32;
  }

  #hexadecimal(digits: number): string {
    return Array.from({ length: digits }, () => Math.floor(this.random() * 16).toString(16)).join("");
  }

  /** How large packed values may be. */
  get limits(): PackingLimits {
    return this.settings.limits;
  }

  log(level: LogLevel, message: string): void {
    this.host.log(level, message);
  }

  // Clients.

  /** Takes a client in. Returns `undefined` when there are too many. */
  connect(connection: ClientConnection): Client | undefined {
    this.tick();
    if (this.clients.size >= this.settings.number("maxclients")) {
      this.statistics.rejectedConnections++;
      connection.write(new TextEncoder().encode("-ERR max number of clients reached\r\n"));
      connection.close();
      return undefined;
    }
    this.#clientIds++;
    // The numbers of clients begin at 3, as they do on a server that has just been started.
    const client = new Client(this, this.#clientIds + 2, connection);
    this.clients.add(client);
    this.statistics.connections++;
    return client;
  }

  /** Forgets a client whose connection has ended. */
  forget(client: Client): void {
    client.isClosed = true;
    this.clients.delete(client);
    this.#withOutput.delete(client);
    this.waiting.remove(client);
    this.pubsub.leave(client);
    this.unwatch(client);
  }

  hasOutput(client: Client): void {
    this.#withOutput.add(client);
  }

  /** Gives all connections what has been written for them. */
  flush(): void {
    for (const client of this.#withOutput) client.flush();
    this.#withOutput.clear();
  }

  /**
   * Ends the waiting of a client with a reply, by default the one for when its time is up. Returns false when it
   * does not wait.
   */
  unblock(client: Client, reply?: Reply): boolean {
    const block = this.waiting.remove(client);
    if (!block) return false;
    client.isWaiting = false;
    client.send(reply === undefined ? block.otherwise : reply);
    queueMicrotask(() => client.process());
    return true;
  }

  /** Shows a command to the clients that monitor the server. */
  monitored(client: Client, command: Command, request: Request): void {
    if (command.flags.includes("skip_monitor") || command.flags.includes("admin")) return;
    let line: string | undefined;
    for (const monitor of this.clients) {
      if (!monitor.isMonitor) continue;
      line ??= this.#monitorLine(client, withoutPasswords(command, request));
      monitor.write(line);
    }
  }

  #monitorLine(client: Client, request: Request): string {
    const micros = this.host.now() / 1000n;
    const time = `${micros / 1_000_000n}.${(micros % 1_000_000n).toString().padStart(6, "0")}`;
    return `+${time} [${client.databaseIndex} ${client.connection.remote}] ${request.map(quoted).join(" ")}\r\n`;
  }

  // Pauses.

  pause(milliseconds: number, onlyWrites: boolean): void {
    const until = Math.max(this.now() + milliseconds, this.#pause?.until ?? 0);
    const pause = { until, onlyWrites: onlyWrites && (this.#pause?.onlyWrites ?? true) };
    this.#pause = pause;
    this.host.after(until - this.now(), () => {
      if (this.#pause === pause) this.unpause();
    });
  }

  unpause(): void {
    this.#pause = undefined;
    for (const client of this.clients) queueMicrotask(() => client.process());
  }

  /** Whether a command has to wait for the end of a pause. */
  isPaused({ flags }: Command): boolean {
    if (this.#pause === undefined) return false;
    return !this.#pause.onlyWrites || flags.includes("write") || flags.includes("may_replicate");
  }

  // Changes of keys.

  touched(database: Database, key: ByteText): void {
    this.changes++;
    for (const client of this.#watchers.get(database)?.get(key) ?? []) client.isDirty = true;
    this.waiting.touched(database, key);
  }

  watch(client: Client, key: ByteText): void {
    const { database } = client;
    if (client.watched.some((each) => each.database === database && each.key === key)) return;
    client.watched.push({ database, key });
    const keys = this.#watchers.get(database) ?? new Map<ByteText, Set<Client>>();
    this.#watchers.set(database, keys);
    keys.set(key, (keys.get(key) ?? new Set()).add(client));
  }

  /** Ends the watching of a client. */
  unwatch(client: Client): void {
    for (const { database, key } of client.watched) {
      const keys = this.#watchers.get(database);
      const clients = keys?.get(key);
      clients?.delete(client);
      if (clients?.size === 0) keys?.delete(key);
    }
    client.watched = [];
    client.isDirty = false;
  }

  /** Ends a transaction, and the watching of keys. */
  endTransaction(client: Client): void {
    client.transaction = undefined;
    this.unwatch(client);
  }

  /** The clients that watch a key, and the keys that are watched. */
  get watching(): { readonly clients: number; readonly keys: number } {
    return {
      clients: [...this.clients].filter(({ watched }) => watched.length > 0).length,
      keys: [...this.#watchers.values()].reduce((sum, keys) => sum + keys.size, 0),
    };
  }
}

/** Hides the arguments of a request that are a name and a password. */
function withoutPasswords({ name }: Command, [word, ...rest]: Request): Request {
  const from =
    name === "auth" ? -1 : name === "hello" ? rest.findIndex((each) => /^auth$/i.test(each)) : rest.length;
  return [word, ...rest.map((each, at) => (from < at && at <= from + 2 ? "(redacted)" : each))];
}
