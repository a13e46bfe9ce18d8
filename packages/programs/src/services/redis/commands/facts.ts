import type { CommandFacts, KeySpec } from "../engine/command.js";
import { commandLines } from "./command-lines.js";

function words(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}

const parameters: Readonly<Record<string, readonly string[]>> = {
  index: ["index"],
  keyword: ["keyword", "startfrom"],
  range: ["lastkey", "keystep", "limit"],
  keynum: ["keynumidx", "firstkey", "keystep"],
  unknown: [],
};

function keySpec(text: string): KeySpec {
  const [flags = "", search = ""] = text.split(" @ ");
  const rest = words(search);
  const next = () => {
    const type = rest.shift() as string;
    const names = parameters[type] as readonly string[];
    return {
      type,
      spec: Object.fromEntries(
        names.map((name) => {
          const value = rest.shift() as string;
          return [name, /^-?\d+$/.test(value) ? Number(value) : value];
        }),
      ),
    };
  };
  return { flags: words(flags), beginSearch: next(), findKeys: next() };
}

/** What is known about the commands. */
export const commandFacts: readonly CommandFacts[] = commandLines.map((line) => {
  const [name = "", arity = "0", flags = "", keys = "", categories = "", tips = "", specs = ""] = line
    .split(" | ")
    .map((part) => part.trim());
  const [first = 0, last = 0, step = 0] = words(keys).map(Number);
  return {
    name,
    arity: Number(arity),
    flags: words(flags),
    keys: [first, last, step],
    categories: words(categories),
    tips: tips === "" ? [] : tips.split(", "),
    keySpecs: specs === "" ? [] : specs.split(" ; ").map(keySpec),
  };
});
