import { type ReleaseName, type Row, releaseNames, row } from "../releases/row.js";

/** Picks a value by release, as `row` has them. */
export type Pick = <T>(...cells: Parameters<typeof row<T>>) => T;

/** Makes a shape for each release when it is first asked for. `make` picks what differs. */
export function everyRelease<S>(make: (pick: Pick, name: ReleaseName) => S): Row<S> {
  const made = new Map<ReleaseName, S>();
  const of = (name: ReleaseName): S => {
    if (!made.has(name))
      made.set(
        name,
        make((...cells) => row(...cells)[name], name),
      );
    return made.get(name) as S;
  };
  return Object.defineProperties(
    {},
    Object.fromEntries(releaseNames.map((name) => [name, { enumerable: true, get: () => of(name) }])),
  ) as Row<S>;
}
