// Finds what two files have in common, by the algorithm of Hunt and McIlroy ("An Algorithm for Differential
// File Comparison", 1976). Which of several longest common subsequences it finds can be seen in the output.

/** A change: lines `from1` to `to1` became lines `from2` to `to2`. Lines count from 1; a range may be empty. */
export interface Change {
  readonly from1: number;
  readonly to1: number;
  readonly from2: number;
  readonly to2: number;
}

interface Candidate {
  readonly x: number;
  readonly y: number;
  readonly before: Candidate | undefined;
}

/** Returns the changes from some lines to others. @param thorough whether to try hard to find fewer of them */
export function changesBetween(
  one: readonly string[],
  other: readonly string[],
  thorough: boolean,
): Change[] {
  const partners = partnersOf(one, other, thorough);
  const changes: Change[] = [];
  for (let from1 = 1; from1 <= one.length; ) {
    while (from1 <= one.length && partners[from1] === (partners[from1 - 1] as number) + 1) from1++;
    const from2 = (partners[from1 - 1] as number) + 1;
    let to1 = from1 - 1;
    while (to1 < one.length && partners[to1 + 1] === 0) to1++;
    const to2 = (partners[to1 + 1] as number) - 1;
    partners[to1] = to2;
    if (from1 <= to1 || from2 <= to2) changes.push({ from1, to1, from2, to2 });
    from1 = to1 + 1;
  }
  if (one.length === 0 && other.length > 0) changes.push({ from1: 1, to1: 0, from2: 1, to2: other.length });
  return changes;
}

/** Returns the line of the other file for each line, 0 for none; there is one line more at either end. */
function partnersOf(one: readonly string[], other: readonly string[], thorough: boolean): number[] {
  let same = 0;
  while (same < one.length && same < other.length && one[same] === other[same]) same++;
  let ending = 0;
  while (
    ending < one.length - same &&
    ending < other.length - same &&
    one[one.length - 1 - ending] === other[other.length - 1 - ending]
  ) {
    ending++;
  }
  const partners = new Array<number>(one.length + 2).fill(0);
  for (let line = 1; line <= same; line++) partners[line] = line;
  for (let line = one.length - ending + 1; line <= one.length + 1; line++) {
    partners[line] = line + other.length - one.length;
  }
  const middle = longestCommon(
    one.slice(same, one.length - ending),
    other.slice(same, other.length - ending),
    thorough,
  );
  for (let found = middle; found; found = found.before) partners[found.x + same] = found.y + same;
  return partners;
}

/** Returns the last pair of a longest common subsequence. */
function longestCommon(
  one: readonly string[],
  other: readonly string[],
  thorough: boolean,
): Candidate | undefined {
  const places = new Map<string, number[]>();
  for (const [at, line] of other.entries()) {
    const found = places.get(line);
    if (found) found.push(at + 1);
    else places.set(line, [at + 1]);
  }
  const most = thorough ? Number.POSITIVE_INFINITY : Math.max(256, Math.floor(Math.sqrt(one.length)));
  /** By length, the candidate of that length that ends first. */
  const best: (Candidate | undefined)[] = [undefined];
  const endOf = (length: number): number => best[length]?.y ?? 0;
  for (const [at, line] of one.entries()) {
    let replaced = best[0];
    let replacedLength = 0;
    let tries = 0;
    for (const y of places.get(line) ?? []) {
      if (tries >= most) break;
      if (y <= (replaced?.y ?? 0)) continue;
      const length = search(best.length - 1, endOf, y);
      if (length !== replacedLength + 1) replaced = best[length - 1];
      if (length === best.length) {
        best.push({ x: at + 1, y, before: replaced });
        break;
      }
      if (endOf(length) <= y) continue;
      const there = best[length];
      best[length] = { x: at + 1, y, before: replaced };
      replaced = there;
      replacedLength = length;
      tries++;
    }
  }
  return best.at(-1);
}

/** Returns the shortest length whose candidate does not end before `y`. */
function search(longest: number, endOf: (length: number) => number, y: number): number {
  if (endOf(longest) < y) return longest + 1;
  let low = 0;
  let high = longest + 1;
  for (;;) {
    const middle = (low + high) >> 1;
    if (middle <= low) return low + 1;
    const end = endOf(middle);
    if (end > y) high = middle;
    else if (end < y) low = middle;
    else return middle;
  }
}
