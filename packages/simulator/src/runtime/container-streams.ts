import { Backlog, type OutputName } from "@dryharbor/kernel/host";
import type { FirstProcess } from "./first-process.js";
import type { OutputTarget } from "./output-target.js";

/**
 * The input and output of a container's first process, for attached clients. A client may attach before the
 * process starts; its input is kept until then.
 */
export class ContainerStreams {
  /** The attached targets. Each promise resolves when that client has read everything. */
  readonly #attached = new Map<OutputTarget, Promise<void>>();
  /** Clients of earlier runs that have not read everything yet. */
  readonly #reading = new Set<Promise<void>>();
  #first: FirstProcess | undefined;
  #early: Uint8Array[] = [];
  readonly #backlog = new Backlog();
  #inputEnded = false;
  /** The number of clients that may send input. */
  #senders = 0;

  /**
   * Passes on all output from now on, until the run ends or the returned function is called.
   *
   * @param read resolves when the reader has come to the end, or has gone
   */
  attach(target: OutputTarget, read: Promise<void>): () => void {
    // A new object for each call, so that attaching one target twice counts twice.
    const attached: OutputTarget = {
      data: (name, data) => target.data(name, data),
      room: () => target.room(),
      end: () => target.end(),
    };
    this.#attached.set(attached, read);
    return () => this.#attached.delete(attached);
  }

  /**
   * Passes output to all targets. Resolves when all have caught up, so the slowest client makes the process
   * wait.
   */
  output(name: OutputName, data: Uint8Array): Promise<void> | undefined {
    let behind: Promise<void> | undefined;
    for (const target of [...this.#attached.keys()]) {
      target.data(name, data);
      behind ??= target.room();
    }
    return behind;
  }

  /** Whether a client may send input at this moment. */
  get hasInput(): boolean {
    return this.#senders > 0;
  }

  /** Counts a client that may send input, until the returned function is called. */
  addSender(): () => void {
    this.#senders++;
    let gone = false;
    return () => {
      if (!gone) this.#senders--;
      gone = true;
    };
  }

  write(data: Uint8Array): void {
    if (this.#first) this.#first.write(data);
    else if (!this.#inputEnded) {
      this.#early.push(data);
      this.#backlog.add(data);
    }
  }

  /** Resolves when more can be written; `undefined` while there is room. */
  room(): Promise<void> | undefined {
    return this.#first ? this.#first.process?.room() : this.#backlog.room();
  }

  endInput(): void {
    if (this.#first) this.#first.process?.endInput();
    this.#inputEnded = true;
  }

  /** Begins a run. */
  begin(first: FirstProcess): void {
    this.#first = first;
    for (const data of this.#early) first.write(data);
    this.#dropEarly();
    if (this.#inputEnded) first.process?.endInput();
  }

  /** Ends a run, or one that could not begin. */
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

  /** Resolves when the clients of earlier runs have read everything; `undefined` if they have. */
  allRead(): Promise<unknown> | undefined {
    return this.#reading.size > 0 ? Promise.all(this.#reading) : undefined;
  }

  #dropEarly(): void {
    this.#early = [];
    this.#backlog.clear();
  }
}
