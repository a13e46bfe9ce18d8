// A test fixture for Vitest.
import type { Agent } from "node:http";
import type { Engine } from "@dryharbor/sdk/port";
import { test as plainTest, type TestAPI } from "vitest";
import type { Faults } from "../faults/faults.js";
import { agent } from "../node/agent.js";
import { createSimulator, type Simulator, type SimulatorOptions } from "../simulator.js";
import { serveOnSocket } from "./socket.js";

/** The fixtures of a test. Only those that a test names are made. */
export interface SimulatorFixtures {
  /**
   * The options of the simulator: release, seed, images and so on. Set them with `test.override` (before
   * Vitest 4.1: `test.scoped`).
   */
  simulatorOptions: SimulatorOptions;
  /** A simulator for this test alone. It is closed when the test ends. */
  simulator: Simulator;
  /** The simulator's engine: `simulator.engine`. */
  engine: Engine;
  /** What goes wrong on purpose in this test: `simulator.faults`. All of it ends with the test. */
  faults: Faults;
  /**
   * An agent that carries a Node HTTP client to the simulator:
   * `new Docker({ protocol: "http", host: "simulator", agent })`.
   */
  agent: Agent;
  /** The `DOCKER_HOST` of a unix socket on which this simulator is served, for other processes. */
  dockerHost: string;
}

/**
 * Vitest's `test`, with a simulator for each test. Before Vitest 4.1 `test.override` is called `test.scoped`.
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
  faults: async ({ simulator }, use) => {
    await use(simulator.faults);
    await simulator.faults.clear();
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
