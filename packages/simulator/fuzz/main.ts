// Sends malformed requests to `dryharbor serve`: pnpm fuzz [-- --requests N] [--seed N]
// With --control, sends generated requests to the control API, without sockets.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "@dryharbor/sdk/port";
import { readArguments } from "../src/node/command/arguments.js";
import { dryharbor } from "../test/command.js";
import { fuzz, programError } from "./fuzz.js";

const usage = `pnpm fuzz [-- options]
  --requests N      how many to send (1000000)
  --seed N          the seed of the generator (any)
  --connections N   how many at a time (32)
  --release R       the release of the server (28.5)
  --control         send generated requests to the control API, without sockets`;

const values = options();
if (values.control) {
  const { fuzzControl } = await import("./control.js");
  console.log(`seed ${values.seed}, ${values.requests} requests to the control API`);
  const began = performance.now();
  const { requests, statuses } = await fuzzControl(Number(values.requests), Number(values.seed), (count) =>
    console.log(`${count} requests`),
  );
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(
    `${requests} requests in ${seconds} s; answers by status:`,
    Object.fromEntries([...statuses].sort()),
  );
  process.exit(0);
}

const directory = mkdtempSync(join(tmpdir(), "fuzz-"));
const socketPath = join(directory, "docker.sock");
const server = dryharbor("serve", "--host", `unix://${socketPath}`, "--release", values.release);
await server.ready();
let ended: number | string | undefined;
void server.ended.then((code) => {
  ended = code;
});

/** Returns the server's resident memory in MiB, or `undefined` where the system does not tell. */
function memory(): number | undefined {
  try {
    const [, kibibytes] =
      /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, "utf8")) ?? [];
    return Math.round(Number(kibibytes) / 1024);
  } catch {
    return undefined;
  }
}

const seen: number[] = [];
console.log(`seed ${values.seed}, ${values.requests} requests, release ${values.release}`);
const began = performance.now();
try {
  const { requests, statuses, hangs, errors } = await fuzz({
    socketPath,
    seed: Number(values.seed),
    requests: Number(values.requests),
    connections: Number(values.connections),
    progress(count) {
      const now = memory();
      if (now !== undefined) seen.push(now);
      if (seen.length % 5 === 0) console.log(`${count} requests, ${now} MiB`);
    },
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(
    `${requests} requests in ${seconds} s; answers by status:`,
    Object.fromEntries([...statuses].sort()),
  );
  console.log(`MiB in memory, after equal parts: ${seen.join(" ")}`);
  const wrong = [...errors].filter(([words]) => programError.test(words));
  console.log(`${errors.size} kinds of errors 500:`);
  for (const words of errors.keys()) console.log(`  ${words}`);
  for (const [words, bytes] of wrong)
    console.log(`error of the program: ${words}\n  first by ${excerpt(bytes)}`);
  for (const bytes of hangs.slice(0, 10)) console.log(`stayed open: ${excerpt(bytes)}`);
  // A server without a leak needs as much memory in the last third as in the second.
  const [middle, last] = [seen.at(Math.floor(seen.length / 3)), seen.at(-1)];
  const grows = middle !== undefined && last !== undefined && last > 1.5 * middle + 64;
  console.log(
    `${wrong.length} errors of the program, ${hangs.length} connections that stayed open, memory ${grows ? "grows" : "does not grow"}`,
  );
  process.exitCode = wrong.length + hangs.length > 0 || grows || ended !== undefined ? 1 : 0;
} finally {
  if (ended !== undefined) console.log(`the server ended with ${ended}: ${await server.errors}`);
  server.process.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
}

/** Returns the options, and ends the program where there is nothing to do. */
function options() {
  const known = {
    requests: { type: "string" },
    seed: { type: "string" },
    connections: { type: "string" },
    release: { type: "string" },
    control: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    const args = process.argv.slice(2).filter((argument) => argument !== "--");
    const { values } = readArguments(args, known);
    const { requests, seed, connections, release, control, help } = values;
    if (help) {
      console.log(usage);
      process.exit(0);
    }
    return {
      requests: requests ?? "1000000",
      seed: seed ?? String(Math.floor(Math.random() * 1e6)),
      connections: connections ?? "32",
      release: release ?? "28.5",
      control: control ?? false,
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

function excerpt(bytes: Buffer): string {
  return JSON.stringify(bytes.subarray(0, 500).toString("latin1"));
}
