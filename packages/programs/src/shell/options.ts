/** The names of the options by letter, in the order in which `set -o` lists them. */
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

/** The name of an option, for example `errexit`. */
export type OptionName = (typeof names)[keyof typeof names];

/** The letters that `$-` shows, in order. `c`, `s` and `i` stand for the source of the commands. */
const shown = "ubaCvxcsnmiIfe";

/** The letters that `set` does not accept. These options are set by name. */
const withoutLetter = new Set(["E", "V", "p"]);

/** The options of a shell, such as `errexit`. */
export class ShellOptions {
  readonly #on: Set<OptionName>;
  readonly #source: string;

  /**
   * @param source the letters for the source of the commands: `c` (an argument), `s` (input), `i`
   *   (interactive)
   */
  constructor(source: string, on: Iterable<OptionName> = []) {
    this.#source = source;
    this.#on = new Set(on);
  }

  has(name: OptionName): boolean {
    return this.#on.has(name);
  }

  /** Sets an option by its letter. Returns `false` when there is no such option. */
  setLetter(letter: string, on: boolean): boolean {
    const name = withoutLetter.has(letter) ? undefined : names[letter as keyof typeof names];
    return name !== undefined && this.setName(name, on);
  }

  /** Sets an option by its name. Returns `false` when there is no such option. */
  setName(name: string, on: boolean): boolean {
    const known = Object.values(names).find((each) => each === name);
    if (known === undefined) return false;
    if (on) this.#on.add(known);
    else this.#on.delete(known);
    return true;
  }

  /** Returns the value of `$-`. */
  letters(): string {
    return [...shown]
      .filter((letter) => {
        const name = names[letter as keyof typeof names];
        return name === undefined ? this.#source.includes(letter) : this.#on.has(name);
      })
      .join("");
  }

  /** Returns all options, and whether each is on. */
  list(): [OptionName, boolean][] {
    return Object.values(names).map((name) => [name, this.#on.has(name)]);
  }

  copy(): ShellOptions {
    return new ShellOptions(this.#source, this.#on);
  }
}
