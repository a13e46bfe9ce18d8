/** A part of the code that is loaded when somebody needs it. */
export class PartOnDemand<Part> {
  readonly #import: () => Promise<Part>;
  #loaded: Part | undefined;
  #loading: Promise<void> | undefined;

  constructor(load: () => Promise<Part>) {
    this.#import = load;
  }

  /** The part, or `undefined` while {@link load} has not loaded it. */
  get loaded(): Part | undefined {
    return this.#loaded;
  }

  /** Loads the part. Returns `undefined` once it is there. A load that fails is tried again by the next call. */
  load(): Promise<void> | undefined {
    if (this.#loaded) return undefined;
    this.#loading ??= this.#import().then(
      (part) => {
        this.#loaded = part;
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }
}
