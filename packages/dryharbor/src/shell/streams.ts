// Connects the standard streams of this process with a process of the simulated host.
import type { HostProcess } from "@dryharbor/simulator";

/** Passes input and output on until the process ends. Keys that interrupt go to it. @returns the exit code */
export async function passStreams(shell: HostProcess): Promise<number> {
  const { stdin } = process;
  const interrupt = (): void => shell.kill("SIGINT");
  process.on("SIGINT", interrupt);
  passInput(shell).catch(() => {});
  try {
    for await (const { stream, data } of shell) {
      const output = process[stream];
      if (!output.write(data)) await new Promise((resolve) => output.once("drain", resolve));
    }
    return await shell.exitCode;
  } finally {
    process.off("SIGINT", interrupt);
    stdin.destroy();
  }
}

async function passInput(shell: HostProcess): Promise<void> {
  // A terminal would be waited for, although the commands are given.
  if (!process.stdin.isTTY) {
    for await (const data of process.stdin) await shell.write(new Uint8Array(data as Buffer));
  }
  await shell.end();
}
