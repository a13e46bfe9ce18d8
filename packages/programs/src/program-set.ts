import type { Program, ProgramTable } from "@dryharbor/kernel";

/** Programs that are loaded together when one of them is started. Their names are known from the start. */
export class ProgramSet {
  readonly #names: readonly string[];
  readonly #words: ReadonlySet<string>;
  readonly #load: () => Promise<ProgramTable>;
  #loaded: ProgramTable | undefined;
  #loading: Promise<void> | undefined;

  /** @param files the names of files that run one of the programs */
  constructor(names: readonly string[], load: () => Promise<ProgramTable>, files: readonly string[] = []) {
    this.#names = names;
    this.#words = new Set([...names, ...files]);
    this.#load = load;
  }

  /** Loads the programs if a command names one. Returns `undefined` when it names none, or when they are there. */
  loadFor(command: readonly string[]): Promise<void> | undefined {
    // A word may be a script that names it.
    const isWanted = command.some((word) =>
      word.split(/[\s/;|&(){}"'`]+/).some((each) => this.#words.has(each)),
    );
    return isWanted && !this.#loaded ? this.#start() : undefined;
  }

  /** The programs by name. One that is started before it is loaded begins when it is: until then it handles no signals. */
  get programs(): readonly (readonly [string, Program])[] {
    return this.#names.map((name) => [name, (process) => this.#named(name)(process)]);
  }

  #start(): Promise<void> {
    this.#loading ??= this.#load().then(
      (programs) => {
        this.#loaded = programs;
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }

  #named(name: string): Program {
    return (
      this.#loaded?.get(name) ??
      (async (process) => {
        await this.#start();
        return await this.#loaded!.get(name)!(process);
      })
    );
  }
}
