// Connects a command's standard streams and terminal with a process in a container.
import type { ProcessStream } from "@dryharbor/sdk/port";
import type { CommandIo } from "../io.js";
import { DetachKeysSeen, readDetachKeys, unknownKey, usualDetachKeys } from "./detach-keys.js";

/** How a command's streams are connected with a process. */
export interface Connected {
  /** Whether the process has a terminal. */
  readonly tty: boolean;
  /** Whether the command's standard input goes to it. */
  readonly input: boolean;
  /** The keys that detach, as they were written. Empty for the usual ones. */
  readonly detachKeys: string;
}

/**
 * Passes input and output on until the process has ended its output, or the keys that detach were typed. The terminal
 * is raw meanwhile, where input goes to a terminal.
 */
export async function connect(
  io: CommandIo,
  process: ProcessStream,
  { tty, input, detachKeys }: Connected,
): Promise<"ended" | "detached"> {
  const isRaw = tty && input && io.isTerminal.stdin;
  const keys = tty && input ? new DetachKeysSeen(keysOf(io, detachKeys)) : undefined;
  if (isRaw) io.terminal?.raw(true);
  try {
    const output = passOutput(io, process, tty);
    if (!input) {
      await output;
      return "ended";
    }
    const detached = passInput(io, process, keys).then((how) => (how === "detached" ? how : output));
    return (await Promise.race([output, detached])) === "detached" ? "detached" : "ended";
  } finally {
    if (isRaw) io.terminal?.raw(false);
  }
}

function keysOf(io: CommandIo, text: string): readonly number[] {
  const keys = readDetachKeys(text);
  if (keys) return keys;
  const problem = `invalid detach escape keys, using default: Unknown character: '${unknownKey(text)}'`;
  io.stderr(`${logLine(io, "warning", problem)}\n`);
  return usualDetachKeys;
}

async function passOutput(io: CommandIo, process: ProcessStream, tty: boolean): Promise<undefined> {
  for await (const { stream, data } of process) {
    if (tty || stream === "stdout") io.stdout(data);
    else io.stderr(data);
    await io.caughtUp();
  }
}

async function passInput(
  io: CommandIo,
  process: ProcessStream,
  keys: DetachKeysSeen | undefined,
): Promise<"ended" | "detached"> {
  for await (const typed of io.stdin) {
    const { data, detached } = keys?.take(typed) ?? { data: typed, detached: false };
    if (data.length > 0) await process.write(data);
    if (detached) return "detached";
  }
  await process.end();
  return "ended";
}

/** A line of docker's own log, as it appears on standard error. */
export function logLine(io: CommandIo, level: "warning" | "error", message: string): string {
  const colour = level === "error" ? 31 : 33;
  const name = level === "error" ? "ERRO" : "WARN";
  if (io.isTerminal.stderr) return `\x1b[${colour}m${name}\x1b[0m[0000] ${message.padEnd(44)} `;
  const now = new Date(Number(io.now() / 1_000_000n)).toISOString().replace(/\.\d+Z$/, "Z");
  return `time="${now}" level=${level} msg=${/[\s"=]/.test(message) ? JSON.stringify(message) : message}`;
}
