import { Duplex } from "node:stream";
import type { Connection, Network } from "@dryharbor/simulator";

/** What a client needs of the process that it runs in. */
interface Caller {
  readonly network: Network;
  /** Looks a host up, as `ProcessContext.lookup` does. */
  lookup(name: string): Promise<{ readonly addresses: readonly string[] }>;
}

/**
 * A socket of the simulated network, for clients that know Node's sockets. `pg` takes it as its `stream`.
 *
 * @example
 * const shop: Program = async (process) => {
 *   const client = new Client({ host: "db", stream: () => new SimulatedSocket(process) });
 *   await client.connect();
 *   ...
 * };
 */
export class SimulatedSocket extends Duplex {
  readonly #caller: Caller;
  #connection: Connection | undefined;

  constructor(caller: Caller) {
    super({ allowHalfOpen: false });
    this.#caller = caller;
  }

  /** Opens the connection, and emits `connect`. */
  connect(port: number, host: string): this {
    this.#open(port, host).catch((error: Error) => this.destroy(error));
    return this;
  }

  async #open(port: number, host: string): Promise<void> {
    const { addresses } = await this.#caller.lookup(host);
    this.#connection = await this.#caller.network.connect(addresses[0] ?? host, port);
    this.emit("connect");
    for await (const data of this.#connection.input) this.push(data);
    this.push(null);
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(data: Uint8Array, _encoding: string, done: (error?: Error) => void): void {
    // The simulated network does not copy, and pg uses its buffers again.
    this.#connection?.write(data.slice()).then(() => done(), done);
  }

  override _final(done: () => void): void {
    this.#connection?.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#connection?.close();
    done(error);
  }
}
