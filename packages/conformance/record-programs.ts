// Asks containers of a real engine what their programs print, and writes that into recordings.
import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Engine } from "@dryharbor/sdk/port";
import { openLive } from "./lab/engine.js";
import { type RecordedCase, type Recording, setStage } from "./lab/programs/recording.js";

const usage = `usage: record-programs --engine URL FILE…

  Runs the cases of each FILE in containers of the engine, and writes into FILE what they print. A FILE is
  JSON: { about, hostname, cases: [{ argv, stdin? }] } for one busybox container with that host name, or with
  networks and containers of its own, as lab/programs/recording.ts describes. The cases run one after another,
  and what one leaves behind is there for the next.`;

/** The milliseconds until an interface has made sure that nobody else has its IPv6 addresses. */
const untilSettled = 3000;

async function record(engine: Engine, file: string): Promise<void> {
  const recording: Recording = JSON.parse(await readFile(file, "utf8"));
  const stage = await setStage(engine, recording);
  try {
    if (recording.networks) await sleep(untilSettled);
    const cases: RecordedCase[] = [];
    for (const each of recording.cases) {
      await sleep(each.pause ?? 0);
      cases.push(await stage.run(each));
    }
    await writeFile(file, `${JSON.stringify({ ...recording, cases }, null, 1)}\n`);
    console.log(`${file}: ${cases.length} cases`);
  } finally {
    await stage.clear();
  }
}

const { values, positionals } = parseArgs({
  options: { engine: { type: "string" } },
  allowPositionals: true,
});
if (values.engine === undefined || positionals.length === 0) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const { engine } = await openLive(values.engine);
  try {
    for (const file of positionals) await record(engine, file);
  } finally {
    await engine.close();
  }
}
