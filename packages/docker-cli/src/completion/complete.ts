// What the Tab key offers behind `docker`: commands, flags, and the names of what there is.
import type { Engine } from "@dryharbor/sdk/port";
import type { Command } from "../command/command.js";
import { type Flag, type Flags, isShown } from "../command/flags.js";
import { commandAt, findCommand, type Path } from "../command/path.js";
import { isIn, type Release } from "../releases.js";
import { namesOf } from "./names.js";

/**
 * Returns what the last of the words may become.
 *
 * @param words the words behind `docker`, up to the cursor. The last one may be empty
 * @returns whole words in order; `undefined` where the name of a file is wanted
 */
export async function complete(
  root: Command,
  words: readonly string[],
  release: Release,
  engine: Engine,
): Promise<readonly string[] | undefined> {
  const place = await placeOf(root, words, release);
  const { path, word } = place;
  const command = commandAt(path);
  const startingWith = (offered: readonly string[]): readonly string[] =>
    offered.filter((each) => each.startsWith(word));
  if (place.flag) return valuesOf(place.flag, word, "", engine);
  const equals = word.indexOf("=");
  if (word.startsWith("--") && equals > 0) {
    const flag = flagsOf(command, release)[word.slice(2, equals)];
    return flag ? valuesOf(flag, word.slice(equals + 1), word.slice(0, equals + 1), engine) : [];
  }
  if (word.startsWith("-")) {
    const shown = Object.entries(command.flags).filter(([, flag]) => isShown(flag, release));
    return startingWith([...shown.map(([name]) => `--${name}`), "--help"].sort());
  }
  if (command.commands) {
    const shown = command.commands.filter((each) => isIn(release, each) && !each.hidden);
    return startingWith(shown.map(({ name }) => name).sort());
  }
  const kind = kindOf(command, place, release);
  if (kind === undefined) return [];
  const names = await namesOf(engine, kind, word);
  return names && startingWith(names.filter((name) => !place.arguments.includes(name)));
}

/** Where the cursor is. */
interface Place {
  readonly path: Path;
  /** The arguments of the command before the word. */
  readonly arguments: readonly string[];
  /** The flags before the word, each as `name=value`. */
  readonly given: ReadonlySet<string>;
  /** The flag whose value the word is. */
  readonly flag: Flag<unknown> | undefined;
  readonly word: string;
}

async function placeOf(root: Command, words: readonly string[], release: Release): Promise<Place> {
  const before = words.slice(0, -1);
  const word = words.at(-1) ?? "";
  let path: Path = [root];
  const found: string[] = [];
  const given = new Set<string>();
  let isOver = false;
  for (let at = 0; at < before.length; at++) {
    const command = commandAt(path);
    const each = before[at] as string;
    if (each === "--" && !isOver) {
      isOver = true;
    } else if (!isOver && /^-./.test(each)) {
      const flags = flagsOf(command, release);
      const flag = awaiting(flags, each);
      if (flag && at + 1 === before.length) return { path, arguments: found, given, flag, word };
      const name = nameOf(flags, each);
      given.add(each.includes("=") ? each.replace(/^--/, "") : `${name}=${flag ? before[at + 1] : "true"}`);
      if (flag) at++;
    } else if (command.commands) {
      const next = findCommand(command, release, each);
      if (next) path = [...path, (await next.loadTree?.()) ?? next];
    } else {
      found.push(each);
      if (!command.interspersed) isOver = true;
    }
  }
  return { path, arguments: found, given, flag: undefined, word };
}

/** The flag of a word whose value is the next word. */
function awaiting(flags: Flags, word: string): Flag<unknown> | undefined {
  if (word.includes("=")) return undefined;
  const name = nameOf(flags, word);
  const flag = name === undefined ? undefined : flags[name];
  return flag?.bare === undefined ? flag : undefined;
}

/** The long name of the flag that a word is, or of the last one of several letters. */
function nameOf(flags: Flags, word: string): string | undefined {
  return word.startsWith("--")
    ? word.slice(2)
    : Object.keys(flags).find((each) => flags[each]?.short === word.at(-1));
}

function flagsOf(command: Command, release: Release): Flags {
  return Object.fromEntries(Object.entries(command.flags).filter(([, flag]) => isIn(release, flag)));
}

/** What a flag's value may be. @param before what stands before the value in the same word */
async function valuesOf(
  { completes }: Flag<unknown>,
  value: string,
  before: string,
  engine: Engine,
): Promise<readonly string[] | undefined> {
  if (completes === undefined) return [];
  const offered = typeof completes === "string" ? await namesOf(engine, completes, value) : completes;
  return offered?.filter((each) => each.startsWith(value)).map((each) => before + each);
}

/** What the word names. */
function kindOf(command: Command, { given, arguments: before }: Place, release: Release) {
  const { completesWith } = command;
  if (completesWith && isIn(release, completesWith)) {
    const flag = Object.keys(completesWith.flags).find((each) => given.has(each));
    if (flag !== undefined) return completesWith.flags[flag];
  }
  return kindAt(command, before.length);
}

/** What the argument at an index names. */
function kindAt({ completes, interspersed }: Command, at: number) {
  if (typeof completes === "object") return completes[at];
  return interspersed || at === 0 ? completes : undefined;
}
