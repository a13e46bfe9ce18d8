// Asks a container of a real engine what its programs print, and writes that into trace files.
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Engine } from "@dryharbor/sdk/port";
import { openLive } from "./lab/engine.js";

const usage = `usage: record-programs --engine URL FILE…

  Runs the cases of each FILE in a busybox container of the engine, and writes into FILE what they print.
  A FILE is JSON: { about, hostname, cases: [{ argv, stdin? }] }. Its container has that host name. The cases
  run one after another, and files that one leaves are there for the next.`;

interface Case {
  argv: string[];
  stdin?: string;
  stdout?: string;
  stderr?: string;
  code?: number;
}

interface Trace {
  about: string;
  hostname: string;
  cases: Case[];
}

async function answer(engine: Engine, container: string, { argv, stdin }: Case): Promise<Case> {
  const { Id } = await engine.exec.create(container, {
    Cmd: argv,
    AttachStdin: stdin !== undefined,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await engine.exec.start(Id);
  const output = { stdout: "", stderr: "" };
  if (stdin !== undefined) {
    await stream.write(stdin);
    await stream.end();
  }
  for await (const { stream: name, data } of stream) output[name] += Buffer.from(data).toString("latin1");
  const { ExitCode } = await engine.exec.inspect(Id);
  return { argv, ...(stdin !== undefined && { stdin }), ...output, code: ExitCode ?? -1 };
}

async function record(engine: Engine, file: string): Promise<void> {
  const trace: Trace = JSON.parse(await readFile(file, "utf8"));
  const { Id } = await engine.containers.create({
    Image: "busybox",
    Hostname: trace.hostname,
    Cmd: ["sleep", "100000"],
  });
  try {
    await engine.containers.start(Id);
    const cases: Case[] = [];
    for (const each of trace.cases) cases.push(await answer(engine, Id, each));
    await writeFile(file, `${JSON.stringify({ ...trace, cases }, null, 1)}\n`);
    console.log(`${file}: ${cases.length} cases`);
  } finally {
    await engine.containers.remove(Id, { force: true });
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
