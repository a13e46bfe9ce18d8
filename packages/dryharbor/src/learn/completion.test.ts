import { createSimulator } from "@dryharbor/simulator";
import { expect, it } from "vitest";
import { completions } from "./completion.js";

const simulator = createSimulator();
await simulator.engine.networks.create({ Name: "backend-network" });
const place = { levels: ["first-steps", "create-a-network"], simulator };

it.each([
  ["hin", [["hint "], "hin"]],
  ["dock", [["docker "], "dock"]],
  ["docker netw", [["network "], "netw"]],
  ["docker network inspect back", [["backend-network "], "back"]],
  ["echo a; docker network ins", [["inspect "], "ins"]],
  ["docker ps | gre", [["grep "], "gre"]],
  ["level ", [["create-a-network", "first-steps"], ""]],
  ["show s", [["solution "], "s"]],
  ["cat /etc/host", [["/etc/hostname", "/etc/hosts"], "/etc/host"]],
  ["nobody-knows", [[], "nobody-knows"]],
])("completes %j", async (line, expected) => {
  expect(await completions(line, place)).toEqual(expected);
});
