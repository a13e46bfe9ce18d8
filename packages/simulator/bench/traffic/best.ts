/** A measurement that gives a number. */
export type Measured = () => Promise<number>;

/** The best of some rounds of each measurement, taken in turn: whatever else the machine does can only harm it. */
export async function most<Name extends string>(
  measured: Readonly<Record<Name, Measured>>,
  rounds = 5,
): Promise<Record<Name, number>> {
  const names = Object.keys(measured) as Name[];
  const best = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) best[name] = Math.max(best[name], await measured[name]());
  }
  return best;
}

/** Counts how often a second something can be done. `times` of it are done without a look at the clock. */
export async function perSecond(times: number, work: () => Promise<void> | void): Promise<number> {
  const began = performance.now();
  let done = 0;
  while (performance.now() - began < 400) {
    await work();
    done += times;
  }
  return done / ((performance.now() - began) / 1000);
}
