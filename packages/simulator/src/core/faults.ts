// What the core asks about faults, where there are any. `src/faults` answers, and is loaded with the first fault.

import type { Container } from "./containers/container.js";
import type { Question, Reply } from "./dns/question.js";
import type { Asked, Place, Verdict } from "./traffic/place.js";

/** The faults of an engine. */
export interface Faults {
  /** A number that changes whenever one of {@link changeVerdict}'s answers may come out otherwise. */
  readonly generation: number;
  /** The faults as plain data, for snapshots. */
  readonly saved: SavedFaults;
  /** Returns what becomes of a packet under faults of ways. */
  changeVerdict(verdict: Verdict, from: Place, packet: Asked): Verdict;
  /** Whether there are faults of names. */
  readonly strikesNames: boolean;
  /** Returns what a name fault does to a question, if one strikes. */
  strikeName(asker: Container, question: Question): StruckName | undefined;
}

/** What becomes of a question that a fault strikes. */
export interface StruckName {
  /** What is answered in place of the answer: `undefined` for the answer itself, `silence` for nothing. */
  readonly reply: Reply | "silence" | undefined;
  /** Milliseconds that the answer is late. */
  readonly late: number;
}

/** All faults as plain data. */
export interface SavedFaults {
  /** The number of the fault that was added last. */
  readonly last: number;
  /** From where chance comes. */
  readonly seed: number;
  readonly faults: readonly object[];
}
