import { spawnSync } from "node:child_process";
import { type Rows, rowsOf } from "./rows.js";
import { entryOf, type Subject } from "./subject.js";

export const startNames = {
  node: "a process of Node alone",
  importing: 'a process that does import("@dryharbor/simulator")',
  added: "the import, which is what the second process takes longer",
  first: "the first createSimulator() of a process",
  further: "each further createSimulator()",
} as const;

/**
 * What it costs to begin: whole processes, from their start to their end, in turn with Node alone, and the time of
 * `createSimulator()` in fresh ones. The lowest of all rounds counts.
 */
export function measureStart(subject: Subject, rounds: number): Rows {
  const load = `import(${JSON.stringify(entryOf(subject))})`;
  const create = `${load}.then(({ createSimulator }) => {
    const times = [];
    for (let turn = 0; turn < 20; turn++) {
      const began = performance.now();
      createSimulator();
      times.push(performance.now() - began);
    }
    const [first, ...further] = times;
    console.log(JSON.stringify({ first, further: further.sort((a, b) => a - b)[further.length >> 1] }));
  })`;
  const lowest = new Map<keyof typeof startNames, number>();
  const note = (name: keyof typeof startNames, value: number): void => {
    lowest.set(name, Math.min(value, lowest.get(name) ?? Number.POSITIVE_INFINITY));
  };
  for (let round = 0; round < rounds; round++) {
    note("node", run("0").milliseconds);
    note("importing", run(load).milliseconds);
    const { first, further } = JSON.parse(run(create).output) as { first: number; further: number };
    note("first", first);
    note("further", further);
  }
  note("added", lowest.get("importing")! - lowest.get("node")!);
  return rowsOf([...lowest].map(([key, value]) => ({ name: startNames[key], value, unit: "milliseconds" })));
}

function run(program: string): { readonly milliseconds: number; readonly output: string } {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--eval", program], { encoding: "utf8" });
  const milliseconds = performance.now() - began;
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return { milliseconds, output: stdout };
}
