/** By letter, in the order in which `set -o` names them. */
const names = {
  e: "errexit",
  f: "noglob",
  I: "ignoreeof",
  m: "monitor",
  n: "noexec",
  x: "xtrace",
  v: "verbose",
  C: "noclobber",
  a: "allexport",
  b: "notify",
  u: "nounset",
  E: "errtrace",
  V: "vi",
  p: "pipefail",
} as const;

export type OptionName = (typeof names)[keyof typeof names];

/** Those that `$-` shows, in its order; `c`, `s` and `i` say where commands come from. */
const shown = "ubaCvxcsnmiIfe";

/** Letters of those that have none for `set`. */
const withoutLetter = new Set(["E", "V", "p"]);

/** What is switched on in a shell. */
export class ShellOptions {
  readonly #on: Set<OptionName>;
  readonly #source: string;

  /** @param source letters that say where commands come from: `c`, `s`, `i` */
  constructor(source: string, on: Iterable<OptionName> = []) {
    this.#source = source;
    this.#on = new Set(on);
  }

  has(name: OptionName): boolean {
    return this.#on.has(name);
  }

  /** @returns `false` where there is no such option */
  setLetter(letter: string, on: boolean): boolean {
    const name = withoutLetter.has(letter) ? undefined : names[letter as keyof typeof names];
    return name !== undefined && this.setName(name, on);
  }

  /** @returns `false` where there is no such option */
  setName(name: string, on: boolean): boolean {
    const known = Object.values(names).find((each) => each === name);
    if (known === undefined) return false;
    if (on) this.#on.add(known);
    else this.#on.delete(known);
    return true;
  }

  letters(): string {
    return [...shown]
      .filter((letter) => {
        const name = names[letter as keyof typeof names];
        return name === undefined ? this.#source.includes(letter) : this.#on.has(name);
      })
      .join("");
  }

  /** Every option and whether it is on. */
  list(): [OptionName, boolean][] {
    return Object.values(names).map((name) => [name, this.#on.has(name)]);
  }

  copy(): ShellOptions {
    return new ShellOptions(this.#source, this.#on);
  }
}
