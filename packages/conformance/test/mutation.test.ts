import type { Engine } from "@dryharbor/sdk/port";
import { expect, it } from "vitest";
import { labSimulator } from "../lab/simulator.js";
import { disposable, parity, showCounterexample } from "../src/index.js";

// Ids differ from one seed to another, so what is alike here is alike by symbols.
const reference = () => disposable(() => labSimulator("28.5", 1));
const likeIt = () => labSimulator("28.5", 2);

const run = (subject: () => Engine, commands: number) =>
  parity({
    reference: reference(),
    subject: disposable(subject),
    commands,
    seed: 5,
    shrinkMilliseconds: 20_000,
    enough: 1,
  });

it("an engine agrees with one like it", { timeout: 60_000 }, async () => {
  const { counterexamples, commands } = await run(likeIt, 200);
  expect(counterexamples.map(showCounterexample)).toEqual([]);
  expect(commands).toBe(200);
});

/** Engines that are wrong in one small way each. */
const mutants: Record<string, (engine: Engine) => Partial<Engine>> = {
  "resolves whatever is asked": (engine) => ({
    dns: {
      ...engine.dns,
      async resolveAll(container, queries, options) {
        const answers = await engine.dns.resolveAll(container, queries, options);
        return answers.map((answer) =>
          answer.status === "no-such-name" ? { status: "found", records: ["10.0.0.1"] } : answer,
        );
      },
    },
  }),
  "forgets aliases": (engine) => ({
    networks: {
      ...engine.networks,
      connect: (network, { EndpointConfig, ...request }, options) =>
        engine.networks.connect(
          network,
          { ...request, EndpointConfig: { ...EndpointConfig, Aliases: null } },
          options,
        ),
    },
  }),
  "does not pause": (engine) => ({
    containers: {
      ...engine.containers,
      pause: async (container) => void (await engine.containers.inspect(container)),
    },
  }),
  "shouts its errors": (engine) => ({
    networks: {
      ...engine.networks,
      remove: (network) =>
        engine.networks.remove(network).catch((error: Error) => {
          error.message = error.message.toUpperCase();
          throw error;
        }),
    },
  }),
};

it.each(Object.entries(mutants))("catches an engine that %s", { timeout: 60_000 }, async (_, mutate) => {
  const { counterexamples } = await run(() => {
    const engine = likeIt();
    return { ...engine, ...mutate(engine) };
  }, 1000);
  expect(counterexamples).toHaveLength(1);
  // A fresh reader should see it at a glance.
  expect(counterexamples[0]!.commands.length).toBeLessThanOrEqual(8);
});

it("tells what happened once from what happens again", { timeout: 60_000 }, async () => {
  let engines = 0;
  const { counterexamples, chance } = await run(() => {
    const engine = likeIt();
    return engines++ === 0 ? { ...engine, ...mutants["resolves whatever is asked"]!(engine) } : engine;
  }, 200);
  expect(counterexamples.map(showCounterexample)).toEqual([]);
  expect(chance).toHaveLength(1);
});
