import { run } from "@dryharbor/sdk";
import { createSimulator } from "@dryharbor/simulator";
import { handlers } from "@dryharbor/simulator/msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countContainers } from "./count.js";

const simulator = createSimulator();
// Without names of hosts, the handlers answer at Docker's default sockets and at port 2375.
const server = setupServer(...handlers(simulator));
beforeAll(() => server.listen());
afterAll(async () => {
  server.close();
  await simulator.close();
});

test("counts what runs", async () => {
  expect(await countContainers()).toBe(0);
  const sleeper = { Image: "busybox", Cmd: ["sleep", "3600"] };
  await run(simulator.engine, sleeper, { detach: true });
  await run(simulator.engine, sleeper, { detach: true });
  expect(await countContainers()).toBe(2);
});
