import { readFileSync } from "node:fs";
import { virtualTime } from "@dryharbor/simulator";
import { labMachine } from "./lab/simulator.js";
import { setStage } from "./lab/programs/recording.js";
const [from = "0", to = "9999", only] = process.argv.slice(2).filter((a) => !a.endsWith(".ts"));
const recording = JSON.parse(readFileSync(new URL("./lab/programs/traces/talk.json", import.meta.url), "utf8"));
const time = virtualTime();
const simulator = labMachine("28.5", 1, time);
async function inTime<T>(coming: Promise<T>): Promise<T> {
  let isOver = false;
  const over = coming.finally(() => { isOver = true; });
  over.catch(() => {});
  for (let step = 0; !isOver && step < 1500; step++) await time.advance(50);
  if (!isOver) throw new Error("hangs");
  return over;
}
const stage = await inTime(setStage(simulator.engine, recording));
let bad = 0;
for (const [at, c] of recording.cases.entries()) {
  const script = c.argv[0] === "sh" ? c.argv[2] : c.argv.join(" ");
  if (at < Number(from) || at >= Number(to)) { if (!(c.argv[0] === "sh" && /&/.test(script)) && !only) continue; if (only) continue; }
  const started = Date.now();
  let out;
  try { out = await inTime(stage.run(c)); } catch (e) { out = { stdout: "", stderr: String(e), code: -9 }; }
  if (at < Number(from) || at >= Number(to)) continue;
  const slow = Date.now() - started;
  if (out.stdout === c.stdout && out.stderr === c.stderr && out.code === c.code) { if (slow > 1500) console.log(`## ${at} slow ${slow} ms: ${script}`); continue; }
  bad++;
  console.log(`## ${at} ${c.container}: ${script} (${slow} ms)`);
  for (const k of ["stdout", "stderr", "code"] as const) if (out[k] !== c[k]) console.log(` ${k}\n  want ${JSON.stringify(c[k])}\n  got  ${JSON.stringify(out[k])}`);
}
console.log("bad", bad);
process.exit(0);
