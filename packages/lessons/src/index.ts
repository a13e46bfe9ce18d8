// The entry of the package: the format of levels, checks, and the session in which a level is played. The levels
// themselves are `@dryharbor/lessons/content`.
export type * from "./checks/check.js";
export { type JudgeOptions, judge, type Verdict } from "./checks/judge.js";
export type { Finding, Outcome, Ran } from "./checks/state.js";
export type { LevelProblem } from "./level/fields.js";
export { fillIn } from "./level/fill-in.js";
export type * from "./level/level.js";
export { levelFormat, levelReleases } from "./level/level.js";
export { LevelError, readLevel, readLevelText, walk } from "./level/read-level.js";
export type { FindLevel, Machine, OpenMachine } from "./session/machine.js";
export { noProgress, type Progress, readProgress, type Solved, withSolved } from "./session/progress.js";
export {
  fromText,
  readSaved,
  type SavedCommand,
  type SavedSession,
  savedFormat,
  toText,
  untouched,
} from "./session/saved.js";
export { Session, type SessionOptions, type Turn } from "./session/session.js";
export { type SimulatorParts, simulatorMachine } from "./session/simulator-machine.js";
export { type LessonWord, lessonWord, lessonWords } from "./session/words.js";
