import { dockerProgram } from "@dryharbor/docker-cli/program";
import { type OpenMachine, readLevel, Session, simulatorMachine } from "@dryharbor/lessons";
import { createSimulator } from "@dryharbor/simulator";
import { expect, it } from "vitest";
import { levelOf } from "./level-maker.js";

const open: OpenMachine = () => {
  const simulator = createSimulator();
  return simulatorMachine(simulator, { docker: dockerProgram(simulator.engine) });
};
const about = { title: "My own level", objective: "Make what the picture shows." };

it("makes a level of what was typed, which its own solution solves and its start does not", async () => {
  const level = readLevel({
    format: 1,
    id: "nothing-yet",
    title: "Nothing yet",
    objective: "Try what you like.",
    steps: [{ text: "Try what you like." }],
    goal: [{ check: "network", name: "any" }],
    solution: ["docker network create any"],
  });
  const session = await Session.open({ level, open });
  await expect(levelOf(session, about)).rejects.toThrow("type the commands of the solution first");
  await session.perform("docker network create --internal harbor");
  const made = readLevel(JSON.parse(JSON.stringify(await levelOf(session, about))));
  expect(made.id).toBe("my-own-level");
  const again = await Session.open({ level: made, open });
  expect((await again.goal()).every(({ held }) => held)).toBe(false);
  for (const { command, typed } of made.solution) await again.perform(command, typed);
  expect((await again.goal()).every(({ held }) => held)).toBe(true);
  await session.close();
  await again.close();
});
