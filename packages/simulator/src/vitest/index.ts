// A fixture for Vitest.
import type { Agent } from "node:http";
import type { Engine } from "@dryharbor/sdk/port";
import { test as plainTest, type TestAPI } from "vitest";
import { agent } from "../node/agent.js";
import { createSimulator, type Simulator, type SimulatorOptions } from "../simulator.js";
import { serveOnSocket } from "./socket.js";

/** What a test is given. A test gets what it names, and nothing else is made. */
export interface SimulatorFixtures {
  /** What the simulator is made with: release, seed, images and so on. Set it by `test.override` (before Vitest 4.1: `test.scoped`). */
  simulatorOptions: SimulatorOptions;
  /** A simulator of this test alone, closed when the test has ended. */
  simulator: Simulator;
  /** Its engine: `simulator.engine`. */
  engine: Engine;
  /** Takes a Node HTTP client to it, e.g. `new Docker({ protocol: "http", host: "simulator", agent })`. */
  agent: Agent;
  /** It on a unix socket of its own, for other processes: what to give them as `DOCKER_HOST`. */
  dockerHost: string;
}

/**
 * Vitest's `test`, with a simulator for each test. What `test.override` does was `test.scoped` before Vitest 4.1.
 *
 * @example
 * import { test } from "@dryharbor/simulator/vitest";
 *
 * test("makes its network", async ({ engine, expect }) => {
 *   await setUp(engine);
 *   expect(await engine.networks.inspect("backend")).toMatchObject({ Driver: "bridge" });
 * });
 *
 * @example
 * describe("on 20.10", () => {
 *   test.override({ simulatorOptions: { release: "20.10", seed: 7 } });
 *   // …
 * });
 */
export const test: TestAPI<SimulatorFixtures> = plainTest.extend<SimulatorFixtures>({
  simulatorOptions: {},
  simulator: async ({ simulatorOptions }, use) => {
    await using simulator = createSimulator(simulatorOptions);
    await use(simulator);
  },
  engine: async ({ simulator }, use) => {
    await use(simulator.engine);
  },
  agent: async ({ simulator }, use) => {
    const connections = agent(simulator);
    await use(connections);
    connections.destroy();
  },
  dockerHost: async ({ simulator }, use) => {
    await using served = await serveOnSocket(simulator);
    await use(served.host);
  },
});
