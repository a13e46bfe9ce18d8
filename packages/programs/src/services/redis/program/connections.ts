// The connections of the server's clients.
import { type Connection, FileError, type ProcessContext } from "@dryharbor/kernel";
import type { Client } from "../engine/client.js";
import type { Redis } from "../engine/redis.js";

function shown({ address, port }: Connection["remote"]): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

/** What is written to a connection, in order. */
class Output {
  readonly #connection: Connection;
  #waiting: Uint8Array[] = [];
  #isSending = false;
  #isEnding = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  write(data: Uint8Array): void {
    this.#waiting.push(data);
    if (!this.#isSending) void this.#send();
  }

  /** Closes the connection behind what has been written. */
  end(): void {
    this.#isEnding = true;
    if (!this.#isSending) this.#connection.close();
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    try {
      for (let data = this.#waiting.shift(); data; data = this.#waiting.shift())
        await this.#connection.write(data);
    } catch (error) {
      // The reading side hears of the end of the connection, too.
      if (!(error instanceof FileError)) throw error;
      this.#waiting = [];
    }
    this.#isSending = false;
    if (this.#isEnding) this.#connection.close();
  }
}

/** Serves a client until its connection ends. */
async function serve(redis: Redis, connection: Connection): Promise<void> {
  const output = new Output(connection);
  const client: Client | undefined = redis.connect({
    remote: shown(connection.remote),
    local: shown(connection.local),
    write: (data) => output.write(data),
    close: () => output.end(),
  });
  if (!client) return;
  try {
    for await (const data of connection.input) client.receive(data);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
  if (client.isClosed) return;
  redis.forget(client);
  connection.close();
}

/** An address cannot be listened on. The message is the kernel's. */
export class CannotListen extends Error {
  constructor(
    readonly address: string,
    cause: FileError,
  ) {
    super(cause.message);
  }
}

/**
 * Listens on the addresses of the setting `bind`: `*` is all of IPv4 and `::*` all of IPv6, and an address with a
 * `-` is left out when it is not there.
 *
 * @throws {CannotListen}
 */
export function listen(process: ProcessContext, redis: Redis): void {
  const port = redis.settings.number("port");
  const backlog = redis.settings.number("tcp-backlog");
  for (const bind of redis.settings.text("bind").split(" ")) {
    const isOptional = bind.startsWith("-");
    const name = isOptional ? bind.slice(1) : bind;
    const address = name === "*" ? "0.0.0.0" : name === "::*" ? "::" : name;
    try {
      const listener = process.network.listen(port, { address, backlog, onlyIPv6: address.includes(":") });
      void accept(redis, listener);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (isOptional && error.code === "EADDRNOTAVAIL") continue;
      throw new CannotListen(name, error);
    }
  }
}

async function accept(
  redis: Redis,
  listener: ReturnType<ProcessContext["network"]["listen"]>,
): Promise<never> {
  for (;;) void serve(redis, await listener.accept());
}
