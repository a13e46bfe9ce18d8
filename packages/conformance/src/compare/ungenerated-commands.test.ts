import fc from "fast-check";
import { expect, it } from "vitest";
import { commandSequence } from "../generate/sequence.js";
import { ungeneratedCommands } from "./exclusions.js";

const generated = fc.sample(commandSequence(40), { numRuns: 200, seed: 1 }).flat();

it.each(ungeneratedCommands)(
  "$example.call is not generated in this case: $reason",
  ({ applies, example }) => {
    expect(applies(example.args)).toBe(true);
    expect(generated.filter(({ call, args }) => call === example.call && applies(args))).toEqual([]);
  },
);
