import { createSimulator, type ReleaseName } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";
import { drawn } from "../lab/drawn.js";
import { openLive } from "../lab/engine.js";
import { inMemoryPeer } from "../lab/streams/in-memory.js";
import type { Peer } from "../lab/streams/peer.js";
import type { Scenario } from "../lab/streams/scenario.js";
import { scenarios } from "../lab/streams/scenarios/index.js";
import { socketPeer } from "../lab/streams/socket.js";
import { transcript } from "../lab/streams/transcript.js";

const engines = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter((url) => url !== "");

/**
 * Factors for all waiting times. On a busy machine a wait may be too short, so a scenario that differs is
 * repeated with longer ones.
 */
const patiences = [1, 3, 6];

async function differencesOf(scenario: Scenario, real: Peer, release: ReleaseName, patience: number) {
  const simulator = createSimulator({ release });
  const [expected, actual] = await Promise.all([
    transcript(real, scenario, patience),
    transcript(inMemoryPeer(simulator), scenario, patience),
  ]);
  await simulator.close();
  return expected.flatMap((line, index) =>
    line === actual[index] ? [] : [`${scenario.name}\n  real      ${line}\n  simulated ${actual[index]}`],
  );
}

describe.concurrent.each(engines)("streams of the simulator and of %s", (url) => {
  const played = drawn(scenarios, 6, 2 * engines.indexOf(url));

  it(`look the same in ${played.length} scenarios`, { timeout: 600_000 }, async () => {
    const { engine, release } = await openLive(url);
    const real = socketPeer(new URL(url).pathname);
    const differences: string[] = [];
    try {
      for (const scenario of played) {
        let differing: string[] = [];
        for (const patience of patiences) {
          differing = await differencesOf(scenario, real, release, patience);
          for (const { Id } of await engine.containers.list({ all: true })) {
            await engine.containers.remove(Id, { force: true });
          }
          if (differing.length === 0) break;
        }
        differences.push(...differing);
      }
    } finally {
      await engine.close();
    }
    expect(differences.join("\n")).toBe("");
  });
});
