import { measureBrowserSize } from "./browser-size.js";
import { type Checkout, checkOut } from "./checkout.js";
import { type Compared, compare, limit, type Measure, tries } from "./compare.js";
import { measureHttp } from "./http/measure.js";
import { operations } from "./operations.js";
import { progress } from "./progress.js";
import { type Rows, rowsOf } from "./rows.js";
import { measureStart, startNames } from "./start.js";
import { measureMemory, measureOperations, own, type Subject } from "./subject.js";
import { markdownTable, ratio, shown } from "./table.js";

/**
 * Measures this checkout and another commit in one run, and prints how they compare.
 *
 * @param short a few minutes' worth is left out: what many containers cost, memory and HTTP
 * @returns whether no row is over the limit
 * @throws {NotMeasurable} the other commit cannot be built
 */
export async function runAgainst(reference: string, short: boolean): Promise<boolean> {
  progress(`building ${reference}`);
  using other: Checkout = checkOut(reference);
  const parts = short ? quickParts : [...quickParts, ...slowParts];
  const compared: Compared[] = [];
  for (const { name, rounds, measure } of parts) {
    progress(`${name}, beside ${other.commit}`);
    const on =
      (subject: Subject): Measure =>
      async (rows) =>
        await measure(subject, rows);
    compared.push(...(await compare(on(own), on(other), rounds)));
  }
  progress("");
  console.log(comparisonTable(compared, other.commit));
  const over = compared.filter(({ verdict }) => verdict === "over");
  for (const { name, ratio: times } of over) {
    console.error(`${name} is ${ratio(times!)} times as dear as at ${other.commit}, on ${tries} tries`);
  }
  return over.length === 0;
}

/** Some rows that are measured together. */
interface Part {
  readonly name: string;
  /** How often each side is measured in a try. */
  readonly rounds: number;
  readonly measure: (subject: Subject, rows: ReadonlySet<string> | undefined) => Rows | Promise<Rows>;
}

function operationsWith(population: number, label: string): Part["measure"] {
  return (subject, rows) => {
    const only = operations.map(({ name }) => name).filter((name) => rows?.has(name + label) ?? true);
    const budget = { rounds: 1, time: 150, iterations: 100, warmup: true };
    const measured = measureOperations(subject, { population, release: undefined, only, ...budget });
    return rowsOf([...measured.values()].map((row) => ({ ...row, name: row.name + label })));
  };
}

const quickParts: readonly Part[] = [
  { name: "operations", rounds: 4, measure: operationsWith(100, "") },
  {
    name: "start",
    rounds: 4,
    measure: (subject) => {
      const rows = new Map(measureStart(subject, 4));
      // It is the machine's, and the import's difference to it is small beside what the machine does.
      for (const name of [startNames.node, startNames.added]) rows.delete(name);
      return rows;
    },
  },
  {
    name: "size in a browser",
    rounds: 1,
    measure: (subject) => {
      const { minified, compressed } = measureBrowserSize(subject);
      return rowsOf([
        { name: "first load of a browser, minified", value: minified, unit: "bytes" },
        { name: "first load of a browser, compressed", value: compressed, unit: "bytes" },
      ]);
    },
  },
];

const slowParts: readonly Part[] = [
  { name: "operations with 100,000 containers", rounds: 2, measure: operationsWith(100_000, ", of 100,000") },
  {
    name: "memory",
    rounds: 1,
    measure: (subject) => {
      const { bytesPerContainer, bytesPerFurtherEndpoint, connectMilliseconds } = measureMemory(
        subject,
        20_000,
        10,
      );
      return rowsOf([
        { name: "heap of a running container", value: bytesPerContainer, unit: "bytes" },
        { name: "heap of a further endpoint", value: bytesPerFurtherEndpoint, unit: "bytes" },
        { name: "connecting a further endpoint", value: connectMilliseconds, unit: "milliseconds" },
      ]);
    },
  },
  {
    name: "HTTP",
    rounds: 2,
    measure: async (subject) => {
      const { inspect, connect, start } = await measureHttp(subject, undefined);
      return rowsOf([
        { name: "GET /networks/{id} over HTTP", value: inspect.simulated, unit: "a second" },
        { name: "connect and disconnect over HTTP", value: connect.simulated, unit: "a second" },
        { name: "connect and disconnect with --state", value: connect.stored, unit: "a second" },
        { name: "dryharbor serve is ready", value: start.simulated, unit: "milliseconds" },
      ]);
    },
  },
];

function comparisonTable(compared: readonly Compared[], commit: string): string {
  return markdownTable([
    [`row (limit: ${limit})`, "now", commit, "ratio", "tries", ""],
    ...compared.map(({ name, now, before, ratio: times, tries: tried, verdict }) => [
      name,
      shown(now),
      before ? shown(before) : "",
      times === undefined ? "" : ratio(times),
      `${tried}`,
      verdict === "within" ? "" : verdict,
    ]),
  ]);
}
