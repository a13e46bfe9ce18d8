import { compareText } from "../../go-order.js";

/** Those that may be given without an ARG, and that no image shows. */
const predefined: readonly string[] = [
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "FTP_PROXY",
  "NO_PROXY",
  "ALL_PROXY",
].flatMap((name) => [name, name.toLowerCase()]);

type Values = ReadonlyMap<string, string | undefined>;

/** The arguments of a build, as one stage knows them. */
export class BuildArguments {
  readonly #allowed = new Map<string, string | undefined>();
  readonly #above: Map<string, string | undefined>;
  readonly #used: Set<string>;

  /** @param given those of the request; `null` for one without a value */
  constructor(
    readonly given: ReadonlyMap<string, string | null>,
    above?: BuildArguments,
  ) {
    this.#above = above ? above.#above : new Map();
    this.#used = above ? above.#used : new Set();
  }

  /** Returns those of a new stage. */
  forStage(): BuildArguments {
    return new BuildArguments(this.given, this);
  }

  /** An ARG above the first stage. */
  addAbove(name: string, value: string | undefined): void {
    this.add(name, value);
    this.#above.set(name, value);
  }

  add(name: string, value: string | undefined): void {
    this.#allowed.set(name, value);
    this.#used.add(name);
  }

  /** Returns the value of an argument above the first stage. */
  above = (name: string): string | undefined => this.#valueOf(this.#above, name);

  /** Returns the value of an argument. */
  value = (name: string): string | undefined => this.#valueOf(this.#allowed, name);

  #valueOf(among: Values, name: string): string | undefined {
    if (!among.has(name) && !predefined.includes(name)) return undefined;
    return this.given.get(name) ?? among.get(name) ?? this.#above.get(name);
  }

  /** Returns `NAME=value` of all that have a value, but for those that the environment has. */
  environment(env: readonly string[]): string[] {
    const taken = new Set(env.map((line) => line.split("=", 1)[0]));
    return [...new Set([...this.#allowed.keys(), ...predefined])]
      .filter((name) => !taken.has(name) && this.value(name) !== undefined)
      .map((name) => `${name}=${this.value(name)}`);
  }

  /** Returns those that belong to what a step is known by: a proxy that no ARG names does not. */
  marks(environment: readonly string[]): string[] {
    return environment
      .filter((line) => {
        const [name = ""] = line.split("=", 1);
        return this.#allowed.has(name) || !predefined.includes(name);
      })
      .sort(compareText);
  }

  /** Returns those that were given and that nothing asked for. */
  unused(): string[] {
    return [...this.given.keys()]
      .filter((name) => !predefined.includes(name) && !this.#used.has(name))
      .sort(compareText);
  }
}
