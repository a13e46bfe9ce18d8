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

it("a difference may be of any key", () => {
  const to = JSON.parse('{"__proto__": {"deep": {"__proto__": 1}}}');
  const from = JSON.parse('{"__proto__": {"deep": {"__proto__": 2}}}');
  for (const one of [from, {}, JSON.parse('{"__proto__": {}}')])
    expect(JSON.stringify(applied(one, difference(one, to)))).toBe(JSON.stringify(to));
});

it("what does not change takes no room", () => {
  fc.assert(
    fc.property(trees, (tree) => {
      expect(difference(tree, tree)).toEqual({});
    }),
  );
});
