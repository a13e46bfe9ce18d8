// Asks a container of a real engine what its programs show at a terminal, and writes that into a recording.
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { openLive } from "./lab/engine.js";
import {
  startTerminals,
  type TerminalCase,
  type TerminalRecording,
  useTerminal,
} from "./lab/programs/terminals.js";

const usage = `usage: record-terminals --engine URL FILE…

  Runs the cases of each FILE at terminals of a busybox container of the engine, types their keys, and writes
  into FILE what they show. A FILE is JSON: { about, before, chance, cases: [{ argv, size?, keys }] }.`;

/** How long a program on a real engine shows nothing before the next key, in milliseconds. */
const quiet = 400;

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
    for (const file of positionals) {
      const recording: TerminalRecording = JSON.parse(await readFile(file, "utf8"));
      const container = await startTerminals(engine, recording);
      const cases: TerminalCase[] = [];
      for (const each of recording.cases) {
        cases.push(await useTerminal(engine, container, each, recording.chance, quiet));
      }
      await engine.containers.remove(container, { force: true });
      await writeFile(file, `${JSON.stringify({ ...recording, cases }, null, 1)}\n`);
      console.log(`${file}: ${cases.length} cases`);
    }
  } finally {
    await engine.close();
  }
}
