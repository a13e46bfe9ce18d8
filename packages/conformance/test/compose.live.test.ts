import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../compose/cases.js";
import { compareCase } from "../compose/compare.js";
import { composeFile } from "../compose/generate.js";
import { hasRealCompose } from "../compose/real-compose.js";

// These need the compose of tools/engine-lab, and no engines: it works on a served simulator.

/** A command takes a second or two, so a seed draws a fifth of the cases, and five seeds play all. */
const parts = 5;
const seed = process.env.DRYHARBOR_SEED;
const drawn = Object.keys(cases).filter(
  (_, index) => seed === undefined || index % parts === Number(seed) % parts,
);

describe.skipIf(!hasRealCompose)("docker compose does what compose 2.40 does, and prints it", () => {
  it.concurrent.each(drawn)("%s", { timeout: 600_000 }, async (name) => {
    const one = cases[name];
    expect(one && (await compareCase(one))).toEqual([]);
  });

  it("for generated files", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(composeFile, async (file) => {
        const commands = ["config --format json", "config", "config --hash *", "create"];
        expect(await compareCase({ files: { "compose.yaml": file }, commands })).toEqual([]);
      }),
      { numRuns: seed === undefined ? 6 : 2, endOnFailure: true },
    );
  });
});
