import { expect, it } from "vitest";
import { type Command, command } from "../src/commands/command.js";
import { shrink } from "../src/run/shrink.js";

const start = (name: string) => command("containers.start", name);
const minute = 60_000;

it("keeps only the commands that a failure needs", async () => {
  const commands = Array.from({ length: 40 }, (_, index) => start(`c${index}`));
  const needs = (some: readonly Command[], name: string) => some.some(({ args }) => args[0] === name);
  const shortest = await shrink(commands, async (some) => needs(some, "c3") && needs(some, "c31"), minute);
  expect(shortest).toEqual([start("c3"), start("c31")]);
});

it("leaves out fields that a failure does not need", async () => {
  const full = command("networks.create", { Name: "alpha", Internal: true, Labels: { tier: "front" } });
  const shortest = await shrink(
    [full],
    async ([only]) => (only?.args[0] as { Internal?: boolean })?.Internal === true,
    minute,
  );
  expect(shortest).toEqual([{ call: "networks.create", args: [{ Internal: true }] }]);
});

it("gives what it has when its time is over", async () => {
  const commands = [start("a"), start("b")];
  expect(await shrink(commands, async () => true, 0)).toEqual(commands);
});
