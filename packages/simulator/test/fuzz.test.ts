import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fuzz, programError } from "../fuzz/fuzz.js";
import { serve } from "../src/node/serve.js";
import { createSimulator } from "../src/simulator.js";

it("answers thousands of malformed requests, of which it understands none wrongly", {
  timeout: 60_000,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), "fuzz-"));
  const socketPath = join(directory, "docker.sock");
  await using simulator = createSimulator();
  const served = await serve(simulator, { host: `unix://${socketPath}` });
  const { requests, statuses, hangs, errors } = await fuzz({
    socketPath,
    seed: 1,
    requests: 3_000,
    connections: 8,
  });
  expect(requests).toBeGreaterThanOrEqual(3_000);
  expect([...statuses.keys()]).toEqual(expect.arrayContaining(["200", "400", "404", "500", "501", "505"]));
  expect(hangs.map(String)).toEqual([]);
  expect([...errors.keys()].filter((words) => programError.test(words))).toEqual([]);
  await served.close();
  await rm(directory, { recursive: true });
});
