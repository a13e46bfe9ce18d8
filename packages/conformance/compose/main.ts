// Compares @dryharbor/docker-cli's compose with the real one: main.ts [REGEXP of cases].
import { cases } from "./cases.js";
import { type ComposeCase, compareCase } from "./compare.js";

const wanted = new RegExp(process.argv[2] ?? ".");
let commands = 0;
let differing = 0;
const left = Object.entries(cases).filter(([name]) => wanted.test(name));
async function work(): Promise<void> {
  for (let next = left.shift(); next; next = left.shift()) await runCase(...next);
}
async function runCase(name: string, one: ComposeCase): Promise<void> {
  commands += one.commands.length;
  for (const { command, what, real, ours } of await compareCase(one)) {
    differing++;
    console.log(
      `\n${name}: $ compose ${command}\n${what}, real: ${JSON.stringify(real)}\n${what}, ours: ${JSON.stringify(ours)}`,
    );
  }
}
// The real command waits for its own start most of the time.
await Promise.all([work(), work(), work(), work()]);
console.log(`compose: ${commands} commands, ${differing} differences`);
if (differing > 0) process.exitCode = 1;
