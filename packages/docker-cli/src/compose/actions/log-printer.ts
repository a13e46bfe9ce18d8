// Lines of containers, each behind the name of its container.

import type { OutputChunk } from "@dryharbor/sdk/port";
import type { CommandIo } from "../../io.js";

/** Prints lines of containers. */
export interface LogPrinter {
  line(container: string, line: string, stream: "stdout" | "stderr"): void;
  /** A line about a container, such as how it ended. */
  status(container: string, message: string): void;
}

export interface LogStyle {
  colours: boolean;
  prefix: boolean;
  /** Print the time before each line. */
  timestamps?: boolean;
}

const palette = ["36", "33", "32", "35", "34", "36;1", "33;1", "32;1", "35;1", "34;1"];

/** All names are padded to the longest one that has been seen. */
export function logPrinter(io: CommandIo, { colours, prefix, timestamps }: LogStyle): LogPrinter {
  const codes = new Map<string, string>();
  let width = 0;
  const paint = (container: string, text: string) => {
    if (!codes.has(container)) codes.set(container, palette[codes.size % palette.length] ?? "");
    width = Math.max(width, container.length + 1);
    return colours ? `\x1b[${codes.get(container)}m${text}\x1b[0m` : text;
  };
  return {
    line(container, line, stream) {
      // The name is known from here on, also for the width of others.
      paint(container, "");
      const head = prefix ? paint(container, `${container.padEnd(width)} | `) : "";
      const time = timestamps ? `${timeOf(io)} ` : "";
      io[stream](`${head}${time}${line}\n`);
    },
    status: (container, message) => io.stdout(paint(container, `\r\x1b[K${container} ${message}\n`)),
  };
}

function timeOf(io: CommandIo): string {
  const now = io.now();
  const seconds = new Date(Number(now / 1_000_000n)).toISOString().slice(0, 19);
  return `${seconds}.${String(now % 1_000_000_000n).padStart(9, "0")}Z`;
}

/** Passes the output of a process on as lines. The last one needs no line end. */
export async function printLines(
  chunks: AsyncIterable<OutputChunk>,
  print: (line: string, stream: "stdout" | "stderr") => void,
  together = false,
): Promise<void> {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const rest = { stdout: "", stderr: "" };
  for await (const { stream, data } of chunks) {
    const to = together ? "stdout" : stream;
    rest[to] += decoders[stream].decode(data, { stream: true });
    const lines = rest[to].split("\n");
    rest[to] = lines.pop() ?? "";
    for (const line of lines) print(line, to);
  }
  for (const stream of ["stdout", "stderr"] as const) if (rest[stream]) print(rest[stream], stream);
}
