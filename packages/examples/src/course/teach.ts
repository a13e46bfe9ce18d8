import { type Engine, NotFoundError, UsageError } from "@dryharbor/sdk";
import { made } from "./course.js";
import type { Classroom, Lesson, Step } from "./lesson.js";

/** The result of one step. */
export interface StepOutcome {
  readonly lesson: Lesson;
  readonly step: Step;
  readonly shown: readonly string[];
  readonly checks: readonly { readonly claim: string; readonly held: boolean }[];
}

/**
 * Carries out the lessons in order and yields each step's outcome. Removes what they made at the end, even if
 * a step fails or the caller stops early.
 * @throws {UsageError} the engine already has containers or networks of the course's names
 */
export async function* teach(lessons: readonly Lesson[], room: Classroom): AsyncGenerator<StepOutcome> {
  await refuseTakenNames(room.engine);
  try {
    for (const lesson of lessons) {
      for (const step of lesson.steps) {
        const seen = await step.act(room);
        const checks = [];
        for (const { claim, holds } of step.checks) checks.push({ claim, held: await holds(seen, room) });
        yield { lesson, step, shown: step.show(seen), checks };
      }
    }
  } finally {
    await clearAway(room.engine);
  }
}

async function refuseTakenNames(engine: Engine): Promise<void> {
  const containers = await engine.containers.list({ all: true });
  const networks = await engine.networks.list();
  const taken = [
    ...made.containers.filter((name) => containers.some(({ Names }) => Names.includes(`/${name}`))),
    ...made.networks.filter((name) => networks.some(({ Name }) => Name === name)),
  ];
  if (taken.length > 0) {
    throw new UsageError(
      `This engine already has ${taken.join(", ")}, and the course makes its own. Remove or rename them, or name another engine.`,
    );
  }
}

async function clearAway(engine: Engine): Promise<void> {
  for (const name of made.containers) await unlessGone(engine.containers.remove(name, { force: true }));
  for (const name of made.networks) await unlessGone(engine.networks.remove(name));
}

async function unlessGone(removal: Promise<void>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}
