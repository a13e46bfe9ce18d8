import { engineError } from "@dryharbor/sdk/port";
import { buildsOf } from "../../releases/builds.js";
import type { Release } from "../../releases/release.js";
import { expandedWords } from "./words.js";

/** A text within a Dockerfile: `<<NAME`. */
export interface Heredoc {
  readonly name: string;
  /** Variables in it become their values. */
  readonly expands: boolean;
  /** Tabs at the starts of its lines go. */
  readonly chomps: boolean;
}

const nothing = (): undefined => undefined;

/** Returns the texts that a line announces. */
export function heredocsOf(release: Release, line: string): Heredoc[] {
  const rules = { escape: "\\", keepsQuotes: true, keepsEscapes: true, keepsUnset: true };
  let words: string[];
  try {
    words = expandedWords(release, line, nothing, rules);
  } catch {
    // What cannot be read announces nothing.
    return [];
  }
  return words.flatMap((word) => heredocIn(release, word) ?? []);
}

/** Returns the text that a word announces, or `undefined`. */
export function heredocIn(release: Release, word: string): Heredoc | undefined {
  const [, dash, spelt = ""] = /^\d*<<(-?)([^<]*)$/.exec(word) ?? [];
  const rest = buildsOf(release).heredocAfterSpace ? spelt.replace(/^[\t\n\f\r ]+/, "") : spelt;
  if (dash === undefined || rest === "") return undefined;
  const read = (keepsQuotes: boolean) =>
    expandedWords(release, rest, nothing, { escape: "\\", keepsQuotes, keepsUnset: true });
  const words = read(false);
  const [name, other] = words;
  if (name === undefined || other !== undefined) return undefined;
  const raw = read(true);
  if (raw.length !== words.length) {
    throw engineError(400, `internal lexing of heredoc produced inconsistent results: ${rest}`);
  }
  return { name, expands: quotesIn(name) === quotesIn(raw[0] as string), chomps: dash === "-" };
}

function quotesIn(text: string): number {
  return text.split(/['"]/).length - 1;
}
