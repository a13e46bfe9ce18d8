import fc from "fast-check";
import { expect, it } from "vitest";
import { applied, difference } from "../src/run/trace.js";

const trees = fc.dictionary(fc.string(), fc.jsonValue());

it("a difference leads from one observation to the next", () => {
  fc.assert(
    fc.property(trees, trees, (from, to) => {
      expect(applied(from, difference(from, to))).toEqual(to);
    }),
  );
});

it("what does not change takes no room", () => {
  fc.assert(
    fc.property(trees, (tree) => {
      expect(difference(tree, tree)).toEqual({});
    }),
  );
});
