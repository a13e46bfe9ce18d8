// How many arguments a command takes, and what docker says where there are others.

/** How many arguments a command takes. `most` is absent for any number. */
export interface ArgumentRule {
  readonly least: number;
  readonly most?: number | undefined;
}

/** No arguments at all. */
export const none: ArgumentRule = { least: 0, most: 0 };

export function exactly(count: number): ArgumentRule {
  return { least: count, most: count };
}

export function atLeast(count: number): ArgumentRule {
  return { least: count };
}

export function atMost(count: number): ArgumentRule {
  return { least: 0, most: count };
}

export function between(least: number, most: number): ArgumentRule {
  return { least, most };
}

/** What is wrong with this number of arguments, in the words of each way to say it; nothing where it fits. */
export function miscount(
  { least, most = Number.POSITIVE_INFINITY }: ArgumentRule,
  count: number,
): { readonly see: string; readonly run: string; readonly hint: string } | undefined {
  if (count >= least && count <= most) return undefined;
  const argument = (number: number) => (number === 1 ? "argument" : "arguments");
  if (most === 0) return { see: "accepts no arguments", run: "accepts no arguments", hint: "Run" };
  if (least === most) {
    const wanted = `${least} ${argument(least)}`;
    return { see: `requires exactly ${wanted}`, run: `requires ${wanted}`, hint: "Run" };
  }
  const [problem, hint] =
    most === Number.POSITIVE_INFINITY
      ? [`requires at least ${least} ${argument(least)}`, "See"]
      : least === 0
        ? [`requires at most ${most} ${argument(most)}`, "SRun"]
        : [`requires at least ${least} and at most ${most} ${argument(most)}`, "Run"];
  return { see: problem, run: problem, hint };
}
