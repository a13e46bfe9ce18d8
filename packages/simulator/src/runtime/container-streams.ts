import { Backlog, type OutputName } from "@dryharbor/kernel/host";
import type { FirstProcess } from "./first-process.js";
import type { OutputTarget } from "./output-target.js";

/**
 * What goes in and out of a container's first process, for those attached to it. It is there before the
 * process: what they write by then is kept for it.
 */
export class ContainerStreams {
  /** Those attached, and when they will have read all. */
  readonly #attached = new Map<OutputTarget, Promise<void>>();
  /** Of runs that are over: those who have not read all yet. */
  readonly #reading = new Set<Promise<void>>();
  #first: FirstProcess | undefined;
  #early: Uint8Array[] = [];
  readonly #backlog = new Backlog();
  #inputEnded = false;

  /**
   * Passes on what comes from now on, until the end of the run or of the returned function.
   *
   * @param read resolves when whoever reads has come to the end, or gone
   */
  attach(target: OutputTarget, read: Promise<void>): () => void {
    // A target of its own, so that the same one twice is two.
    const attached: OutputTarget = {
      data: (name, data) => target.data(name, data),
      room: () => target.room(),
      end: () => target.end(),
    };
    this.#attached.set(attached, read);
    return () => this.#attached.delete(attached);
  }

  /** Resolves when all who are attached have caught up: the slowest holds the process up. */
  output(name: OutputName, data: Uint8Array): Promise<void> | undefined {
    let behind: Promise<void> | undefined;
    for (const target of [...this.#attached.keys()]) {
      target.data(name, data);
      behind ??= target.room();
    }
    return behind;
  }

  write(data: Uint8Array): void {
    if (this.#first) this.#first.write(data);
    else if (!this.#inputEnded) {
      this.#early.push(data);
      this.#backlog.add(data);
    }
  }

  /** Resolves when more can be written; `undefined` while it can. */
  room(): Promise<void> | undefined {
    return this.#first ? this.#first.process?.room() : this.#backlog.room();
  }

  endInput(): void {
    if (this.#first) this.#first.process?.endInput();
    this.#inputEnded = true;
  }

  /** A run begins. */
  begin(first: FirstProcess): void {
    this.#first = first;
    for (const data of this.#early) first.write(data);
    this.#dropEarly();
    if (this.#inputEnded) first.process?.endInput();
  }

  /** The run is over, or could not begin. */
  end(): void {
    this.#first = undefined;
    this.#dropEarly();
    this.#inputEnded = false;
    const attached = [...this.#attached];
    this.#attached.clear();
    for (const [target, read] of attached) {
      this.#reading.add(read);
      void read.then(() => this.#reading.delete(read));
      target.end();
    }
  }

  /** Resolves when those who were attached to runs that are over have read all of it; `undefined` where they have. */
  allRead(): Promise<unknown> | undefined {
    return this.#reading.size > 0 ? Promise.all(this.#reading) : undefined;
  }

  #dropEarly(): void {
    this.#early = [];
    this.#backlog.clear();
  }
}
