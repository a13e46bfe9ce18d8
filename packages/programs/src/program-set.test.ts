import type { ProcessContext, ProgramTable } from "@dryharbor/kernel";
import { expect, it } from "vitest";
import { PartOnDemand } from "./part-on-demand.js";
import { ProgramSet } from "./program-set.js";

const table: ProgramTable = new Map([["shout", async () => 7]]);

it("loads a program when it is started, and says so where that fails", async () => {
  let loads = 0;
  const part = new PartOnDemand(async () => {
    loads++;
    if (loads === 1) throw new Error("no network");
    return table;
  });
  const set = new ProgramSet(["shout"], part, (programs) => programs);
  const [, shout] = set.programs[0]!;
  let said = "";
  const process = { stderr: (text: string) => (said += text) } as unknown as ProcessContext;
  expect(await shout(process)).toBe(126);
  expect(said).toBe("shout: the program could not be loaded: run it again when the network is back\n");
  expect(await shout(process)).toBe(7);
  expect(await shout(process)).toBe(7);
  expect(loads).toBe(2);
});

it("knows from the words of a command whether it is wanted", async () => {
  const set = new ProgramSet(["shout"], new PartOnDemand(async () => table), (programs) => programs, [
    "loud",
  ]);
  expect(set.loadFor(["sh", "-c", "echo shouting"])).toBeUndefined();
  await set.loadFor(["sh", "-c", "echo | /bin/shout"]);
  expect(set.loadFor(["loud"])).toBeUndefined();
});
