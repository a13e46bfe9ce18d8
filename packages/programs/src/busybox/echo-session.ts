import {
  FileError,
  type IcmpMessage,
  type IcmpSocket,
  type PacketOptions,
  type ProcessContext,
} from "@dryharbor/kernel";
import { familyOf } from "./host-address.js";

/** What an {@link EchoSession} does. Times are in milliseconds. */
interface EchoOptions {
  /** The name of the program, for messages. */
  readonly name: string;
  /** The address to ask. */
  readonly to: string;
  readonly data: Uint8Array;
  readonly packet: PacketOptions;
  /** How many requests to send. 0: no end. */
  readonly count: number;
  readonly interval: number;
  /** How long to wait for the first reply once all requests are sent. 0: no end. */
  readonly timeout: number;
  /** When to end in any case, in nanoseconds since 1970. */
  readonly deadline: bigint | undefined;
  /** Whether replies are not printed one by one. */
  readonly isQuiet: boolean;
  /** Whether each reply is followed by the next request at once. */
  readonly isAdaptive: boolean;
}

/** From so many bytes on, a request has room for the time when it was sent. */
const roomForTime = 4;
/** The length of an ICMP header, in bytes. */
const header = 8;

/** Echo requests to one host, and what comes back. */
export class EchoSession {
  readonly #process: ProcessContext;
  readonly #options: EchoOptions;
  readonly #socket: IcmpSocket;
  readonly #identifier: number;
  readonly #sentAt = new Map<number, bigint>();
  readonly #answered = new Set<number>();
  #transmitted = 0;
  #received = 0;
  #repeated = 0;
  /** Of all replies that tell their time, in microseconds. */
  readonly #times = { least: Number.POSITIVE_INFINITY, most: 0, sum: 0 };
  /** What happens when no reply comes before: nothing, the next request, or the end. */
  #alarm: { readonly at: bigint; readonly action: "send" | "end" } | undefined;
  #isOver = false;

  constructor(process: ProcessContext, options: EchoOptions) {
    this.#process = process;
    this.#options = options;
    this.#socket = process.network.icmp(familyOf(options.to));
    this.#identifier = process.pid & 0xffff;
  }

  /** Runs until the end. Resolves to `false` when a request cannot be sent, which it has told. */
  async run(): Promise<boolean> {
    const { count, isAdaptive } = this.#options;
    const interrupted = new Promise<undefined>((resolve) =>
      this.#process.onSignal("SIGINT", () => resolve(undefined)),
    );
    try {
      this.#send();
      while (!this.#isOver) {
        const message = await Promise.race([this.#next(), interrupted]);
        if (message === undefined) break;
        if (message === "alarm") this.#ring();
        else if (this.#take(message)) {
          if (count > 0 && this.#received >= count) break;
          if (isAdaptive) this.#send();
        }
      }
      return true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#process.stderr(`${this.#options.name}: sendto: ${error.message}\n`);
      return false;
    } finally {
      this.#socket.close();
    }
  }

  /** Prints what came of it. Returns the exit code. */
  report(host: string): number {
    const [sent, received, repeated] = [this.#transmitted, this.#received, this.#repeated];
    const loss = sent === 0 ? 0 : Math.floor(((sent - received) * 100) / sent);
    const again = repeated > 0 ? `${repeated} duplicates, ` : "";
    this.#process.stdout(
      `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} packets received, ${again}${loss}% packet loss\n`,
    );
    const { least, most, sum } = this.#times;
    if (least !== Number.POSITIVE_INFINITY) {
      const shown = [least, Math.floor(sum / (received + repeated)), most].map(inMilliseconds);
      this.#process.stdout(`round-trip min/avg/max = ${shown.join("/")} ms\n`);
    }
    const { count, deadline } = this.#options;
    return received === 0 || (deadline !== undefined && received < count) ? 1 : 0;
  }

  async #next(): Promise<IcmpMessage | "alarm"> {
    const alarm = this.#alarm;
    const within = alarm ? Number(alarm.at - this.#process.now()) / 1e6 : Number.POSITIVE_INFINITY;
    if (within <= 0) return "alarm";
    try {
      return await this.#socket.receive(alarm ? { within } : {});
    } catch (error) {
      if (error instanceof FileError && error.code === "EAGAIN") return "alarm";
      throw error;
    }
  }

  #ring(): void {
    if (this.#alarm?.action === "send") this.#send();
    else this.#isOver = true;
  }

  #send(): void {
    const { to, data, packet, deadline, count, interval, timeout } = this.#options;
    const now = this.#process.now();
    if (deadline !== undefined && now >= deadline) {
      this.#isOver = true;
      return;
    }
    const sequence = this.#transmitted & 0xffff;
    this.#transmitted++;
    this.#answered.delete(sequence);
    this.#sentAt.set(sequence, now);
    this.#socket.send({ to, identifier: this.#identifier, sequence, data }, packet);
    const isLast = count > 0 && this.#transmitted >= count;
    // After a reply, the rest has the time of two round trips, in whole seconds.
    const patience =
      this.#received > 0 ? Math.max(1, Math.floor(this.#times.most / 524_288)) * 1000 : timeout;
    const wait = isLast ? patience : interval;
    this.#alarm =
      wait > 0 ? { at: now + BigInt(Math.round(wait * 1e6)), action: isLast ? "end" : "send" } : undefined;
  }

  /** Takes a message in. Returns whether it is a reply to a request of this process. */
  #take({ kind, from, ttl, about, data }: IcmpMessage): boolean {
    if (kind !== "echo-reply" || about.identifier !== this.#identifier) return false;
    const { sequence } = about;
    const sentAt = this.#sentAt.get(sequence);
    const isTimed = sentAt !== undefined && data.length >= roomForTime;
    const took = isTimed ? Number((this.#process.now() - sentAt) / 1000n) : 0;
    if (isTimed) {
      this.#times.least = Math.min(this.#times.least, took);
      this.#times.most = Math.max(this.#times.most, took);
      this.#times.sum += took;
    }
    const isRepeated = this.#answered.has(sequence);
    if (isRepeated) this.#repeated++;
    else this.#received++;
    this.#answered.add(sequence);
    if (!this.#options.isQuiet) {
      const time = isTimed ? ` time=${inMilliseconds(took)} ms` : "";
      const again = isRepeated ? " (DUP!)" : "";
      this.#process.stdout(
        `${data.length + header} bytes from ${from}: seq=${sequence} ttl=${ttl}${time}${again}\n`,
      );
    }
    return true;
  }
}

function inMilliseconds(microseconds: number): string {
  return (microseconds / 1000).toFixed(3);
}
