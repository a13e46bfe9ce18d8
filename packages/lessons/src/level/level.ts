// What a level is: data that a teacher writes as one JSON file. `read-level.ts` reads such a file, and docs/lessons.md
// explains each field.

import type { Check } from "../checks/check.js";

/** The version of the format that {@link Level.format} names. */
export const levelFormat = 1;

/** The releases of Docker Engine that a level can be played on. */
export type LevelRelease = "20.10" | "26.1" | "28.5" | "29";

/** All of these releases, from the oldest. */
export const levelReleases: readonly LevelRelease[] = ["20.10", "26.1", "28.5", "29"];

/** Paragraphs. `code` stands between backticks, and `{{address web backend}}` is filled in: see {@link fillIn}. */
export type Prose = readonly string[];

/** One level. */
export interface Level {
  readonly format: typeof levelFormat;
  /** Small letters, digits and hyphens. Progress and links know a level by it. */
  readonly id: string;
  readonly title: string;
  /** What to achieve, in one sentence. */
  readonly objective: string;
  /** The releases on which all that the level says is true. */
  readonly releases: readonly LevelRelease[];
  /** Images that the engine has before anybody types. */
  readonly images: readonly string[];
  readonly start: Start;
  readonly steps: readonly Step[];
  /** The level is solved when all of these hold. */
  readonly goal: readonly Check[];
  /** From a nudge to nearly the solution. */
  readonly hints: Prose;
  /** Commands that solve the level from its start. */
  readonly solution: readonly Typed[];
  /** What a real engine shows here, and why. */
  readonly afterword: Prose;
  /** The id of the level to play next. */
  readonly next?: string;
}

/** The state in which a level begins. A later part builds on the earlier ones. */
export interface Start {
  /** A state that a simulator has saved. */
  readonly snapshot?: object;
  /** The id of a level that has been solved before this one begins, by its own solution. */
  readonly after?: string;
  /** Commands that are carried out before the learner comes. */
  readonly commands: readonly string[];
  /** What must hold before the learner comes, such as that a server listens. */
  readonly ready: readonly Check[];
}

/** One step of a level. */
export interface Step {
  /** What is explained first. */
  readonly text: Prose;
  readonly predict?: Prediction;
  /** The command to run, letter by letter. A step without one is to be read, or is a task. */
  readonly command?: string;
  /** What one types then, line by line, where the command waits for it. */
  readonly typed?: readonly string[];
  /** What is to be seen now, and why it is so. */
  readonly look: Prose;
  /** The step is done when all of these hold. Empty: when the command has been typed. */
  readonly check: readonly Check[];
  /** Of a task: commands that do it. */
  readonly solution: readonly string[];
}

/** A question about what will happen. */
export interface Prediction {
  readonly question: string;
  readonly choices: readonly Choice[];
}

/** A possible answer. Exactly one of a question's is right. */
export interface Choice {
  readonly text: string;
  readonly right: boolean;
  /** What is said to whoever chose it. */
  readonly because?: string;
  /** What would hold after the command if this answer were right. Tests compare it with what happens. */
  readonly check: readonly Check[];
}

/** A command, and the lines that one types when it waits for them. */
export interface Typed {
  readonly command: string;
  readonly typed?: readonly string[];
}
