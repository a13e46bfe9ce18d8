import { describe, expect, it } from "vitest";
import { namesFor, runClients } from "../clients/run.js";
import { labSide, simulatedSide } from "../clients/sides.js";
import { drawn } from "../lab/drawn.js";
import { openLive } from "../lab/engine.js";

const engines = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter((url) => url !== "");

// The scenarios need what engines of tools/engine-lab have.
describe("real clients cannot tell a simulated engine from a real one", () => {
  it.concurrent.each(engines)("%s", { timeout: 3_600_000 }, async (url) => {
    const { engine, release } = await openLive(url);
    await engine.close();
    const played = drawn(await namesFor(release), 6, 2 * engines.indexOf(url));
    const results = await runClients(
      {
        release,
        real: labSide(url, release),
        other: ({ faults }) => simulatedSide(release, faults),
        scenarios: (name) => played.includes(name),
      },
      (line) => console.log(line),
    );
    const cli = results.find(({ job }) => job.client === `docker CLI ${release}`);
    const steps = cli?.real.flatMap(({ steps }) => steps) ?? [];
    // Clients that fail to start would agree on both sides.
    expect(steps.filter(({ code }) => code === 0).length).toBeGreaterThan(30);
    for (const { job, real } of results) expect(real[0]?.steps[0]?.code, job.client).toBe(0);
    expect(results.map(({ job, differences }) => [job.client, differences])).toEqual(
      results.map(({ job }) => [job.client, 0]),
    );
  });
});
