import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MatchTooCostly } from "./backtracking.js";
import { BadPattern } from "./bad-pattern.js";
import { goTree } from "./go-syntax.js";
import { Matcher } from "./matcher.js";
import { posixTree } from "./posix-syntax.js";
import { PrefixMatcher } from "./prefix-matcher.js";
import { reversed } from "./tree.js";

const go = (pattern: string): Matcher => new Matcher(goTree(pattern, { namedWithoutP: true }));
const extended = (pattern: string, ignoreCase = false): Matcher =>
  new Matcher(posixTree(pattern, { extended: true, ignoreCase }));

/** Patterns with the same meaning in Go, POSIX and JavaScript. Only the preferred match may differ. */
const { pattern: patterns } = fc.letrec<{ pattern: string; branch: string; piece: string; atom: string }>(
  (tie) => ({
    pattern: fc.array(tie("branch"), { minLength: 1, maxLength: 3 }).map((branches) => branches.join("|")),
    branch: fc.array(tie("piece"), { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join("")),
    piece: fc
      .tuple(tie("atom"), fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}"))
      .map(([atom, often]) => atom + often),
    atom: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.constantFrom("a", "b", "c", "[ab]", "[^a]", "[b-d]", "A", "_"),
      tie("pattern").map((pattern) => `(${pattern})`),
    ),
  }),
);
// Texts are short and patterns shallow, because JavaScript's own matcher would take too long with others.
/**
 * Patterns between assertions such as `^` and `\b`. Tests that match only a part of a text cannot use them:
 * JavaScript ignores the text around the part, so its assertions would hold elsewhere.
 */
const positions = fc
  .tuple(fc.constantFrom("", "^", "\\b", "\\B"), patterns, fc.constantFrom("", "$", "\\b", "\\B"))
  .map(([before, pattern, after]) => `${before}(${pattern})${after}`);
const unit = fc.constantFrom("a", "b", "c", "d", "A", "_", " ");
const texts = fc.string({ unit, maxLength: 6 });
/** Lines of a text that is as short altogether, since `.` and sets may match over their ends. */
const lines = fc.string({ unit, maxLength: 2 });
const runs = { numRuns: 300 };

it("finds a match where JavaScript's regular expressions do", () => {
  fc.assert(
    fc.property(positions, texts, (pattern, text) => {
      const expected = new RegExp(pattern, "u").test(text);
      expect([go(pattern).test(text), extended(pattern).test(text)]).toEqual([expected, expected]);
    }),
    runs,
  );
});

it("finds it without regard to case, and lines, where Go's flags say so", () => {
  fc.assert(
    fc.property(positions, fc.array(lines, { maxLength: 3 }), (pattern, all) => {
      const text = all.join("\n");
      expect(go(`(?im)${pattern}`).test(text)).toBe(new RegExp(pattern, "imu").test(text));
    }),
    runs,
  );
});

it("begins where JavaScript's match begins, and is the longest there", () => {
  fc.assert(
    fc.property(patterns, texts, fc.boolean(), (pattern, text, ignoreCase) => {
      const flags = ignoreCase ? "i" : "";
      const begin = new RegExp(pattern, flags).exec(text)?.index;
      const found = extended(pattern, ignoreCase).find(text);
      expect(found?.index).toBe(begin);
      if (!found || begin === undefined) return;
      const whole = new RegExp(`^(?:${pattern})$`, flags);
      const ends = Array.from({ length: text.length - begin + 1 }, (_, length) => begin + length);
      const end = ends.findLast((each) => whole.test(text.slice(begin, each)));
      expect(found.groups[0]).toBe(text.slice(begin, end));
    }),
    runs,
  );
});

