import type { ReleaseName, Row } from "../releases/row.js";

/** Picks one of three values by release. */
export type Pick = <T>(v20: T, v26: T, v28: T) => T;

const picks: Record<ReleaseName, Pick> = {
  "20.10": (v20) => v20,
  "26.1": (_, v26) => v26,
  "28.5": (_v20, _v26, v28) => v28,
};

/** Makes a shape for each release when it is first asked for. `make` picks what differs. */
export function everyRelease<S>(make: (pick: Pick, name: ReleaseName) => S): Row<S> {
  const made = new Map<ReleaseName, S>();
  const of = (name: ReleaseName): S => {
    if (!made.has(name)) made.set(name, make(picks[name], name));
    return made.get(name) as S;
  };
  return {
    get "20.10"() {
      return of("20.10");
    },
    get "26.1"() {
      return of("26.1");
    },
    get "28.5"() {
      return of("28.5");
    },
  };
}
