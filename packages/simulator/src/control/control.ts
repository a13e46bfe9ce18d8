// What the control API controls: the simulator that is served, the states that are kept, and the forks that are served.

import { type VirtualTime, virtualTime } from "@dryharbor/kernel/host";
import type { Engine } from "@dryharbor/sdk/port";
import { formatTime } from "../core/clock.js";
import type { Simulator } from "../simulator.js";
import { Problem } from "./problem.js";

/** A simulator and its time. */
export interface World {
  readonly simulator: Simulator;
  /** The time where it passes by hand; `undefined` for the machine's own. */
  readonly time?: VirtualTime | undefined;
}

/** What is around the control: whoever serves simulators. */
export interface ControlHost {
  /** The version of this package. */
  readonly version: string;
  /** Where the simulator is served, as for `DOCKER_HOST`. */
  readonly hosts: readonly string[];
  /**
   * Serves another simulator at these hosts from now on.
   * @throws {Problem} nothing has changed
   */
  replace(world: World): Promise<void>;
  /** Serves a fork. @throws {Problem} it cannot */
  serveFork(world: World, where: ForkPlace): Promise<ServedFork>;
}

/** Where a fork is to be served. */
export interface ForkPlace {
  /** The host for Docker's clients. Default: a free one. */
  readonly host?: string;
  /** The address of a control API of its own. Default: none. */
  readonly control?: string;
}

/** A fork that is served. */
export interface ServedFork {
  readonly host: string;
  readonly control: string | undefined;
  close(): Promise<void>;
}

/** A state that is kept by name. */
export interface Kept {
  readonly name: string;
  /** When it was saved, in nanoseconds since 1970, by the simulator's time. */
  readonly at: bigint;
  /** A fork that nobody wakes. */
  readonly simulator: Simulator;
}

/** A fork that is served, as it is listed. */
export interface ListedFork {
  readonly id: number;
  readonly host: string;
  readonly control?: string;
  /** The snapshot that it was made of; absent for the state of that moment. */
  readonly snapshot?: string;
}

/** How many states are kept, and how many forks are served, at most. */
const mostKept = 1_000;
const mostForks = 100;

/** The simulator that is served, and what the control API keeps beside it. */
export class Control {
  readonly host: ControlHost;
  #world: World;
  #engine: Engine | undefined;
  readonly #start: Kept;
  readonly #kept = new Map<string, Kept>();
  readonly #forks = new Map<number, { readonly listed: ListedFork; readonly served: ServedFork }>();
  #lastFork = 0;
  /** What changes which simulator is served happens one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #passing: Promise<unknown> = Promise.resolve();

  private constructor(host: ControlHost, world: World, start: Kept) {
    this.host = host;
    this.#world = world;
    this.#start = start;
  }

  /** Begins to control a simulator. Its state of now is the one that a reset brings back. */
  static async of(world: World, host: ControlHost): Promise<Control> {
    return new Control(host, world, await keep("start", world));
  }

  get simulator(): Simulator {
    return this.#world.simulator;
  }

  /** A client of the simulator that looks on: nobody hears of its calls. */
  get engine(): Engine {
    const { simulator } = this.#world;
    this.#engine ??= simulator.connect({ unseen: true });
    return this.#engine;
  }

  /** The time of the simulator. @throws {Problem} it is the machine's own */
  get time(): VirtualTime {
    const { time } = this.#world;
    if (time) return time;
    throw new Problem(
      "conflict",
      "the time of this simulator is the machine's, and passes by itself: start it with dryharbor serve --time virtual",
    );
  }

  get hasVirtualTime(): boolean {
    return this.#world.time !== undefined;
  }

  /** What time it is for the simulator, in nanoseconds since 1970. */
  get now(): bigint {
    return nowOf(this.#world);
  }

  /** Brings a state back: the one of a snapshot, or the one at the start. Whatever else is served stays. */
  load(name: string | undefined): Promise<void> {
    return this.#inTurn(async () => {
      const next = await woken(name === undefined ? this.#start : this.#found(name), this.hasVirtualTime);
      const before = this.#world;
      try {
        await this.host.replace(next);
        this.#world = next;
        this.#engine = undefined;
      } catch (error) {
        await next.simulator.close();
        throw error;
      }
      await before.simulator.close();
    });
  }

