import type { Command } from "../commands/command.js";
import type { Outcome } from "../commands/outcome.js";
import { byText, normalise } from "./normalise.js";
import type { Symbols } from "./symbols.js";

/** An outcome with symbols for what is the engine's own affair, and without orders that are chance. */
export function normaliseOutcome({ call }: Command, outcome: Outcome, symbols: Symbols): unknown {
  const normal = normalise(
    "answer" in outcome ? { answer: essence(call, outcome.answer) } : outcome,
    symbols,
  );
  if (call === "networks.list" || call === "images.list") {
    const { answer } = normal as { answer?: unknown[] };
    if (answer !== undefined) return { answer: [...answer].sort(byText) };
  }
  return normal;
}

function essence(call: Command["call"], answer: unknown): unknown {
  if (call !== "containers.top") return answer;
  // Process ids, times and a terminal; what is the container's own is the command, in the last column.
  const { Titles, Processes } = answer as { Titles: string[]; Processes: string[][] };
  return { Titles, commands: Processes.map((columns) => columns.at(-1)) };
}
