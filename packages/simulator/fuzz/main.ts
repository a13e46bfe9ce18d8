// Sends malformed requests to `dryharbor serve`: pnpm fuzz [-- --requests N] [--seed N]
// With --control, sends generated requests to the control API, without sockets.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { dryharbor } from "../test/command.js";
import { fuzz, programError } from "./fuzz.js";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "1000000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e6)) },
    connections: { type: "string", default: "32" },
    release: { type: "string", default: "28.5" },
    control: { type: "boolean", default: false },
  },
});
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

function excerpt(bytes: Buffer): string {
  return JSON.stringify(bytes.subarray(0, 500).toString("latin1"));
}
