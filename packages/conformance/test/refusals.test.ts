import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { releaseNames } from "@dryharbor/simulator";
import { serve } from "@dryharbor/simulator/node";
import { expect, it } from "vitest";
import { overSocket } from "../lab/bytes/socket.js";
import { refusals } from "../lab/refusals/index.js";
import { outcomes, said } from "../lab/refusals/refusal.js";
import { labMachine } from "../lab/simulator.js";

it.each(releaseNames)("%s refuses in its own words", async (release) => {
  const directory = await mkdtemp(join(tmpdir(), "dryharbor-"));
  const path = join(directory, "docker.sock");
  await using simulator = labMachine(release);
  const served = await serve(simulator, { host: `unix://${path}` });
  const asked = refusals.filter((refusal) => said(refusal, release) !== null);
  expect(await outcomes(overSocket(path), asked)).toEqual(asked.map((refusal) => said(refusal, release)));
  await served.close();
  await rm(directory, { recursive: true });
});
