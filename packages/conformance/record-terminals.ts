// Asks a container of a real engine what its programs show at a terminal, and writes that into a recording.
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { openLive } from "./lab/engine.js";
import {
  type Screen,
  startTerminals,
  type TerminalCase,
  type TerminalRecording,
  useTerminal,
} from "./lab/programs/terminals.js";

const usage = `usage: record-terminals --engine URL FILE…

  Runs the cases of each FILE at terminals of a busybox container of the engine, types their keys, and writes
  into FILE what they show. A FILE is JSON: { about, before, chance, cases: [{ argv, size?, keys }] }.`;

/** How long a terminal shows nothing more before the next key, in milliseconds. */
const quiet = 400;
/** How long it may take until it shows anything. */
const patience = 2500;

async function settled({ shown, isOver }: Screen): Promise<void> {
  const began = Date.now();
  let before = "";
  while (!isOver()) {
    await new Promise((resolve) => setTimeout(resolve, quiet));
    if (shown() === before && (before !== "" || Date.now() - began >= patience)) return;
    before = shown();
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
    for (const file of positionals) {
      const recording: TerminalRecording = JSON.parse(await readFile(file, "utf8"));
      const container = await startTerminals(engine, recording);
      const cases: TerminalCase[] = [];
      for (const each of recording.cases) {
        cases.push(await useTerminal(engine, container, each, recording.chance, settled));
      }
      await engine.containers.remove(container, { force: true });
      await writeFile(file, `${JSON.stringify({ ...recording, cases }, null, 1)}\n`);
      console.log(`${file}: ${cases.length} cases`);
    }
  } finally {
    await engine.close();
  }
}
