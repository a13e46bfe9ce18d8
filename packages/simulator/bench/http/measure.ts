import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LabEngine } from "../lab.js";
import type { Subject } from "../subject.js";
import { ask, requestBytes, requestsPerSecond, type Wire } from "./client.js";

/** What is measured, in requests a second and milliseconds. */
export interface HttpTimings {
  readonly inspect: { readonly simulated: number; readonly bare: number; readonly real?: number };
  readonly connect: { readonly simulated: number; readonly stored: number; readonly real?: number };
  readonly start: { readonly simulated: number; readonly node: number; readonly real?: number };
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Rounds of each, of which the best counts: whatever else the machine does can only slow it. */
const rounds = 5;
const roundMilliseconds = 600;

/** The one command of the simulator's package, whose name is another one in older commits. */
function commandOf({ directory }: Subject): string {
  const { bin } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as {
    readonly bin: Readonly<Record<string, string>>;
  };
  return join(directory, Object.values(bin)[0]!);
}

/** @param lab a real engine to measure, too */
export async function measureHttp(subject: Subject, lab: LabEngine | undefined): Promise<HttpTimings> {
  const command = commandOf(subject);
  const directory = mkdtempSync("/tmp/bench-");
  const running: ChildProcess[] = [];
  const start = async (...args: string[]): Promise<void> => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    running.push(child);
    await once(child.stdout, "data");
  };
  const serve = (socket: string, ...more: string[]): Promise<void> =>
    start(command, "serve", "--host", `unix://${socket}`, ...more);
  try {
    const simulated = join(directory, "simulated.sock");
    const stored = join(directory, "stored.sock");
    const bare = join(directory, "bare.sock");
    await serve(simulated);
    await serve(stored, "--state", join(directory, "state"));
    const inspect = await prepare(simulated);
    writeFileSync(join(directory, "answer.json"), JSON.stringify(await answerOf(simulated, inspect)));
    await start(here("bare-server.mjs"), bare, join(directory, "answer.json"));

    const inspects = await best({
      simulated: await measure(simulated, [inspect], 8),
      bare: await measure(bare, [inspect], 8),
    });
    await prepare(stored);
    const changes = await best({
      simulated: await measure(simulated, connectAndDisconnect, 1),
      stored: await measure(stored, connectAndDisconnect, 1),
    });
    const started = await startTimes(command, directory);
    if (lab === undefined) return { inspect: inspects, connect: changes, start: started };
    const real = await prepare(lab.socketPath);
    return {
      inspect: { ...inspects, ...(await best({ real: await measure(lab.socketPath, [real], 8) })) },
      connect: {
        ...changes,
        ...(await best({ real: await measure(lab.socketPath, connectAndDisconnect, 1) })),
      },
      start: { ...started, real: lab.startMilliseconds },
    };
  } finally {
    for (const child of running) child.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

const connectAndDisconnect: readonly Buffer[] = [
  requestBytes("POST", "/networks/elsewhere/connect", { Container: "web" }),
  requestBytes("POST", "/networks/elsewhere/disconnect", { Container: "web" }),
];

/** A container on one of two networks. @returns the request that inspects its network */
async function prepare(socketPath: string): Promise<Buffer> {
  const post = async (path: string, body: object): Promise<void> => {
    const answer = (await ask(socketPath, requestBytes("POST", path, body))).toString();
    if (!/^HTTP\/1\.1 20/.test(answer)) throw new Error(`POST ${path}: ${answer}`);
  };
  await post("/networks/create", { Name: "home" });
  await post("/networks/create", { Name: "elsewhere" });
  const container = { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { NetworkMode: "home" } };
  await post("/containers/create?name=web", container);
  await post("/containers/web/start", {});
  return requestBytes("GET", "/networks/home");
}

/** The headers and the body of an answer. */
async function answerOf(socketPath: string, request: Buffer): Promise<object> {
  const [head = "", body = ""] = (await ask(socketPath, request)).toString().split("\r\n\r\n");
  const lines = head.split("\r\n").slice(1);
  const headers = Object.fromEntries(lines.map((line) => line.split(": ") as [string, string]));
  const { Date: _, ...own } = headers;
  return { headers: own, body };
}

/** Something that gives a number, the more the better. */
type Measured = () => Promise<number>;

async function measure(
  socketPath: string,
  requests: readonly Buffer[],
  connections: number,
): Promise<Measured> {
  const wire: { bytes: Buffer; answer: number }[] = [];
  for (const bytes of requests) wire.push({ bytes, answer: (await ask(socketPath, bytes)).length });
  return () =>
    requestsPerSecond(socketPath, { requests: wire } satisfies Wire, connections, roundMilliseconds);
}

/** The best round of each, taken in turn. */
async function best<Name extends string>(each: Record<Name, Measured>): Promise<Record<Name, number>> {
  const found = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries<Measured>(each)) {
      found.set(name, Math.max(await run(), found.get(name) ?? 0));
    }
  }
  return Object.fromEntries(found) as Record<Name, number>;
}

/** Milliseconds from the start of the process until it says something; Node's own beside it. */
async function startTimes(command: string, directory: string): Promise<{ simulated: number; node: number }> {
  const host = `unix://${join(directory, "start.sock")}`;
  const commands = {
    simulated: [command, "serve", "--host", host],
    node: ["--eval", "console.log('ready'); setTimeout(() => {}, 10_000)"],
  };
  const lowest = { simulated: Number.POSITIVE_INFINITY, node: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 2 * rounds; round++) {
    for (const name of ["simulated", "node"] as const) {
      const began = performance.now();
      const child = spawn(process.execPath, commands[name], { stdio: ["ignore", "pipe", "inherit"] });
      await once(child.stdout, "data");
      lowest[name] = Math.min(lowest[name], performance.now() - began);
      child.kill();
      await once(child, "exit");
    }
  }
  return lowest;
}
