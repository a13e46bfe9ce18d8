import { UsageError } from "@dryharbor/sdk";

/** The options of a command, by their first name, and the words that are none. */
export interface Words {
  /** Values in order; an option without a value has an empty one. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly rest: readonly string[];
}

/** An option: its names, and whether it takes a value. */
export interface Option {
  readonly names: readonly string[];
  readonly valued: boolean;
}

/**
 * Reads the words of a command, as docker does: options end where the first other word is.
 * @throws {UsageError} an option that is not declared
 */
export function readWords(words: readonly string[], declared: readonly Option[]): Words {
  const options = new Map<string, string[]>();
  const left = [...words];
  const find = (name: string) => {
    const option = declared.find(({ names }) => names.includes(name));
    if (!option)
      throw new UsageError(`the course does not use ${name} here: type it with the docker command`);
    return option;
  };
  while (left[0]?.startsWith("-") && left[0] !== "-") {
    const [, word, equal, value] = /^(--?[^=]+)(=?)(.*)$/s.exec(left.shift()!) ?? [];
    const names = /^-\w{2,}$/.test(word!) ? [...word!.slice(1)].map((letter) => `-${letter}`) : [word!];
    for (const { names: known, valued } of names.map(find)) {
      const given = !valued ? "" : equal === "=" ? value! : left.shift();
      if (given === undefined) throw new UsageError(`${word} needs a value`);
      options.set(known[0]!, [...(options.get(known[0]!) ?? []), given]);
    }
  }
  return { options, rest: left };
}
