import type { Engine } from "@dryharbor/sdk";

/** Where a step is carried out. */
export interface Classroom {
  readonly engine: Engine;
  /** Image of every container of the course: its process sleeps, and it has `cat` and `env`. */
  readonly image: string;
}

/** Something that must hold after a step; said as a learner would say it. */
export interface Check<Seen> {
  readonly claim: string;
  readonly holds: (seen: Seen, room: Classroom) => boolean | Promise<boolean>;
}

/** One thing to do, what it shows, and what must hold then. */
export interface Step<Seen = unknown> {
  /** What one would type at a terminal. */
  readonly command: string;
  /** Does it, through the port. */
  readonly act: (room: Classroom) => Promise<Seen>;
  /** What there is to look at, line by line. */
  readonly show: (seen: Seen) => readonly string[];
  readonly checks: readonly Check<Seen>[];
}

/** A few steps that belong together. */
export interface Lesson {
  readonly title: string;
  /** What it is about, in a sentence or two. */
  readonly about: string;
  readonly steps: readonly Step[];
}

/** Declares a step, keeping the type of what it sees between its parts. */
export function step<Seen>(parts: Step<Seen>): Step {
  return parts as unknown as Step;
}
