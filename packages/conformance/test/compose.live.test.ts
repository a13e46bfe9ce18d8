import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../compose/cases.js";
import { type ComposeCase, compareCase, type Difference } from "../compose/compare.js";
import { composeFile } from "../compose/generate.js";
import { hasRealCompose } from "../compose/real-compose.js";
import { drawn } from "../lab/drawn.js";

// These need the compose of tools/engine-lab, and no engines: it works on a served simulator.

// A command takes a second or two.
const names = drawn(Object.keys(cases), 5);

describe.skipIf(!hasRealCompose)("docker compose does what compose 2.40 does, and prints it", () => {
  it.concurrent.each(names)("%s", { timeout: 600_000 }, async (name) => {
    expect(await compareCase(cases[name]!)).toEqual([]);
  });

  // A retry would draw other files, so that it proves nothing about these.
  it("for generated files", { timeout: 600_000, retry: 0 }, async () => {
    await fc.assert(
      fc.asyncProperty(composeFile, async (file) => {
        const commands = ["config --format json", "config", "config --hash *", "create"];
        expect(await differencesOf({ files: { "compose.yaml": file }, commands })).toEqual([]);
      }),
      { numRuns: process.env.DRYHARBOR_SEED === undefined ? 6 : 2, endOnFailure: true },
    );
  });
});

/** What differs counts only if something differs again, because compose works on several containers at once. */
async function differencesOf(one: ComposeCase): Promise<Difference[]> {
  const differences = await compareCase(one);
  return differences.length === 0 ? differences : compareCase(one);
}
