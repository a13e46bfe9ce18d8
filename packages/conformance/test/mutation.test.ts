import { type Engine, engineError } from "@dryharbor/sdk/port";
import { expect, it } from "vitest";
import { drawn } from "../lab/drawn.js";
import { labSimulator } from "../lab/simulator.js";
import { disposable, type ParityOptions, parity, showCounterexample } from "../src/index.js";

// The two seeds give different ids, so ids are compared as symbols.
const reference = () => disposable(() => labSimulator("28.5", 1));
const likeIt = () => labSimulator("28.5", 2);

const run = (subject: () => Engine, commands: number, options: Partial<ParityOptions> = {}) =>
  parity({
    reference: reference(),
    subject: disposable(subject),
    commands,
    seed: 5,
    shrinkMilliseconds: 20_000,
    enough: 1,
    ...options,
  });

it("an engine agrees with one like it", { timeout: 60_000 }, async () => {
  const { counterexamples, commands } = await run(likeIt, 200);
  expect(counterexamples.map(showCounterexample)).toEqual([]);
  expect(commands).toBe(200);
});

/** Engines with one small fault each. */
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
  "waits for a removal no longer than for an exit": (engine) => ({
    containers: {
      ...engine.containers,
      wait: (container, options) =>
        engine.containers.wait(container, {
          ...options,
          ...(options?.condition === "removed" ? { condition: "next-exit" } : {}),
        }),
    },
  }),
  "forgets how what was waited for ended": (engine) => ({
    containers: {
      ...engine.containers,
      wait: async (container, options) => ({
        ...(await engine.containers.wait(container, options)),
        ...(options?.condition ? { StatusCode: 0 } : {}),
      }),
    },
  }),
  "shouts its errors": (engine) => ({
    networks: {
      ...engine.networks,
      remove: (network) =>
        engine.networks.remove(network).catch((error: Error) => {
          // Upper case would destroy the ids in the message, which would then differ in each attempt to
          // shrink.
          error.message = `${error.message}!`;
          throw error;
        }),
    },
  }),
};

// Each takes seconds to shrink.
it.each(drawn(Object.entries(mutants), 3))(
  "catches an engine that %s",
  { timeout: 60_000 },
  async (_, mutate) => {
    const { counterexamples } = await run(() => {
      const engine = likeIt();
      return { ...engine, ...mutate(engine) };
    }, 3000);
    expect(counterexamples).toHaveLength(1);
    // A reader should see the fault at a glance.
    expect(counterexamples[0]!.commands.length).toBeLessThanOrEqual(8);
  },
);

it("shows the fault that it found, and not another of the same call", { timeout: 60_000 }, async () => {
  const withTwoFaults = (): Engine => {
    const engine = likeIt();
    return {
      ...engine,
      networks: {
        ...engine.networks,
        async create(request, options) {
          // The runner's own network, by which it learns the next subnet.
          if (request.Name.startsWith("dryharbor")) return engine.networks.create(request, options);
          throw engineError(500, request.IPAM ? "one fault" : "another");
        },
      },
    };
  };
  const found = async (shrinkMilliseconds: number) => {
    const { counterexamples } = await run(withTwoFaults, 200, { seed: 1, shrinkMilliseconds });
    return counterexamples[0]?.disagreements.find(({ path }) => path[1] === "message")?.actual;
  };
  expect(await found(0)).toBe("one fault");
  expect(await found(5_000)).toBe("one fault");
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
