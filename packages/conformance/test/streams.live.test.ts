import { createSimulator } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";
import { openLive } from "../lab/engine.js";
import { inMemoryPeer } from "../lab/streams/in-memory.js";
import { scenarios } from "../lab/streams/scenarios/index.js";
import { socketPeer } from "../lab/streams/socket.js";
import { transcript } from "../lab/streams/transcript.js";

const engines = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter((url) => url !== "");

describe.concurrent.each(engines)("streams of the simulator and of %s", (url) => {
  it(`look the same in ${scenarios.length} scenarios`, { timeout: 300_000 }, async () => {
    const { engine, release } = await openLive(url);
    const peer = socketPeer(new URL(url).pathname);
    const differences: string[] = [];
    try {
      for (const scenario of scenarios) {
        const simulator = createSimulator({ release });
        const [real, simulated] = await Promise.all([
          transcript(peer, scenario),
          transcript(inMemoryPeer(simulator), scenario),
        ]);
        await simulator.close();
        real.forEach((line, index) => {
          if (line === simulated[index]) return;
          differences.push(`${scenario.name}\n  real      ${line}\n  simulated ${simulated[index]}`);
        });
        for (const { Id } of await engine.containers.list({ all: true })) {
          await engine.containers.remove(Id, { force: true });
        }
      }
    } finally {
      await engine.close();
    }
    expect(differences.join("\n")).toBe("");
  });
});
