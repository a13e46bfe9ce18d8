// Real clients against a real engine and a simulated one, or twice against the real one.
import { parseArgs } from "node:util";
import { dockerCli } from "./clients.js";
import { runJob } from "./job.js";
import { labSide, prepare } from "./sides.js";
import { differences } from "./transcript.js";

const { values } = parseArgs({
  options: {
    engine: { type: "string" },
    against: { type: "string" },
    cli: { type: "string", default: "28.5" },
    only: { type: "string", default: "." },
    show: { type: "boolean", default: false },
  },
});
const wanted = (name: string) => new RegExp(values.only).test(name);
const job = dockerCli(values.cli);
const began = performance.now();
const real = labSide(values.engine!);
const subnet = await prepare(real);
const one = await runJob(job, real, wanted);
console.log(`${((performance.now() - began) / 1000).toFixed(1)} s`);
if (values.show) {
  for (const { scenario, steps } of one) {
    console.log(`## ${scenario}: ${steps.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1)} s`);
    for (const { line, code, stdout, stderr, seconds } of steps)
      console.log(`$ ${line}   [${code}] ${seconds}\n${stdout}${stderr && `!! ${stderr}`}`);
  }
}
const other = labSide(values.against!);
await prepare(other, subnet);
const two = await runJob(job, other, wanted);
let count = 0;
for (const [index, { scenario, steps }] of one.entries()) {
  for (const { line, text } of differences(steps, two[index]!.steps)) {
    count++;
    console.log(`\n${scenario}: $ ${line}\n${text}`);
  }
}
console.log(`${one.reduce((sum, { steps }) => sum + steps.length, 0)} lines, ${count} differences`);
