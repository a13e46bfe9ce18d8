import { expect, it } from "vitest";
import { compare, type Measure } from "../bench/compare.js";
import { type Row, type Rows, rowsOf } from "../bench/rows.js";

const time = (name: string, value: number): Row => ({ name, value, unit: "milliseconds" });

/** Gives these figures one after the other, and notes what it was asked for. */
function gives(...rounds: readonly Row[][]): Measure & { readonly asked: (readonly string[] | undefined)[] } {
  const asked: (readonly string[] | undefined)[] = [];
  const measure = async (rows: ReadonlySet<string> | undefined): Promise<Rows> => {
    asked.push(rows && [...rows]);
    return rowsOf(rounds[Math.min(asked.length, rounds.length) - 1]!);
  };
  return Object.assign(measure, { asked });
}

it("takes the best of some rounds of each side", async () => {
  const [row] = await compare(
    gives([time("a", 9)], [time("a", 6)]),
    gives([time("a", 5)], [time("a", 7)]),
    2,
  );
  expect(row).toMatchObject({ verdict: "within", ratio: 6 / 5, tries: 1 });
});

it("fails a row that is over the limit on three tries, and tries no other again", async () => {
  const now = gives([time("slow", 14), time("same", 10)]);
  const compared = await compare(now, gives([time("slow", 10), time("same", 10)]), 1);
  expect(compared.map(({ name, verdict, tries }) => [name, verdict, tries])).toEqual([
    ["slow", "over", 3],
    ["same", "within", 1],
  ]);
  expect(now.asked).toEqual([undefined, ["slow"], ["slow"]]);
});

it("takes a row as within the limit that is so once", async () => {
  const now = gives([time("a", 14)], [time("a", 13)]);
  expect(await compare(now, gives([time("a", 10)]), 1)).toMatchObject([{ verdict: "within", tries: 2 }]);
});

it("shows a row as new that the other commit has not", async () => {
  const [row] = await compare(gives([time("a", 14)]), gives([]), 1);
  expect(row).toMatchObject({ verdict: "new", before: undefined, ratio: undefined });
});

it("knows that of requests a second more is better", async () => {
  const rate = (value: number): Row => ({ name: "requests", value, unit: "a second" });
  expect(await compare(gives([rate(50)]), gives([rate(100)]), 1)).toMatchObject([
    { verdict: "over", ratio: 2 },
  ]);
  expect(await compare(gives([rate(100)]), gives([rate(50)]), 1)).toMatchObject([{ verdict: "within" }]);
});