  get kept(): readonly Kept[] {
    return [...this.#kept.values()];
  }

  /** Keeps the state of now, in place of an earlier one of that name. @throws {Problem} there are too many */
  save(name: string): Promise<Kept> {
    return this.#inTurn(async () => {
      if (!this.#kept.has(name) && this.#kept.size >= mostKept) {
        throw new Problem("conflict", `there are ${mostKept} snapshots already: delete one first`);
      }
      const kept = await keep(name, this.#world);
      this.#kept.set(name, kept);
      return kept;
    });
  }

  /** @throws {Problem} there is none */
  snapshot(name: string): Kept {
    return this.#found(name);
  }

  /** Forgets a kept state. @throws {Problem} there is none */
  delete(name: string): void {
    this.#found(name);
    this.#kept.delete(name);
  }

  get forks(): readonly ListedFork[] {
    return Array.from(this.#forks.values(), ({ listed }) => listed);
  }

  /** Serves another simulator with the state of a snapshot or of now. @throws {Problem} it cannot be served */
  fork({ snapshot, ...where }: ForkPlace & { readonly snapshot?: string }): Promise<ListedFork> {
    return this.#inTurn(async () => {
      if (this.#forks.size >= mostForks) {
        throw new Problem("conflict", `${mostForks} forks are served already: end one first`);
      }
      const kept = snapshot === undefined ? await keep("", this.#world) : this.#found(snapshot);
      const world = await woken(kept, this.hasVirtualTime);
      let served: ServedFork;
      try {
        served = await this.host.serveFork(world, where);
      } catch (error) {
        await world.simulator.close();
        throw error;
      }
      const id = ++this.#lastFork;
      const { host, control } = served;
      const listed = {
        id,
        host,
        ...(control !== undefined && { control }),
        ...(snapshot !== undefined && { snapshot }),
      };
      this.#forks.set(id, { listed, served });
      return listed;
    });
  }

  /** Ends a fork. @throws {Problem} there is none */
  async endFork(id: number): Promise<void> {
    const fork = this.#forks.get(id);
    if (!fork) throw new Problem("not-found", `there is no fork ${id}: GET /forks lists them`);
    this.#forks.delete(id);
    await fork.served.close();
  }

  /**
   * Lets time pass, one after the other.
   * @param most how many milliseconds may pass
   * @throws {Problem} the time is the machine's own, or would be beyond what can be written
   */
  async pass(most: number, how: (time: VirtualTime) => Promise<void>): Promise<void> {
    const { time } = this;
    const passed = this.#passing.then(async () => {
      if (time.now() + BigInt(Math.ceil(most)) * 1_000_000n > latestTime) {
        throw new Problem("invalid", "the year would be after 9999: let less time pass, or reset");
      }
      await how(time);
    });
    this.#passing = passed.catch(() => {});
    await passed;
  }

  /** Ends the forks. */
  async close(): Promise<void> {
    await this.#turn;
    await Promise.all([...this.#forks.values()].map(({ served }) => served.close()));
    this.#forks.clear();
  }

  #found(name: string): Kept {
    const kept = this.#kept.get(name);
    if (kept) return kept;
    const names = [...this.#kept.keys()].slice(0, 20);
    const advice =
      names.length === 0 ? `save one with PUT /snapshots/${name}` : `there are ${names.join(", ")}`;
    throw new Problem("not-found", `there is no snapshot "${name}": ${advice}`);
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(step);
    this.#turn = done.catch(() => {});
    return done;
  }
}

/** The last time that RFC 3339 can write: the end of the year 9999. */
export const latestTime = 253_402_300_799_999_999_999n;

/** Formats a time in RFC 3339. */
export function shownTime(nanoseconds: bigint): string {
  return formatTime(nanoseconds);
}

async function keep(name: string, world: World): Promise<Kept> {
  return { name, at: nowOf(world), simulator: await world.simulator.fork() };
}

/** Makes a world of a kept state. Virtual time goes on from the moment at which it was saved. */
async function woken({ simulator, at }: Kept, isVirtual: boolean): Promise<World> {
  const time = isVirtual ? virtualTime(at) : undefined;
  return { simulator: await simulator.fork(time && { time }), time };
}

function nowOf({ time }: World): bigint {
  return time ? time.now() : BigInt(Date.now()) * 1_000_000n;
}
