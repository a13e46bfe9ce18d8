// Ranges of a sorted set: by rank, by score, by the order of members of one score.
import type { ByteText } from "../../../busybox/byte-text.js";
import { CommandError } from "../engine/command-error.js";
import { parseDouble } from "../values/numbers.js";
import type { Scored, SortedMembers } from "../values/sorted-members.js";
import { enclosed, place } from "./arguments.js";

/** What a range goes by. */
export type RangeKind = "RANK" | "SCORE" | "LEX";

/** A range of indices in the ascending order. */
type IndexRange = readonly [from: number, to: number];

/** Finds a range in the members of a sorted set. */
export type RangeFinder = (members: SortedMembers) => IndexRange;

/**
 * Reads the ends of a range.
 *
 * @param isReverse ranks are then counted from the greatest score
 */
export function readRange(kind: RangeKind, low: ByteText, high: ByteText, isReverse = false): RangeFinder {
  switch (kind) {
    case "RANK":
      return rankRange(place(low), place(high), isReverse);
    case "SCORE":
      return scoreRange(low, high);
    case "LEX":
      return memberRange(low, high);
  }
}

function rankRange(first: number, last: number, isReverse: boolean): RangeFinder {
  return ({ size }) => {
    const [from, to] = enclosed(size, first, last);
    return isReverse ? [size - to, size - from] : [from, to];
  };
}

function readScore(text: ByteText): { readonly score: number; readonly isExcluded: boolean } {
  const isExcluded = text.startsWith("(");
  const score = parseDouble(isExcluded ? text.slice(1) : text);
  if (score === undefined) throw new CommandError("ERR min or max is not a float");
  return { score, isExcluded };
}

function scoreRange(low: ByteText, high: ByteText): RangeFinder {
  const [from, to] = [readScore(low), readScore(high)];
  return (members) =>
    ordered(
      members.firstIndex(({ score }) => (from.isExcluded ? score <= from.score : score < from.score)),
      members.firstIndex(({ score }) => (to.isExcluded ? score < to.score : score <= to.score)),
    );
}

/** Reads an end of a range of members. Returns how far behind a member the end is: below 0, 0 or above 0. */
function readMember(text: ByteText, isLow: boolean): (scored: Scored) => boolean {
  const [sign, bound] = [text[0], text.slice(1)];
  if (sign === "-" && bound === "") return () => false;
  if (sign === "+" && bound === "") return () => true;
  if (sign !== "[" && sign !== "(") throw new CommandError("ERR min or max not valid string range item");
  // A low end that is excluded lies behind its member, as a high end does that is not.
  return (sign === "(") === isLow ? ({ member }) => member <= bound : ({ member }) => member < bound;
}

function memberRange(low: ByteText, high: ByteText): RangeFinder {
  const [isBeforeLow, isBeforeHigh] = [readMember(low, true), readMember(high, false)];
  return (members) => ordered(members.firstIndex(isBeforeLow), members.firstIndex(isBeforeHigh));
}

function ordered(from: number, to: number): IndexRange {
  return from < to ? [from, to] : [0, 0];
}
