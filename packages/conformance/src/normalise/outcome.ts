import type { PathStat } from "@dryharbor/sdk/port";
import type { Command } from "../commands/command.js";
import type { Outcome } from "../commands/outcome.js";
import { loosenedAnswers } from "../compare/loosened.js";
import { byText, normalise } from "./normalise.js";
import type { Symbols } from "./symbols.js";

/**
 * Normalises an outcome: values that each engine makes up become symbols, and orders that are chance are
 * sorted.
 */
export function normaliseOutcome({ call }: Command, outcome: Outcome, symbols: Symbols): unknown {
  if (!("answer" in outcome)) return normalise(outcome, symbols);
  const answer = normalise(essence(call, outcome.answer), symbols);
  return { answer: Array.isArray(answer) ? ordered(call, answer) : answer };
}

/** Returns the items of a list that `call` answered, sorted if the engine's order is not compared. */
export function ordered(call: keyof typeof loosenedAnswers, items: readonly unknown[]): readonly unknown[] {
  return loosenedAnswers[call]?.to === "any order" ? items.toSorted(byText) : items;
}

/** The bit of a directory in Go's fs.FileMode. */
const directory = 2 ** 31;

function withFileSize(stat: PathStat): unknown {
  return stat.mode >= directory ? { ...stat, size: "<size of a directory>" } : stat;
}

function essence(call: Command["call"], answer: unknown): unknown {
  const to = loosenedAnswers[call]?.to;
  if (to === "sizes of files") {
    const of = answer as PathStat | { readonly stat: PathStat };
    return "stat" in of ? { ...of, stat: withFileSize(of.stat) } : withFileSize(of);
  }
  if (to !== "commands") return answer;
  const { Titles, Processes } = answer as { Titles: string[]; Processes: string[][] };
  return { Titles, commands: Processes.map((columns) => columns.at(-1)) };
}
