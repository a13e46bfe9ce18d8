import { ConflictError } from "@dryharbor/sdk";
import { createSimulator, type Simulator } from "@dryharbor/simulator";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { startShop } from "../shop.js";

let simulator: Simulator;
beforeEach(() => {
  simulator = createSimulator();
});
afterEach(() => simulator.close());

test("the web server finds the database by its name", async () => {
  await startShop(simulator.engine);
  const answer = await simulator.engine.dns.resolve("web", { name: "db" });
  expect(answer).toEqual({ status: "found", records: ["172.18.0.2"] });
});

test("a second shop is refused", async () => {
  await startShop(simulator.engine);
  await expect(startShop(simulator.engine)).rejects.toThrow(ConflictError);
});
