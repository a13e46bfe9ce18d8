// What redis-cli does beside performing commands: `--scan`, `--stat`, `--latency` and `--pipe`.
import type { ProcessContext } from "@dryharbor/kernel";
import { type ByteText, fromBytes, toBytes } from "../../../busybox/byte-text.js";
import { quoted } from "../protocol/quoted.js";
import type { Received } from "../protocol/received.js";
import type { OutputMode } from "./format.js";
import type { CliOptions } from "./options.js";
import type { Session } from "./session.js";

/** What a mode needs. */
export interface ModeCall {
  readonly process: ProcessContext;
  readonly options: CliOptions;
  readonly session: Session;
  readonly output: OutputMode;
}

function textOf(reply: Received | undefined): ByteText {
  return reply && "text" in reply ? reply.text : "";
}

/** Prints all keys, one a line. */
export async function scanKeys({ process, options, session, output }: ModeCall): Promise<number> {
  let cursor = "0";
  do {
    const reply = await session.ask([
      "SCAN",
      cursor,
      ...(options.pattern === undefined ? [] : ["MATCH", options.pattern]),
      ...(options.count === 10 ? [] : ["COUNT", String(options.count)]),
    ]);
    if (reply.kind !== "array") {
      process.stderr(toBytes(`ERROR: ${textOf(reply)}\n`));
      return 1;
    }
    const [next, keys] = reply.items;
    for (const key of keys?.kind === "array" ? keys.items : []) {
      const name = textOf(key);
      process.stdout(toBytes(`${output === "standard" ? quoted(name) : name}\n`));
    }
    cursor = textOf(next);
    if (options.interval > 0) await process.sleep(options.interval);
    await process.caughtUp();
  } while (cursor !== "0");
  return 0;
}

function human(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1024 && unit < 4) {
    amount /= 1024;
    unit++;
  }
  return unit === 0 ? `${bytes}B` : `${amount.toFixed(2)}${"BKMGT"[unit]}`;
}

const statHead =
  "------- data ------ --------------------- load -------------------- - child -\n" +
  "keys       mem      clients blocked requests            connections          \n";

/** Prints a line about the server again and again. */
export async function showStatistics({ process, options, session }: ModeCall): Promise<number> {
  let before: number | undefined;
  for (let line = 0; ; line++) {
    const info = textOf(await session.ask(["INFO"]));
    const field = (name: string): number => Number(new RegExp(`^${name}:(\\d+)`, "m").exec(info)?.[1] ?? 0);
    const keys = Array.from(info.matchAll(/^db\d+:keys=(\d+)/gm), ([, count]) => Number(count));
    const requests = field("total_commands_processed");
    if (line % 20 === 0) process.stdout(statHead);
    const shown = [
      String(keys.reduce((sum, count) => sum + count, 0)).padEnd(11),
      `${human(field("used_memory")).padEnd(8)} `,
      String(field("connected_clients")).padEnd(8),
      String(field("blocked_clients")).padEnd(8),
      `${`${requests} (+${before === undefined ? 0 : requests - before})`.padEnd(19)} `,
      String(field("total_connections_received")).padEnd(12),
    ];
    process.stdout(`${shown.join("")}\n`);
    before = requests;
    await process.sleep(options.interval || 1000);
  }
}

/** The milliseconds between two samples of the latency. */
const samplePause = 10;

/** Measures how long the server takes to answer. */
export async function measureLatency({ process, options, session, output }: ModeCall): Promise<number> {
  const isContinuous = output === "standard";
  const end = process.now() + BigInt(Math.round((options.interval || 1000) * 1e6));
  let [least, greatest, sum, samples] = [Number.POSITIVE_INFINITY, 0, 0, 0];
  for (;;) {
    const began = process.now();
    await session.ask(["PING"]);
    const latency = Math.floor(Number(process.now() - began) / 1e6);
    least = Math.min(least, latency);
    greatest = Math.max(greatest, latency);
    sum += latency;
    samples++;
    const average = (sum / samples).toFixed(2);
    if (isContinuous) {
      process.stdout(`\x1b[0G\x1b[2Kmin: ${least}, max: ${greatest}, avg: ${average} (${samples} samples)`);
    } else if (process.now() >= end) {
      const separator = output === "csv" ? "," : " ";
      process.stdout(`${[least, greatest, average, samples].join(separator)}\n`);
      return 0;
    }
    await process.sleep(samplePause);
  }
}

/** Sends standard input as it is, and counts the replies. */
export async function pipeInput({ process, session }: ModeCall): Promise<number> {
  // The last request is one that can be told from all others.
  const magic = `dryharbor${process.now().toString().slice(-11)}`;
  const counting = countReplies(process, session, magic);
  for await (const data of process.stdin) await session.sendBytes(fromBytes(data));
  await session.sendBytes(`\r\n*2\r\n$4\r\nECHO\r\n$${magic.length}\r\n${magic}\r\n`);
  process.stdout("All data transferred. Waiting for the last reply...\n");
  const { errors, replies } = await counting;
  process.stdout(`Last reply received from server.\nerrors: ${errors}, replies: ${replies}\n`);
  return errors > 0 ? 1 : 0;
}

async function countReplies(
  process: ProcessContext,
  session: Session,
  last: ByteText,
): Promise<{ readonly errors: number; readonly replies: number }> {
  let [errors, replies] = [0, 0];
  for (;;) {
    const reply = await session.receive();
    if (reply.kind === "string" && reply.text === last) return { errors, replies };
    replies++;
    if (reply.kind !== "error") continue;
    errors++;
    process.stderr(toBytes(`${reply.text}\n`));
  }
}
