// Makes this terminal the terminal of a process of the simulated host.
import type { HostProcess } from "@dryharbor/simulator";

/** Rows and columns of this terminal. */
export function terminalSize(): { rows: number; columns: number } {
  return { rows: process.stdout.rows ?? 24, columns: process.stdout.columns ?? 80 };
}

/** Signals that end this process; the terminal is as before then. */
const ending = { SIGTERM: 15, SIGHUP: 1 } as const;

/**
 * Passes keys, output and changes of size on until the process ends. The terminal is raw meanwhile, and as before when
 * this resolves or the program crashes. @returns the exit code
 */
export async function passTerminal(shell: HostProcess): Promise<number> {
  const { stdin, stdout } = process;
  const restore = (): void => {
    stdin.setRawMode(false);
  };
  const typed = (data: Buffer): void => {
    shell.write(new Uint8Array(data)).catch(() => {});
  };
  const resized = (): void => shell.resize(terminalSize());
  const hungUp = (): void => {
    shell.end().catch(() => {});
  };
  const ended = Object.entries(ending).map(([name, number]) => {
    const end = (): void => {
      restore();
      process.exit(128 + number);
    };
    process.once(name, end);
    return () => process.off(name, end);
  });
  process.once("exit", restore);
  stdin.setRawMode(true);
  stdin.on("data", typed);
  // Whoever has read lines before has paused it.
  stdin.resume();
  stdin.once("end", hungUp);
  stdout.on("resize", resized);
  try {
    for await (const { data } of shell) {
      if (!stdout.write(data)) await new Promise((resolve) => stdout.once("drain", resolve));
    }
    return await shell.exitCode;
  } finally {
    stdin.off("data", typed);
    stdin.off("end", hungUp);
    stdout.off("resize", resized);
    stdin.pause();
    restore();
    process.off("exit", restore);
    for (const forget of ended) forget();
  }
}
