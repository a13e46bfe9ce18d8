import type { Program, ProgramTable } from "@dryharbor/kernel";
import type { PartOnDemand } from "./part-on-demand.js";

/** Programs that are loaded together when one of them is started. Their names are known from the start. */
export class ProgramSet<Part> {
  readonly #names: readonly string[];
  readonly #words: ReadonlySet<string>;
  readonly #part: PartOnDemand<Part>;
  readonly #tableOf: (part: Part) => ProgramTable;

  /** @param files the names of files that run one of the programs */
  constructor(
    names: readonly string[],
    part: PartOnDemand<Part>,
    tableOf: (part: Part) => ProgramTable,
    files: readonly string[] = [],
  ) {
    this.#names = names;
    this.#words = new Set([...names, ...files]);
    this.#part = part;
    this.#tableOf = tableOf;
  }

  /** Loads the programs if a command names one. Returns `undefined` when it names none, or when they are there. */
  loadFor(command: readonly string[]): Promise<void> | undefined {
    if (this.#part.loaded) return undefined;
    // A word may be a script that names it.
    const isWanted = command.some((word) =>
      word.split(/[\s/;|&(){}"'`]+/).some((each) => this.#words.has(each)),
    );
    return isWanted ? this.#part.load() : undefined;
  }

  /** The programs by name. One that is started before it is loaded begins when it is: until then it handles no signals. */
  get programs(): readonly (readonly [string, Program])[] {
    return this.#names.map((name) => [name, (process) => this.#named(name)(process)]);
  }

  #named(name: string): Program {
    const { loaded } = this.#part;
    if (loaded) return this.#tableOf(loaded).get(name)!;
    return async (process) => {
      try {
        await this.#part.load();
      } catch {
        process.stderr(`${name}: the program could not be loaded: run it again when the network is back\n`);
        return cannotBeRun;
      }
      return await this.#named(name)(process);
    };
  }
}

/** What a shell says of a program that is there and cannot be run. */
const cannotBeRun = 126;
