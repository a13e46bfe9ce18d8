import { type Engine, NotFoundError, UsageError } from "@dryharbor/sdk";
import { images, made } from "./course.js";
import type { Host } from "./host.js";
import type { Lesson, Seen, Step } from "./lesson.js";

/** The result of one step. */
export interface StepOutcome {
  readonly lesson: Lesson;
  readonly step: Step;
  readonly seen: Seen;
  readonly checks: readonly { readonly claim: string; readonly held: boolean }[];
}

/**
 * Carries out the lessons in order and yields each step's outcome. The images are pulled first, so that no command tells
 * of it. Removes what the lessons made at the end, even if a step fails or the caller stops early.
 * @throws {UsageError} the engine already has containers or networks of the course's names
 */
export async function* teach(
  lessons: readonly Lesson[],
  { engine, perform }: Host,
): AsyncGenerator<StepOutcome> {
  await refuseTakenNames(engine);
  await fetchImages(engine);
  try {
    for (const lesson of lessons) {
      for (const step of lesson.steps) {
        const seen = await perform(step);
        const checks = [];
        for (const { claim, holds } of step.checks)
          checks.push({ claim, held: await holds(seen, { engine }) });
        yield { lesson, step, seen, checks };
      }
    }
  } finally {
    await clearAway(engine);
  }
}

/** Words for a check that does not hold, for tests: the command, the claim, and what was seen. */
export function failures({ step, seen, checks }: StepOutcome): string[] {
  return checks
    .filter(({ held }) => !held)
    .map(
      ({ claim }) =>
        `${step.command}: ${claim}; it ended with ${seen.exitCode}: ${seen.stdout}${seen.stderr}`,
    );
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

async function fetchImages({ images: there }: Engine): Promise<void> {
  const tags = (await there.list()).flatMap(({ RepoTags }) => RepoTags ?? []);
  for (const image of images) if (!tags.includes(`${image}:latest`)) await there.pull(image);
}

/** Removes the containers that have a name of the course, or are on one of its networks, and then the networks. */
async function clearAway(engine: Engine): Promise<void> {
  for (const { Id, Names, NetworkSettings } of await engine.containers.list({ all: true })) {
    const named = made.containers.some((name) => Names.includes(`/${name}`));
    const placed = made.networks.some((name) => name in NetworkSettings.Networks);
    if (named || placed) await unlessGone(engine.containers.remove(Id, { force: true, v: true }));
  }
  for (const name of made.networks) await unlessGone(engine.networks.remove(name));
}

async function unlessGone(removal: Promise<void>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}
