// Asks a real redis-cli what it prints, and writes that into a trace file.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

const usage = `usage: record-redis-cli --cli PATH FILE…

  Runs the cases of each FILE by the redis-cli at PATH, against the Redis server on port 6379 of the loopback, and
  writes into FILE what it prints. All keys of the server are removed first. A FILE is JSON:
  { about, cases: [{ argv, stdin?, env? }] }. Every character stands for a byte.`;

interface Case {
  argv: string[];
  stdin?: string;
  env?: Record<string, string>;
  stdout?: string;
  stderr?: string;
  code?: number;
}

interface Trace {
  about: string;
  cases: Case[];
}

async function answer(cli: string, { argv, stdin, env }: Case): Promise<Case> {
  const child = spawn(cli, argv, { env: { PATH: process.env.PATH, HOME: "/nonexistent", ...env } });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (data: Buffer) => {
      output[name] += data.toString("latin1");
    });
  }
  // One that does not read its input may end before it gets it.
  child.stdin.on("error", () => {});
  child.stdin.end(Buffer.from(stdin ?? "", "latin1"));
  const [code] = await once(child, "close");
  return { argv, ...(stdin !== undefined && { stdin }), ...(env && { env }), ...output, code };
}

async function record(cli: string, file: string): Promise<void> {
  const trace: Trace = JSON.parse(await readFile(file, "utf8"));
  await answer(cli, { argv: ["flushall"] });
  const cases: Case[] = [];
  for (const each of trace.cases) cases.push(await answer(cli, each));
  const lines = cases.map((each) => JSON.stringify(each)).join(",\n");
  await writeFile(file, `{ "about": ${JSON.stringify(trace.about)}, "cases": [\n${lines}\n]}\n`);
  console.log(`${file}: ${cases.length} cases`);
}

const { values, positionals } = parseArgs({ options: { cli: { type: "string" } }, allowPositionals: true });
if (values.cli === undefined || positionals.length === 0) {
  console.error(usage);
  process.exitCode = 2;
} else {
  for (const file of positionals) await record(values.cli, file);
}
