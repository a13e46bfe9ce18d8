// Plays a scenario on a peer and writes down what its client sees. `streams.live.test.ts` compares the
// transcript of a real engine with the simulator's. The rules at the end of the file say what is left out of
// it.

import type { Exchange, Peer, Request } from "./peer.js";
import type { Headers, Scenario, Step } from "./scenario.js";

/** Milliseconds to wait for something. What has not come by then is written down as missing. */
const comes = 5_000;
/** Milliseconds after which an open stream counts as one that does not end. */
const aWhile = 500;

/**
 * Plays a scenario and returns what the client sees, with symbols for ids and times. All waiting times are
 * multiplied by `patience`.
 */
export async function transcript(peer: Peer, { steps }: Scenario, patience: number): Promise<string[]> {
  const lines: string[] = [];
  const open = new Map<string, Exchange>();
  /** The last `Id` that was answered, for `{id}` in later requests. */
  let lastId = "";
  const filled = (text: string): string => text.replaceAll("{id}", lastId);

  const begin = (step: Extract<Step, { call: string }>): Exchange => {
    const request = requestOf(filled(step.call), step.body, step.headers);
    return peer.request(request);
  };
  const within = <T>(promise: Promise<T>, time = comes) => orLate(promise, time * patience);
  const headOf = async (exchange: Exchange): Promise<string> => {
    const head = await within(exchange.head);
    if (!head) return "no answer";
    const { status, reason, headers } = head;
    return `${status} ${reason} ${shownHeaders(headers)}`;
  };

  for (const step of steps) {
    if ("open" in step) {
      const exchange = begin(step);
      open.set(step.open, exchange);
      lines.push(`${step.open}: ${step.call} → ${await headOf(exchange)}`);
    } else if ("call" in step) {
      const exchange = begin(step);
      const head = await headOf(exchange);
      const whole = await within(exchange.ended.then(() => true));
      const text = Buffer.from(exchange.received()).toString("latin1");
      lastId = /^\{"Id":"(\w+)"/.exec(text)?.[1] ?? lastId;
      lines.push(`${step.call} → ${head} ${whole ? "" : "(unfinished) "}${shown(exchange.received())}`);
      exchange.leave();
    } else if ("look" in step) {
      const exchange = peer.request(requestOf(`GET ${filled(step.look)}`));
      await within(exchange.ended);
      const value: unknown = JSON.parse(Buffer.from(exchange.received()).toString("utf8"));
      const seen = step.at.map((path) => `${path}=${JSON.stringify(valueAt(value, path))}`);
      lines.push(`look ${step.look}: ${seen.join(" ")}`);
    } else if ("keys" in step) {
      const exchange = peer.request(requestOf(`GET ${step.keys}`));
      await within(exchange.ended);
      const value: unknown = JSON.parse(Buffer.from(exchange.received()).toString("utf8"));
      lines.push(`keys of ${step.keys}: ${keysOf(value)}`);
    } else if ("send" in step) {
      open.get(step.send)?.send(step.text);
    } else if ("halfClose" in step) {
      open.get(step.halfClose)?.halfClose();
    } else if ("leave" in step) {
      open.get(step.leave)?.leave();
    } else if ("sees" in step) {
      const exchange = open.get(step.sees);
      const until = Date.now() + comes * patience;
      const seen = (): boolean => !!exchange && plain(exchange.received()).includes(step.text);
      while (!seen() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
      if (!seen()) lines.push(`${step.sees} never saw ${JSON.stringify(step.text)}`);
    } else if ("stays" in step) {
      const over = await within(
        open.get(step.stays)!.ended.then(() => true),
        aWhile,
      );
      lines.push(`${step.stays} ${over ? "ended" : "stays"}`);
    } else if ("ends" in step) {
      const over = await within(open.get(step.ends)!.ended.then(() => true));
      lines.push(`${step.ends} ${over ? "ended" : "did not end"}`);
    } else {
      await new Promise((resolve) => setTimeout(resolve, step.quiet * patience));
    }
  }
  for (const [name, exchange] of open) {
    lines.push(`${name} saw ${shown(exchange.received())}`);
    exchange.leave();
  }
  return symbols(lines);
}

function requestOf(call: string, body?: unknown, headers: Headers = {}): Request {
  const [method = "", target = ""] = call.split(" ");
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  return {
    method,
    target,
    body: text,
    headers: {
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...(method !== "GET" && { "Content-Length": String(Buffer.byteLength(text)) }),
      ...headers,
    },
  };
}

async function orLate<T>(promise: Promise<T>, time: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, time, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Headers that are the same in every answer. */
const everywhere = new Set(["Api-Version", "Docker-Experimental", "Ostype", "Server", "Date"]);
/** Headers of the framing. The server chooses it, and has tests of its own. */
const carried = new Set(["Content-Length", "Transfer-Encoding"]);

function shownHeaders(headers: Headers): string {
  return Object.entries(headers)
    .filter(([name]) => !carried.has(name))
    .flatMap(([name, value]) => (everywhere.has(name) ? [] : [`${name}: ${value}`]))
    .sort()
    .concat("Server" in headers ? [] : ["(none of the engine's own)"])
    .join(", ");
}

/** Shows frames as `1:text`, with neighbouring frames of one stream joined, and anything else as text. */
function shown(bytes: Uint8Array): string {
  const frames = framesOf(bytes);
  if (!frames) return JSON.stringify(Buffer.from(bytes).toString("latin1"));
  const merged: { stream: number; text: string }[] = [];
  for (const { stream, data } of frames) {
    const last = merged.at(-1);
    const text = Buffer.from(data).toString("latin1");
    if (last?.stream === stream) last.text += text;
    else merged.push({ stream, text });
  }
  return merged.map(({ stream, text }) => `${stream}:${JSON.stringify(text)}`).join(" ");
}

function plain(bytes: Uint8Array): string {
  const frames = framesOf(bytes);
  if (!frames) return Buffer.from(bytes).toString("latin1");
  return frames.map(({ data }) => Buffer.from(data).toString("latin1")).join("");
}

function framesOf(bytes: Uint8Array): { stream: number; data: Uint8Array }[] | undefined {
  const buffer = Buffer.from(bytes);
  const frames: { stream: number; data: Uint8Array }[] = [];
  let at = 0;
  while (at < buffer.length) {
    if (buffer.length - at < 8 || buffer[at]! > 3 || buffer[at + 1] !== 0) return undefined;
    const length = buffer.readUInt32BE(at + 4);
    if (buffer.length < at + 8 + length) return undefined;
    frames.push({ stream: buffer[at]!, data: buffer.subarray(at + 8, at + 8 + length) });
    at += 8 + length;
  }
  return frames.length === 0 ? undefined : frames;
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);
}

function keysOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return typeof value;
  // The number of items depends on the machine.
  if (Array.isArray(value)) return `[${value.length > 0 ? keysOf(value[0]) : ""}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}:${keysOf(item)}`)
    .join(" ")}}`;
}

/** Replaces ids and times, which each engine makes up. */
function symbols(lines: string[]): string[] {
  const names = new Map<string, string>();
  return lines.map((line) =>
    line
      .replace(/\b[0-9a-f]{64}\b/g, (id) => {
        if (!names.has(id)) names.set(id, `<id ${names.size + 1}>`);
        return names.get(id)!;
      })
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z/g, "<time 9>")
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,8})?Z/g, "<time>")
      // What is counted depends on the machine, and how often on the time. Since 29 such a stream begins at once.
      .replace(/\{\\"id\\":\\"<id \d+>\\",\\"name\\":\\"\/\w+\\",\\"os_type\\".*$/s, "<statistics>")
      .replace(/time\\":\d+,\\"timeNano\\":\d+/g, "time and timeNano")
      .replace(/Pid\\":[1-9]\d*/g, "Pid")
      // An engine may take so long that a process has run for a second more.
      .replace(/(?<=execDuration\\":\\")\d+/g, "<seconds>")
      // A process has its niceness from whoever started the engine.
      .replace(/(?<=Processes\.0\.7=)"-?\d+"/g, "<nice>")
      .replace(/(?<=Processes\.0\.7="[A-Z])[<N]/g, ""),
  );
}
