import { spawn } from "node:child_process";

/** What a shell line printed, and how it ended. */
export interface Step {
  readonly line: string;
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface Place {
  /** A command that runs another one in the network of an engine. */
  readonly within: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Milliseconds for one line. A client that waits longer is stopped, which counts as a difference. */
const patience = 300_000;

/** Runs a line as `sh` does, without input. */
export function runLine(line: string, { within, directory, environment }: Place): Promise<Step> {
  const [command = "sh", ...words] = [...within, "sh", "-c", line];
  const shell = spawn(command, words, {
    cwd: directory,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, so that everything that the line started can be killed.
    detached: true,
  });
  const began = performance.now();
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    shell[stream].setEncoding("utf8").on("data", (text: string) => {
      output[stream] += text;
    });
  }
  return new Promise((resolve, reject) => {
    let late = false;
    const alarm = setTimeout(() => {
      late = true;
      process.kill(-shell.pid!, "SIGKILL");
      // A process that has left the group may still hold these pipes.
      shell.stdout.destroy();
      shell.stderr.destroy();
    }, patience);
    shell.once("error", reject);
    shell.once("close", (code, signal) => {
      clearTimeout(alarm);
      const seconds = Math.round((performance.now() - began) / 10) / 100;
      resolve({
        line,
        code: late ? `none after ${patience / 1000} s` : (code ?? signal ?? ""),
        ...output,
        seconds,
      });
    });
  });
}
