// The connection of redis-cli to its server.
import { type Connection, FileError, LookupError, type ProcessContext } from "@dryharbor/kernel";
import { type ByteText, toBytes } from "../../../busybox/byte-text.js";
import { encodeRequest } from "../protocol/encode-request.js";
import { NotTheProtocol, type Received, ReplyReader } from "../protocol/received.js";
import type { CliOptions } from "./options.js";

/** The server has closed the connection. */
export class ServerClosed extends Error {
  constructor(problem = "Server closed the connection") {
    super(problem);
  }
}

/** Looks up the addresses of a host. Returns the text of getaddrinfo when there are none. */
async function addressesOf(process: ProcessContext, host: string): Promise<readonly string[] | string> {
  try {
    return (await process.lookup(host)).addresses;
  } catch (error) {
    if (error instanceof LookupError) return error.message;
    throw error;
  }
}

/** A connection with the replies that have arrived on it. */
class Line {
  readonly #reader = new ReplyReader();
  readonly #replies: Received[] = [];
  #wake: () => void = () => {};
  #isClosed = false;
  /** What the server sends that is no reply. */
  #problem: string | undefined;

  constructor(readonly connection: Connection) {
    void this.#read();
  }

  async #read(): Promise<void> {
    try {
      for await (const data of this.connection.input) {
        this.#reader.add(data);
        for (let reply = this.#reader.next(); reply; reply = this.#reader.next()) this.#replies.push(reply);
        this.#wake();
      }
    } catch (error) {
      if (error instanceof NotTheProtocol) this.#problem = error.message;
      else if (!(error instanceof FileError)) throw error;
    }
    this.#isClosed = true;
    this.#wake();
  }

  /** Resolves when there is a reply to take, or the connection is closed. */
  async readable(): Promise<void> {
    while (this.#replies.length === 0 && !this.#isClosed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Takes the next reply. @throws {ServerClosed} */
  async take(): Promise<Received> {
    await this.readable();
    const reply = this.#replies.shift();
    if (!reply) throw new ServerClosed(this.#problem);
    return reply;
  }

  async send(bytes: ByteText): Promise<void> {
    if (this.#isClosed) throw new ServerClosed();
    try {
      await this.connection.write(toBytes(bytes));
    } catch (error) {
      if (error instanceof FileError) throw new ServerClosed();
      throw error;
    }
  }
}

/** What redis-cli knows of its server: the connection, and what it has set on it. */
export class Session {
  readonly #process: ProcessContext;
  readonly options: CliOptions;
  host: string;
  port: number;
  /** The database that is selected, and the one that is selected after a connection. */
  database = 0;
  wantedDatabase: number;
  isInTransaction = false;
  isSubscribed = false;
  #line: Line | undefined;

  constructor(process: ProcessContext, options: CliOptions) {
    this.#process = process;
    this.options = options;
    this.host = options.host;
    this.port = options.port;
    this.wantedDatabase = options.database;
  }

  get isConnected(): boolean {
    return this.#line !== undefined;
  }

  /** Connects. Returns false, and says why, when there is no connection. */
  async connect(): Promise<boolean> {
    this.disconnect();
    const connection = await this.#open();
    if (typeof connection === "string") {
      this.#complain(`Could not connect to Redis at ${this.host}:${this.port}: ${connection}`);
      return false;
    }
    this.#line = new Line(connection);
    this.isInTransaction = false;
    this.isSubscribed = false;
    this.database = 0;
    try {
      await this.#begin();
    } catch (error) {
      if (!(error instanceof ServerClosed)) throw error;
      this.#complain(`Error: ${error.message}`);
      this.disconnect();
      return false;
    }
    return true;
  }

  disconnect(): void {
    this.#line?.connection.close();
    this.#line = undefined;
  }

  async #open(): Promise<Connection | string> {
    const addresses = await addressesOf(this.#process, this.host);
    if (typeof addresses === "string") return addresses;
    let problem = "";
    for (const address of addresses) {
      try {
        const { timeout } = this.options;
        return await this.#process.network.connect(
          address,
          this.port,
          timeout > 0 ? { within: timeout } : {},
        );
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        problem = error.message;
      }
    }
    return problem;
  }

  /** Sends what comes first on a connection: the password, the database, the version of the protocol. */
  async #begin(): Promise<void> {
    const { user, password, version } = this.options;
    if (password !== undefined) {
      const reply = await this.ask(["AUTH", ...(user === undefined ? [] : [user]), password]);
      if (reply.kind === "error") this.#complain(`AUTH failed: ${reply.text}`);
    }
    if (this.wantedDatabase !== 0) {
      const reply = await this.ask(["SELECT", String(this.wantedDatabase)]);
      if (reply.kind === "error") this.#complain(`SELECT ${this.wantedDatabase} failed: ${reply.text}`);
      else this.database = this.wantedDatabase;
    }
    if (version === 3) {
      const reply = await this.ask(["HELLO", "3"]);
      if (reply.kind === "error") this.#complain(`HELLO 3 failed: ${reply.text}`);
    }
  }

  #complain(text: string): void {
    this.#process.stderr(toBytes(`${text}\n`));
  }

  /** Sends a command and takes its reply. @throws {ServerClosed} */
  async ask(words: readonly ByteText[]): Promise<Received> {
    await this.send(words);
    return this.receive();
  }

  /** @throws {ServerClosed} */
  send(words: readonly ByteText[]): Promise<void> {
    return this.sendBytes(encodeRequest(words));
  }

  /** @throws {ServerClosed} */
  async sendBytes(bytes: ByteText): Promise<void> {
    if (!this.#line) throw new ServerClosed();
    await this.#line.send(bytes);
  }

  /** Takes the next reply. @throws {ServerClosed} */
  async receive(): Promise<Received> {
    if (!this.#line) throw new ServerClosed();
    return this.#line.take();
  }

  /** Resolves when there is a reply to take, or the connection is closed. */
  async readable(): Promise<void> {
    await this.#line?.readable();
  }

  /** The prompt of the interactive mode. */
  get prompt(): string {
    if (!this.isConnected) return "not connected> ";
    const host = this.host.includes(":") ? `[${this.host}]` : this.host;
    const database = this.database === 0 ? "" : `[${this.database}]`;
    const state = this.isSubscribed ? "(subscribed mode)" : this.isInTransaction ? "(TX)" : "";
    return `${host}:${this.port}${database}${state}> `;
  }
}
