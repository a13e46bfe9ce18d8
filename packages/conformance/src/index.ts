// What the package exports: `parity`, `grade`, `record` and `replay`, with the commands that they run and the
// rules by which they compare. Authors of a driver import it; nothing here knows which two engines are
// compared.

export type { CallName, Command } from "./commands/command.js";
export { script } from "./commands/script.js";
export {
  type Comparison,
  type ComparisonRules,
  compare,
  type Disagreement,
  nothingExcluded,
} from "./compare/compare.js";
export { type Exclusion, exclusions, type Fork } from "./compare/exclusions.js";
export { commandSequence } from "./generate/sequence.js";
export { type Concept, concepts } from "./grade/concepts.js";
export { type Grade, type GradeOptions, grade } from "./grade/grade.js";
export { gradeAsHtml, gradeAsMarkdown } from "./grade/report.js";
export type { ConceptGrade, Kind } from "./grade/tally.js";
export { type Observation, openSession, type Session } from "./observe/session.js";
export { type Contestant, disposable, standing } from "./run/contestant.js";
export {
  type Counterexample,
  generateSequence,
  type ParityOptions,
  type ParityResult,
  parity,
} from "./run/parity.js";
export { showCounterexample, summary } from "./run/report.js";
export type { SequenceResult } from "./run/sequence.js";
export { type Patch, record, replay, type Trace } from "./run/trace.js";
