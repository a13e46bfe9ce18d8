// The real docker compose of the lab, as a program of this machine.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a command printed, and how it ended. */
export interface Printed {
  stdout: string;
  stderr: string;
  exitCode: number;
}

const roots =
  process.env.ENGINE_LAB_ROOTS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "engine-lab");

/** Whether the lab's compose is installed here. */
export const hasRealCompose = existsSync(join(roots, "28.5", ".complete"));

const lab = fileURLToPath(new URL("../../../tools/engine-lab/engine-lab.sh", import.meta.url));

/** Milliseconds for one command. One that waits longer is killed, which counts as a difference. */
const patience = 120_000;

/** Runs compose 2.40 in a folder. The environment is the whole one. */
export async function realCompose(
  words: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<Printed> {
  const child = spawn(lab, ["client", "28.5", "docker-compose", ...words], {
    cwd: folder,
    env: { ...environment, ENGINE_LAB_ROOTS: roots },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: patience,
    killSignal: "SIGKILL",
  });
  const collected = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      collected[stream] += text;
    });
  }
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 137));
  });
  return { ...collected, exitCode };
}
