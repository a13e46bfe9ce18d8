import { engineError } from "@dryharbor/sdk/port";
import { quotedText } from "../../quote.js";
import { buildsOf } from "../../releases/builds.js";
import type { Release } from "../../releases/release.js";
import type { Heredoc } from "./heredoc.js";

/** One instruction of a Dockerfile, with its words as they stand there. */
export interface Line {
  /** The instruction's name, as it is spelt. */
  readonly name: string;
  /** The flags between name and arguments, such as `--from=0`. */
  readonly flags: readonly string[];
  readonly args: readonly string[];
  /** The arguments were a JSON list. */
  readonly isList: boolean;
  /** The whole line. Continued ones are put together. */
  readonly original: string;
  /** The number of its first line in the Dockerfile; 0 for a line of its own. */
  readonly number: number;
  /** The texts that follow it. */
  readonly heredocs: readonly (Heredoc & { readonly content: string })[];
}

/** Returns the name of an instruction as all spellings share it. */
export function keyword({ name }: Pick<Line, "name">): string {
  return name.toUpperCase();
}

/** Splits an instruction into its words. @throws 400 */
export function readLine(release: Release, text: string, mark: string, number = 0): Line {
  const trimmed = text.trim();
  const [, name = trimmed, rest] = /^([^\t\v\f\r ]*)[\t\v\f\r ]+(.*)$/s.exec(trimmed) ?? [];
  const { flags, left } = splitFlags(release, rest ?? "", mark);
  const line = { name, flags, original: text, number, heredocs: [] };
  return { ...line, ...argumentsOf(release, name.toUpperCase(), left.trim(), mark) };
}

/** Takes the flags from the start of what follows an instruction's name. */
function splitFlags(
  release: Release,
  text: string,
  mark: string,
): { readonly flags: string[]; readonly left: string } {
  const escaping = buildsOf(release).flagsUseEscape ? mark : "\\";
  const flags: string[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/.test(text[at] as string)) at++;
    if (!text.startsWith("--", at)) return { flags, left: text.slice(at) };
    let word = "";
    let quote = "";
    let blank = false;
    for (; at < text.length; at++) {
      let character = text[at] as string;
      if (quote === "" && /\s/.test(character)) break;
      if (quote === "" && (character === "'" || character === '"')) {
        quote = character;
        blank = true;
        continue;
      }
      if (quote !== "" && character === quote) {
        quote = "";
        continue;
      }
      if (character === escaping) {
        if (at + 1 === text.length) continue;
        character = text[++at] as string;
      }
      word += character;
    }
    if (word === "--") return { flags, left: text.slice(at) };
    if (word !== "" || blank) flags.push(word);
  }
}

type Arguments = Pick<Line, "args" | "isList">;

const plain = (args: readonly string[]): Arguments => ({ args, isList: false });

/** Splits the arguments of an instruction as that one has them. */
function argumentsOf(release: Release, name: string, rest: string, mark: string): Arguments {
  switch (name) {
    case "ADD":
    case "COPY":
    case "VOLUME":
      return list(release, rest) ?? plain(rest === "" ? [] : splitAtSpace(rest));
    case "CMD":
    case "ENTRYPOINT":
    case "RUN":
    case "SHELL":
      return list(release, rest) ?? plain(rest === "" ? [] : [rest]);
    case "ENV":
    case "LABEL":
      return plain(namesAndValues(name, rest, mark));
    case "ARG":
      return plain(words(rest, mark));
    case "EXPOSE":
    case "FROM":
      return plain(rest === "" ? [] : splitAtSpace(rest));
    case "HEALTHCHECK": {
      const [, type = "", after = ""] = /^(\S*)\s*(.*)$/s.exec(rest) ?? [];
      if (type === "") return plain([]);
      const command = list(release, after) ?? plain(after === "" ? [] : [after]);
      return { ...command, args: [type, ...command.args] };
    }
    case "ONBUILD": {
      if (rest === "") return plain([]);
      // What it triggers is read as well, so that its mistakes show.
      const triggered = readLine(release, rest, mark);
      return plain([triggered.name, ...triggered.args]);
    }
    case "MAINTAINER":
    case "STOPSIGNAL":
    case "USER":
    case "WORKDIR":
      return plain(rest === "" ? [] : [rest]);
    default:
      return plain([]);
  }
}

function splitAtSpace(text: string): string[] {
  return text.split(/[\t\v\f\r ]+/);
}

/** Reads a JSON list. Returns `undefined` for anything else. @throws 400 for a list of other things than text */
function list(release: Release, rest: string): Arguments | undefined {
  const text = rest.trimStart();
  if (!text.startsWith("[")) return undefined;
  let value = parsed(text);
  if (buildsOf(release).readsJsonPrefix) {
    // Go's streaming decoder stops after the first value.
    for (let end = text.indexOf("]"); value === undefined && end >= 0; end = text.indexOf("]", end + 1)) {
      value = parsed(text.slice(0, end + 1));
    }
  }
  if (!Array.isArray(value)) return undefined;
  if (!value.every((word) => typeof word === "string")) {
    throw engineError(400, "when using JSON array syntax, arrays must be comprised of strings only");
  }
  return { args: value, isList: true };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns names and values in turn, of `NAME=value …` or `NAME value`. */
function namesAndValues(name: string, rest: string, mark: string): string[] {
  const given = words(rest, mark);
  const [first] = given;
  if (first === undefined) return [];
  if (!first.includes("=")) {
    const [, key, value] = /^([^\t\v\f\r ]*)[\t\v\f\r ]+(.*)$/s.exec(rest) ?? [];
    if (key === undefined || value === undefined) throw engineError(400, `${name} must have two arguments`);
    return [key, value];
  }
  return given.flatMap((word) => {
    const equals = word.indexOf("=");
    if (equals >= 0) return [word.slice(0, equals), word.slice(equals + 1)];
    const problem = `Syntax error - can't find = in ${quotedText(word)}. Must be of the form: name=value`;
    throw engineError(400, problem);
  });
}

/** Splits text at white space outside of quotes. Quotes and escapes stay. */
function words(rest: string, mark: string): string[] {
  const found: string[] = [];
  const characters = [...rest];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as string;
    if (quote === "" && /\s/u.test(character)) {
      if (word) found.push(word);
      word = undefined;
      continue;
    }
    word ??= "";
    if (character === mark && quote !== "'") {
      // One at the end is left out.
      if (at + 1 === characters.length) continue;
      word += character + characters[++at];
      continue;
    }
    if (quote === "" && (character === "'" || character === '"')) quote = character;
    else if (character === quote) quote = "";
    word += character;
  }
  if (word) found.push(word);
  return found;
}
