import type { Engine } from "@dryharbor/sdk";

/** The engine and image with which steps are carried out. */
export interface Classroom {
  readonly engine: Engine;
  /**
   * The image of every container of the course. The container's process sleeps, and it has `cat` and `env`.
   */
  readonly image: string;
}

/** A statement that must be true after a step, in a learner's words. */
export interface Check<Seen> {
  readonly claim: string;
  readonly holds: (seen: Seen, room: Classroom) => boolean | Promise<boolean>;
}

/** One step of a lesson: a command, what it shows, and what must be true afterwards. */
export interface Step<Seen = unknown> {
  /** The command as one types it at a terminal. */
  readonly command: string;
  /** Carries out the step through the port. */
  readonly act: (room: Classroom) => Promise<Seen>;
  /** Returns the lines that the step shows. */
  readonly show: (seen: Seen) => readonly string[];
  readonly checks: readonly Check<Seen>[];
}

/** A few steps that belong together. */
export interface Lesson {
  readonly title: string;
  /** The subject of the lesson, in a sentence or two. */
  readonly about: string;
  readonly steps: readonly Step[];
}

/** Declares a step, and keeps the type of what it sees between its parts. */
export function step<Seen>(parts: Step<Seen>): Step {
  return parts as unknown as Step;
}
