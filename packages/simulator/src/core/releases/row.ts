/** The engine releases that the simulator plays. */
export const releaseNames = ["20.10", "26.1", "28.5"] as const;

/** One of {@link releaseNames}: `20.10` is Docker Engine 20.10.24, `26.1` is 26.1.5, `28.5` is 28.5.2. */
export type ReleaseName = (typeof releaseNames)[number];

/** One thing that differs between releases: a column a release. */
export type Row<T> = Readonly<Record<ReleaseName, T>>;

/** A table's cells for one release. */
export type Column<Rows> = { readonly [K in keyof Rows]: Rows[K] extends Row<infer T> ? T : never };

/** A row in which each release has its own way. */
export function row<T>(v20: T, v26: T, v28: T): Row<T> {
  return { "20.10": v20, "26.1": v26, "28.5": v28 };
}

/** A row that changed between 20.10 and 26.1. */
export function since26<T>(before: T, after: T): Row<T> {
  return row(before, after, after);
}

/** A row that changed between 26.1 and 28.5. */
export function since28<T>(before: T, after: T): Row<T> {
  return row(before, before, after);
}

/** What one release has in a table's rows. */
export function column<Rows extends Record<string, Row<unknown>>>(
  rows: Rows,
  release: ReleaseName,
): Column<Rows> {
  const cells = Object.entries(rows).map(([key, cells]) => [key, cells[release]]);
  return Object.fromEntries(cells) as Column<Rows>;
}
