import { type ByteText, toBytes } from "../../../busybox/byte-text.js";
import { encode, type ProtocolVersion } from "../protocol/encode.js";
import { errorReply, isError, type Reply } from "../protocol/reply.js";
import { ProtocolError, type Request, RequestReader } from "../protocol/requests.js";
import type { Call, Command } from "./command.js";
import type { Database } from "./database.js";
import { perform } from "./perform.js";
import type { SubscriptionKind } from "./pubsub.js";
import type { Redis } from "./redis.js";

/** The connection of a client, as the server sees it. */
export interface ClientConnection {
  /** The client's address and port, such as `172.18.0.3:51012`. */
  readonly remote: string;
  readonly local: string;
  write(data: Uint8Array): void;
  /** Closes the connection when everything written has been sent. */
  close(): void;
}

/** The commands that a client has queued since `MULTI`. */
export interface Transaction {
  readonly queued: Pick<Call, "command" | "args">[];
  /** Whether a command was refused, so that `EXEC` will be. */
  isBroken: boolean;
}

/** A key that a client watches. */
export interface Watched {
  readonly database: Database;
  readonly key: ByteText;
}

/** A client of the server: its connection, and what it has set for itself. */
export class Client {
  readonly id: number;
  readonly connection: ClientConnection;
  readonly connectedAt: number;
  readonly subscriptions: Readonly<Record<SubscriptionKind, Set<ByteText>>> = {
    channel: new Set(),
    pattern: new Set(),
    shard: new Set(),
  };
  lastUsedAt: number;
  lastCommand: Command | undefined;
  name: ByteText = "";
  libraryName: ByteText = "";
  libraryVersion: ByteText = "";
  databaseIndex = 0;
  version: ProtocolVersion = 2;
  isAuthenticated: boolean;
  isMonitor = false;
  isNeverEvicted = false;
  leavesKeysUntouched = false;
  /** `skip` leaves out the reply to the next command. */
  replies: "on" | "off" | "skip next" | "skip" = "on";
  transaction: Transaction | undefined;
  watched: Watched[] = [];
  /** Whether a watched key has changed. */
  isDirty = false;
  /** Whether a command waits, so that the next ones have to. */
  isWaiting = false;
  isClosed = false;

  readonly #redis: Redis;
  readonly #reader = new RequestReader();
  #output: ByteText = "";
  #isProcessing = false;
  /** A request that waits for the end of a pause. */
  #postponed: Request | undefined;

  constructor(redis: Redis, id: number, connection: ClientConnection) {
    this.#redis = redis;
    this.id = id;
    this.connection = connection;
    this.connectedAt = redis.now();
    this.lastUsedAt = redis.now();
    this.isAuthenticated = redis.password === "";
  }

  get database(): Database {
    return this.#redis.databases[this.databaseIndex] as Database;
  }

  get subscriptionCount(): number {
    const { channel, pattern } = this.subscriptions;
    return channel.size + pattern.size;
  }

  /** Whether the client is subscribed to anything. In RESP2 it may then do little else. */
  get isSubscriber(): boolean {
    return this.subscriptionCount + this.subscriptions.shard.size > 0;
  }

  /** The number of bytes that have arrived and belong to no command yet. */
  get pending(): number {
    return this.#reader.pending;
  }

  /** Takes bytes that the client has sent, and performs the commands in them. */
  receive(data: Uint8Array): void {
    if (this.isClosed) return;
    this.#redis.statistics.reads++;
    this.#redis.statistics.inputBytes += data.length;
    this.#reader.add(data);
    this.process();
  }

  /** Performs the commands that have arrived, up to one that has to wait. */
  process(): void {
    if (this.#isProcessing) return;
    this.#isProcessing = true;
    try {
      while (!this.isWaiting && !this.isClosed) {
        const request = this.#postponed ?? this.#next();
        if (!request) break;
        this.#postponed = perform(this.#redis, this, request) ? undefined : request;
        if (this.#postponed) break;
      }
    } finally {
      this.#isProcessing = false;
    }
    this.#redis.flush();
  }

  #next(): Request | undefined {
    try {
      return this.#reader.next({
        bulkLength: this.#redis.settings.number("proto-max-bulk-len"),
        mustAuthenticate: !this.isAuthenticated,
      });
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.send(errorReply(`ERR Protocol error: ${error.message}`));
      this.end();
      return undefined;
    }
  }

  /** Sends the reply to a command. */
  send(reply: Reply): void {
    if (isError(reply)) this.#redis.statistics.countError(reply.text);
    if (this.replies === "on" || this.replies === "skip next") this.write(encode(reply, this.version));
  }

  /** Sends a message that answers no command. */
  push(items: readonly Reply[]): void {
    this.write(encode({ kind: "push", items }, this.version));
  }

  write(text: ByteText): void {
    if (this.isClosed || text === "") return;
    this.#output += text;
    this.#redis.hasOutput(this);
  }

  /** Gives the connection what has been written. */
  flush(): void {
    if (this.#output === "") return;
    const data = toBytes(this.#output);
    this.#output = "";
    this.#redis.statistics.writes++;
    this.#redis.statistics.outputBytes += data.length;
    this.connection.write(data);
  }

  /** Ends the connection at once. What has been written and not been sent is lost. */
  abort(): void {
    this.#output = "";
    this.end();
  }

  /** Ends the connection behind what has been written. */
  end(): void {
    if (this.isClosed) return;
    this.flush();
    this.#redis.forget(this);
    this.connection.close();
  }
}
