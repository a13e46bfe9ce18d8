/** What a figure counts; {@link shown} writes it with its unit. */
type Unit = "milliseconds" | "bytes" | "a second";

/** One figure of the benchmark, under the name that tables and comparisons have it by. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
}

/** Figures by name. */
export type Rows = ReadonlyMap<string, Row>;

/** Whether more of it is better. */
export function moreIsBetter({ unit }: Pick<Row, "unit">): boolean {
  return unit === "a second";
}

/** Keeps of two measurements of the same rows the better figure: whatever else the machine does can only harm it. */
export function better(one: Rows, other: Rows): Rows {
  const best = new Map(one);
  for (const [name, row] of other) {
    const known = best.get(name);
    if (!known || moreIsBetter(row) === row.value > known.value) best.set(name, row);
  }
  return best;
}

export function rowsOf(rows: readonly Row[]): Rows {
  return new Map(rows.map((row) => [row.name, row]));
}
