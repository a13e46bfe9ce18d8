import { openEngine } from "@dryharbor/sdk";
import { createSimulator } from "@dryharbor/simulator";
import { handlers } from "@dryharbor/simulator/msw";
import { test } from "@dryharbor/simulator/vitest";
import { setupServer } from "msw/node";
import { describe } from "vitest";

setupServer(...handlers(createSimulator(), { hosts: ["tcp://docker:2375"] })).listen();

test("the fixture", async ({ engine, dockerHost, expect }) => {
  await using client = await openEngine(dockerHost);
  expect(await client.networks.list()).toEqual(await engine.networks.list());
});

describe("with options", () => {
  test.override({ simulatorOptions: { release: "20.10", seed: 7 } });

  test("the release", ({ simulator, expect }) => {
    expect(simulator.release).toBe("20.10");
  });
});
