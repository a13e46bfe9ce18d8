// The building blocks of the release tables in this folder: a row has one cell per engine release, and a
// column is what one release has in all rows of a table. `row` and the `since` functions write rows;
// `release.ts` takes the columns out. A release has what the one before it has, where a row says nothing of it.
// So a new release begins as a name at the end of `releaseNames` (CONTRIBUTING.md).

/** The engine releases that the simulator can play. */
export const releaseNames = ["20.10", "26.1", "28.5", "29"] as const;

/** One of {@link releaseNames}: `20.10` is Docker Engine 20.10.24, `26.1` is 26.1.5, `28.5` is 28.5.2, `29` is 29.7.2. */
export type ReleaseName = (typeof releaseNames)[number];

/** One difference between releases: a cell per release. */
export type Row<T> = Readonly<Record<ReleaseName, T>>;

/** The cells of one release in a table with these rows. */
export type Column<Rows> = { readonly [K in keyof Rows]: Rows[K] extends Row<infer T> ? T : never };

/** What releases have. One that is not named has what the one before it has. */
export type ByRelease<T> = Readonly<{ "20.10": T } & Partial<Record<ReleaseName, T>>>;

/**
 * Returns what one release has.
 *
 * @example
 * cellOf({ "20.10": 500, "26.1": 400 }, "29"); // 400
 */
export function cellOf<T>(cells: ByRelease<T>, name: ReleaseName): T {
  const named = releaseNames.findLast(
    (each, place) => place <= releaseNames.indexOf(name) && Object.hasOwn(cells, each),
  );
  return cells[named ?? "20.10"] as T;
}

/** Makes a row in which each release may have a value of its own. */
export function row<T>(...[v20, v26, v28, ...v29]: [v20: T, v26: T, v28: T, v29?: T]): Row<T> {
  return { "20.10": v20, "26.1": v26, "28.5": v28, "29": v29.length > 0 ? (v29[0] as T) : v28 };
}

/** Makes a row for something that changed between 20.10 and 26.1. */
export function since26<T>(before: T, after: T): Row<T> {
  return row(before, after, after);
}

/** Makes a row for something that changed between 26.1 and 28.5. */
export function since28<T>(before: T, after: T): Row<T> {
  return row(before, before, after);
}

/** Makes a row for something that changed between 28.5 and 29. */
export function since29<T>(before: T, after: T): Row<T> {
  return row(before, before, before, after);
}

/** Returns the cells of one release in a table. */
export function column<Rows extends Record<string, Row<unknown>>>(
  rows: Rows,
  release: ReleaseName,
): Column<Rows> {
  const cells = Object.entries(rows).map(([key, cells]) => [key, cells[release]]);
  return Object.fromEntries(cells) as Column<Rows>;
}