it("has groups within the match, and of what their pattern matches", () => {
  fc.assert(
    fc.property(patterns, patterns, texts, (first, second, text) => {
      const found = extended(`(${first})(x*)(${second})`).find(text);
      if (!found) return;
      const [whole, one] = found.groups;
      const last = extended(first).groups + 3;
      // Only the groups are kept that a pattern can refer to.
      fc.pre(last <= 9);
      const three = found.groups[last];
      expect(`${one}${three}`).toBe(whole);
      expect(new RegExp(`^(?:${first})$`).test(one as string)).toBe(true);
      expect(new RegExp(`^(?:${second})$`).test(three as string)).toBe(true);
    }),
    runs,
  );
});

it("finds the same with a reference to a group that takes part as with what the group holds", () => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const plain = extended(`(a|b)c?(?:)`.replace("(?:)", `(${pattern})`)).find(text);
      const referring = extended(`(a|b)c?(${pattern})(\\1{0})`).find(text);
      expect([referring?.index, referring?.groups[0]]).toEqual([plain?.index, plain?.groups[0]]);
      const doubled = extended(`^(${pattern})\\1$`).test(text);
      const half = text.slice(0, text.length / 2);
      expect(doubled).toBe(half + half === text && new RegExp(`^(?:${pattern})$`).test(half));
    }),
    runs,
  );
});

it("tells all lengths of a beginning, and of an end by the reversed pattern", () => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const tree = posixTree(pattern, { extended: true });
      const whole = new RegExp(`^(?:${pattern})$`);
      const lengths = Array.from({ length: text.length + 1 }, (_, length) => length);
      expect(new PrefixMatcher(tree).lengths(text)).toEqual(
        lengths.filter((length) => whole.test(text.slice(0, length))),
      );
      expect(new PrefixMatcher(reversed(tree)).lengths([...text].reverse().join(""))).toEqual(
        lengths.filter((length) => whole.test(text.slice(text.length - length))),
      );
    }),
    runs,
  );
});

describe("patterns that take other matchers for ever", () => {
  const many = "a".repeat(5000);

  it.each([
    "^(a+)+$",
    "^(a|a)*$",
    "^(a|aa)+$",
    "^(a*)*$",
    "^((a*)*)*$",
    "^(a?){50}a{50}b",
    "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x",
    `^${"a?".repeat(100)}${"a".repeat(100)}$`,
    "(x+x+)+y",
  ])("%s", (pattern) => {
    expect(go(pattern).test(`${many}b`)).toBe(false);
    expect(extended(pattern).test(`${many}b`)).toBe(false);
    expect(extended(pattern).find(`${many}b`)).toBeUndefined();
  });

  it("are answered when they do match, too", () => {
    expect(go("^(a+)+$").test(many)).toBe(true);
    expect(extended("^(a+)+$").find(many)?.groups[0]).toBe(many);
    expect(extended("((a*)*)*b").find(`${many}b`)?.index).toBe(0);
  });

  it("many different texts do not fill the memory", () => {
    const pattern = go("(a|b)*a(a|b){14}c");
    const text = Array.from({ length: 30_000 }, (_, index) => ((index * index) % 7 < 3 ? "a" : "b")).join("");
    expect(pattern.test(text)).toBe(false);
    expect(pattern.test(`${text}a${"b".repeat(14)}c`)).toBe(true);
  });
});

it.each([
  "a{1000}".repeat(20),
  `${"(".repeat(600)}a${")".repeat(600)}`,
  "(((a{0,30}){0,30}){0,30}){0,30}",
  "((((^){30}){30}){30}){30}",
])("refuses what would be too large: %#", (pattern) => {
  expect(() => go(pattern)).toThrow(BadPattern);
  expect(() => extended(pattern)).toThrow(BadPattern);
});

it("takes a long text as a pattern", () => {
  const text = "ab".repeat(500);
  expect(extended(text).test(`x${text}`)).toBe(true);
  expect(extended(`a${"*".repeat(20_000)}b`).test("aab")).toBe(true);
});

it("gives up on a reference that takes too many steps", () => {
  const pattern = extended("(a*)(a*)(a*)\\1\\2\\3b");
  expect(pattern.test("aaaaaab")).toBe(true);
  expect(() => pattern.test("a".repeat(3000))).toThrow(MatchTooCostly);
});
