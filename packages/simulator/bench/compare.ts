import { better, moreIsBetter, type Row, type Rows } from "./rows.js";

/** How often a row may be over the limit before it counts. */
export const tries = 3;

/** How much worse a row may be. */
export const limit = 1.3;

/** How one row compares. */
export interface Compared {
  readonly name: string;
  readonly now: Row;
  /** `undefined`: the other commit has no such row. */
  readonly before: Row | undefined;
  /** How many times worse it is now, in the last try; below 1 it is better. */
  readonly ratio: number | undefined;
  /** How often it was measured. */
  readonly tries: number;
  readonly verdict: "within" | "over" | "new";
}

/** Measures some rows on one of the two, or all of them. */
export type Measure = (rows: ReadonlySet<string> | undefined) => Promise<Rows>;

/**
 * Compares two commits row by row. They are measured in turn (now, before, now, before …), so that what changes on the
 * machine meanwhile meets both; of the rounds the best figure counts. Only rows over the limit are tried again.
 */
export async function compare(now: Measure, before: Measure, rounds: number): Promise<readonly Compared[]> {
  const compared = new Map<string, Compared>();
  let open: ReadonlySet<string> | undefined;
  for (let attempt = 1; attempt <= tries && open?.size !== 0; attempt++) {
    let [best, bestBefore]: Rows[] = [new Map(), new Map()];
    for (let round = 0; round < rounds; round++) {
      best = better(best!, await now(open));
      bestBefore = better(bestBefore!, await before(open));
    }
    const over = new Set<string>();
    for (const [name, row] of best!) {
      if (open && !open.has(name)) continue;
      const other = bestBefore!.get(name);
      const ratio = other && timesWorse(row, other);
      const verdict = ratio === undefined ? "new" : ratio > limit ? "over" : "within";
      if (verdict === "over") over.add(name);
      compared.set(name, { name, now: row, before: other, ratio, tries: attempt, verdict });
    }
    open = over;
  }
  return [...compared.values()];
}

function timesWorse(now: Row, before: Row): number {
  return moreIsBetter(now) ? before.value / now.value : now.value / before.value;
}
