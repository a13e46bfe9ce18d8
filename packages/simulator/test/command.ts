import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

// Bundled into one file, as it is published, because it then starts ten times as fast.
const directory = mkdtempSync(join(tmpdir(), "dryharbor-command-"));
const program = join(directory, "dryharbor.mjs");
buildSync({
  entryPoints: [fileURLToPath(new URL("../src/node/command/main.ts", import.meta.url))],
  outfile: program,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  conditions: ["@dryharbor/source"],
});
process.on("exit", () => rmSync(directory, { recursive: true }));

/** A running `dryharbor`. */
export interface Command {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  /** Everything that it wrote, once it has ended. */
  readonly output: Promise<string>;
  readonly errors: Promise<string>;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Resolves to the hosts that it prints when it is ready. */
  ready(): Promise<string[]>;
}

/** Starts `dryharbor` in a process of its own. */
export function dryharbor(...args: string[]): Command {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  const errors = text(child.stderr);
  return {
    process: child,
    output: text(child.stdout),
    errors,
    ended,
    async ready() {
      const printed = once(child.stdout, "data").then(([data]) => String(data));
      const failed = ended.then(async (code) => {
        throw new Error(`dryharbor ended with ${code}: ${await errors}`);
      });
      const lines = (await Promise.race([printed, failed])).trim().split("\n");
      return lines.map((line) => line.replace(/^DOCKER_HOST=/, ""));
    },
  };
}
