import { everyCall } from "@dryharbor/sdk/calls";
import fc from "fast-check";
import { expect, it } from "vitest";
import { commandSequence } from "../generate/sequence.js";
import { uncomparedCalls } from "./exclusions.js";

const generated = new Set(
  fc
    .sample(commandSequence(40), { numRuns: 400, seed: 1 })
    .flatMap((commands) => commands.map(({ call }) => call)),
) as ReadonlySet<string>;

it.each(everyCall)("$name is generated, or listed with the reason why not", ({ name }) => {
  expect(Object.hasOwn(uncomparedCalls, name)).toBe(!generated.has(name));
});

it("lists no call that there is not", () => {
  const names = everyCall.map(({ name }) => name);
  expect(Object.keys(uncomparedCalls).filter((name) => !names.includes(name))).toEqual([]);
});
