import { expect, it } from "vitest";
import { matchesGlob } from "./glob.js";

it.each([
  ["foo", "foo", true],
  ["f*", "foo:latest", true],
  ["*", "a/b", false],
  ["*/*", "a/b", true],
  ["fo?", "foo", true],
  ["fo?", "fo/", false],
  ["[a-f]oo", "foo", true],
  ["[^a-f]oo", "foo", false],
  ["[^a]oo", "foo", true],
  ["[z-a]oo", "foo", false],
  ["\\foo", "foo", true],
  ["f.o", "foo", false],
  ["fo{1}", "foo", false],
  ["", "foo", false],
])("%j on %j: %j", (pattern, text, matches) => {
  expect(matchesGlob(pattern, text)).toBe(matches);
});

it.each(["[", "foo[", "[]a]", "[b-]", "x\\"])("refuses %j", (pattern) => {
  expect(() => matchesGlob(pattern, "foo")).toThrow("syntax error in pattern");
});
