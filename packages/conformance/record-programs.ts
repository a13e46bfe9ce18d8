// Asks a real container what its programs answer: fills in the cases of a trace file, in place.
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Engine } from "@dryharbor/sdk/port";
import { openLive } from "./lab/engine.js";

const usage = `usage: record-programs --engine URL FILE…

  Each FILE is JSON: { about, hostname, cases: [{ argv, stdin? }] }. What a new busybox container of that
  host name answers to each case is written into it. Cases run in turn, and files stay from one to the next.`;

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
