import { randomInt } from "node:crypto";
import { releaseNames } from "@dryharbor/simulator";
import { expect, it } from "vitest";
import { runWire } from "../lab/wire.js";

const seed = process.env.DRYHARBOR_SEED ? Number(process.env.DRYHARBOR_SEED) : randomInt(1_000_000);

it.each(releaseNames)(`%s is the same over HTTP, seed ${seed}`, { timeout: 300_000 }, async (release) => {
  const disagreements = await runWire(
    { releases: [release], commands: { agent: 100, unix: 60 }, seed, shrinkSeconds: 10, enough: 2 },
    (line) => console.log(line),
  );
  expect(disagreements).toBe(0);
});
