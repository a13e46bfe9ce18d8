import type { Engine } from "@dryharbor/sdk";

/** What a command printed, and how it ended. Of a terminal all is `stdout`. */
export interface Seen {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A statement that must be true after a step, in a learner's words. */
export interface Check {
  readonly claim: string;
  readonly holds: (seen: Seen, host: { readonly engine: Engine }) => boolean | Promise<boolean>;
}

/** One step of a lesson: a command, and what must be true after it, whoever carries it out. */
export interface Step {
  /** The command, letter by letter as one types it at a terminal. */
  readonly command: string;
  /** What one types then, line by line, where the command waits for it. */
  readonly typed?: readonly string[];
  readonly checks: readonly Check[];
}

/** A few steps that belong together. */
export interface Lesson {
  readonly title: string;
  /** The subject of the lesson, in a sentence or two. */
  readonly about: string;
  readonly steps: readonly Step[];
}
