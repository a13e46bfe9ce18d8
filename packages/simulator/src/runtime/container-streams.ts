import type { FirstProcess, OutputTarget } from "./host.js";
import type { OutputName } from "./process.js";

/**
 * What goes in and out of a container's first process, for those attached to it. It is there before the
 * process: what they write by then is kept for it.
 */
export class ContainerStreams {
  readonly #attached = new Set<OutputTarget>();
  #first: FirstProcess | undefined;
  #early: Uint8Array[] = [];
  #inputEnded = false;

  /** Passes on what comes from now on, until the end of the run or of the returned function. */
  attach(target: OutputTarget): () => void {
    // A target of its own, so that the same one twice is two.
    const attached: OutputTarget = { data: (name, data) => target.data(name, data), end: () => target.end() };
    this.#attached.add(attached);
    return () => this.#attached.delete(attached);
  }

  output(name: OutputName, data: Uint8Array): void {
    for (const target of [...this.#attached]) target.data(name, data);
  }

  write(data: Uint8Array): void {
    if (this.#first) this.#first.write(data);
    else if (!this.#inputEnded) this.#early.push(data);
  }

  endInput(): void {
    if (this.#first) this.#first.process?.endInput();
    this.#inputEnded = true;
  }

  /** A run begins. */
  begin(first: FirstProcess): void {
    this.#first = first;
    for (const data of this.#early) first.write(data);
    this.#early = [];
    if (this.#inputEnded) first.process?.endInput();
  }

  /** The run is over, or could not begin. */
  end(): void {
    this.#first = undefined;
    this.#early = [];
    this.#inputEnded = false;
    const attached = [...this.#attached];
    this.#attached.clear();
    for (const target of attached) target.end();
  }
}
