import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator, type ReleaseName } from "@dryharbor/simulator";
import { serve } from "@dryharbor/simulator/node";
import { openShell } from "./at-docker.js";
import { record, type Transcript } from "./transcript.js";

/** Runs the course by the real docker command on a simulator that is served as `dryharbor serve --publish` does. */
export async function recordOnSimulator(release?: ReleaseName): Promise<Transcript> {
  const directory = await mkdtemp(join(tmpdir(), "dryharbor-course-"));
  const simulator = createSimulator(release === undefined ? {} : { release });
  const served = await serve(simulator, { host: `unix://${directory}/docker.sock`, publish: true });
  const shell = await openShell(served.host);
  try {
    return await record({ engine: simulator.engine, perform: shell.perform });
  } finally {
    await shell.close();
    await served.close();
    await rm(directory, { recursive: true, force: true });
  }
}
