import { readFile } from "node:fs/promises";
import { type ReleaseName, releaseNames } from "@dryharbor/simulator";

/** What came of each case, by the releases that agree: `20.10 26.1`. */
export type RecordedBuilds = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const file = new URL("recorded.json", import.meta.url);

export async function recordedBuilds(): Promise<RecordedBuilds> {
  return JSON.parse(await readFile(file, "utf8"));
}

/** Returns what came of a case on a release. */
export function recordedFor(
  recorded: RecordedBuilds,
  name: string,
  release: ReleaseName,
): readonly string[] | undefined {
  const outcomes = Object.entries(recorded[name] ?? {});
  return outcomes.find(([releases]) => releases.split(" ").includes(release))?.[1];
}

/** Outcomes by case, by release. */
type OutcomesByRelease = Map<ReleaseName, Map<string, readonly string[]>>;

/** Puts together what came of each case on each release. */
export function together(byRelease: OutcomesByRelease): RecordedBuilds {
  const all: Record<string, Record<string, readonly string[]>> = {};
  for (const release of releaseNames) {
    for (const [name, outcome] of byRelease.get(release) ?? []) {
      all[name] ??= {};
      const seen = all[name];
      const same = Object.keys(seen).find((key) => JSON.stringify(seen[key]) === JSON.stringify(outcome));
      if (same !== undefined) delete seen[same];
      seen[same === undefined ? release : `${same} ${release}`] = outcome;
    }
  }
  return all;
}

/** The opposite of {@link together}. */
export function apart(recorded: RecordedBuilds): OutcomesByRelease {
  return new Map(
    releaseNames.map((release) => [
      release,
      new Map(
        Object.keys(recorded).flatMap((name) => {
          const outcome = recordedFor(recorded, name, release);
          return outcome ? [[name, outcome] as const] : [];
        }),
      ),
    ]),
  );
}
