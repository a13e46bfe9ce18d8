import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReleaseName } from "@dryharbor/simulator";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Starts the process that has our command in memory. @returns the command that stands for `docker` */
export async function startOwnCli(
  release: ReleaseName,
): Promise<{ command: string[]; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "dryharbor-cli-"));
  const socket = join(folder, "cli.sock");
  const node = ["--conditions=@dryharbor/source", "--import", "tsx", path("serve.ts"), release, socket];
  const server: ChildProcess = spawn(process.execPath, node, {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: path("."),
  });
  const ended = once(server, "exit");
  await Promise.race([
    once(server.stdout!, "data"),
    ended.then(() => Promise.reject(new Error("the command's process ended before it was ready"))),
  ]);
  return {
    command: ["perl", path("docker.pl"), socket],
    async close() {
      server.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
