// What the page is told of a machine: its topology after each change, and its packets. Both come in bunches, so that a
// busy engine does not flood the page.
import { type Topology, topology } from "@dryharbor/sdk/topology";
import type { ObservedPacket, Simulator } from "@dryharbor/simulator";

/** How often the page is told at most, in milliseconds, and of how many packets at a time. */
const pause = 40;
const mostPackets = 100;

export interface FeedListener {
  topology(topology: Topology): void;
  traffic(packets: readonly ObservedPacket[], more: number): void;
}

/** Follows one machine until it is closed. */
export class Feed {
  readonly #simulator: Simulator;
  readonly #listener: FeedListener;
  readonly #events: ReturnType<Simulator["engine"]["events"]>;
  #stopWatching: (() => void) | undefined;
  #packets: ObservedPacket[] = [];
  #more = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  #telling: Promise<void> | undefined;
  #isStale = false;

  constructor(simulator: Simulator, listener: FeedListener) {
    this.#simulator = simulator;
    this.#listener = listener;
    this.#events = simulator.engine.events();
    void this.#follow();
    void simulator
      .watchTraffic((packet) => this.#add(packet))
      .then((stop) => {
        if (this.#isClosed) stop();
        else this.#stopWatching = stop;
      });
  }

  async #follow(): Promise<void> {
    try {
      for await (const _ of this.#events) {
        // Many events are of one command, so the page is told when it is quiet for a moment.
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          void this.tell();
        }, pause);
      }
    } catch {
      // The engine was closed meanwhile.
    }
  }

  /** Tells what there is now. One look at a time: where something changes meanwhile, it looks again. */
  async tell(): Promise<void> {
    if (this.#telling) {
      this.#isStale = true;
      return this.#telling;
    }
    this.#telling = this.#look();
    await this.#telling;
  }

  async #look(): Promise<void> {
    try {
      do {
        this.#isStale = false;
        const seen = await topology(this.#simulator.engine);
        if (!this.#isClosed) this.#listener.topology(seen);
      } while (this.#isStale && !this.#isClosed);
    } catch {
      // The engine was closed meanwhile.
    } finally {
      this.#telling = undefined;
    }
  }

  #add(packet: ObservedPacket): void {
    if (this.#packets.length === 0 && this.#more === 0) {
      setTimeout(() => {
        const [packets, more] = [this.#packets, this.#more];
        this.#packets = [];
        this.#more = 0;
        if (!this.#isClosed) this.#listener.traffic(packets, more);
      }, pause);
    }
    if (this.#packets.length < mostPackets) this.#packets.push(packet);
    else this.#more++;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#stopWatching?.();
    this.#events.close();
  }
}
