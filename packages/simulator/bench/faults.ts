import { duration, markdownTable, ratio } from "./table.js";

/** What is measured of faults, by the name that the program has it by. */
export const faultNames = {
  call: "a call of the port",
  request: "a request over HTTP",
  ping: "a ping between containers",
} as const;

/**
 * What faults cost, in milliseconds: of a simulator that never had any, of one whose faults are gone, and of one with
 * faults that strike something else.
 */
export type FaultFigures = Readonly<Record<keyof typeof faultNames, readonly [number, number, number]>>;

/** The table of what faults cost. */
export function faultTable(head: string, figures: FaultFigures): string {
  const rows = (Object.entries(faultNames) as [keyof typeof faultNames, string][]).map(([key, name]) => {
    const [never, removed, elsewhere] = figures[key];
    return [
      name,
      duration(never),
      duration(removed),
      ratio(removed / never),
      duration(elsewhere),
      ratio(elsewhere / never),
    ];
  });
  return markdownTable([
    [head, "no fault ever", "faults that are gone", "ratio", "faults of others", "ratio"],
    ...rows,
  ]);
}
