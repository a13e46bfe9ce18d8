// Asks a real Redis server, or memcached, what it replies, byte by byte, and writes that into a trace file.
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

const usage = `usage: record-redis --port N [--flush BYTES] FILE…

  Sends the steps of each FILE to the Redis server on this port of the loopback, and writes into FILE what it
  replies. All keys of the server are removed. A FILE is JSON: { about, groups: [{ name, steps }] }. A step sends
  a command ({ send: ["GET", "a"] }) or bytes ({ raw: "PING\\r\\n" }), or waits ({ wait: milliseconds }). It does so
  on the connection "a", or on another one ({ on: "b" }). Every character stands for a byte. Each group has
  connections and a database of its own. Numbers of clients are written as 0. --flush is what removes all keys of a server that is no Redis:
  "flush_all\\r\\n" of memcached.`;

interface Step {
  on?: string;
  send?: string[];
  raw?: string;
  wait?: number;
  /** What has arrived on each connection when nothing more comes. \`(end)\` stands for its end. */
  got?: Record<string, string>;
}

interface Trace {
  about: string;
  groups: { name: string; steps: Step[] }[];
}

/** The milliseconds without any byte after which a step is over: when some have come, and when none have. */
const quiet = { after: 30, without: 500 };

class Connections {
  readonly #sockets = new Map<string, Socket>();
  readonly #arrived = new Map<string, string>();
  #last = 0;

  constructor(readonly port: number) {}

  async send(name: string, bytes: string): Promise<void> {
    const socket = this.#sockets.get(name) ?? (await this.#open(name));
    socket.write(Buffer.from(bytes, "latin1"));
    this.#last = Date.now();
  }

  async #open(name: string): Promise<Socket> {
    const socket = connect(this.port, "127.0.0.1");
    this.#sockets.set(name, socket);
    const add = (text: string): void => {
      this.#arrived.set(name, (this.#arrived.get(name) ?? "") + text);
      this.#last = Date.now();
    };
    socket.on("data", (data) => add(data.toString("latin1")));
    socket.on("end", () => add("(end)"));
    socket.on("error", () => {});
    await once(socket, "connect");
    return socket;
  }

  async wait(milliseconds: number): Promise<void> {
    await sleep(milliseconds);
    this.#last = Date.now() - quiet.without;
  }

  /** Waits until nothing more comes, and takes what has arrived. */
  async take(): Promise<Record<string, string>> {
    while (Date.now() - this.#last < (this.#arrived.size > 0 ? quiet.after : quiet.without)) await sleep(3);
    const taken = Object.fromEntries([...this.#arrived].sort());
    this.#arrived.clear();
    return taken;
  }

  close(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }
}

function encoded(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join("")}`;
}

async function recordGroup(port: number, flush: string, steps: readonly Step[]): Promise<Step[]> {
  const connections = new Connections(port);
  const recorded: Step[] = [];
  await connections.send("a", flush);
  await connections.take();
  for (const { on, send, raw, wait } of steps) {
    if (wait !== undefined) await connections.wait(wait);
    else await connections.send(on ?? "a", raw ?? encoded(send ?? []));
    const got = await connections.take();
    for (const [name, text] of Object.entries(got)) got[name] = text.replace(/(\$2\r\nid\r\n:)\d+/g, "$10");
    const request = { ...(on && { on }), ...(send && { send }), ...(raw !== undefined && { raw }) };
    recorded.push({ ...request, ...(wait !== undefined && { wait }), got });
  }
  connections.close();
  await sleep(quiet.without);
  return recorded;
}

/** Writes one step a line. */
function written({ about, groups }: Trace): string {
  const shown = groups.map(
    ({ name, steps }) =>
      `{ "name": ${JSON.stringify(name)}, "steps": [\n${steps.map((step) => JSON.stringify(step)).join(",\n")}\n]}`,
  );
  return `{ "about": ${JSON.stringify(about)}, "groups": [\n${shown.join(",\n")}\n]}\n`;
}

const { values, positionals } = parseArgs({
  options: { port: { type: "string" }, flush: { type: "string" } },
  allowPositionals: true,
});
if (values.port === undefined || positionals.length === 0) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const flush = values.flush?.replaceAll("\\r\\n", "\r\n") ?? encoded(["FLUSHALL"]);
  for (const file of positionals) {
    const trace: Trace = JSON.parse(await readFile(file, "utf8"));
    const groups: Trace["groups"] = [];
    for (const { name, steps } of trace.groups) {
      groups.push({ name, steps: await recordGroup(Number(values.port), flush, steps) });
    }
    await writeFile(file, written({ ...trace, groups }));
    console.log(`${file}: ${groups.reduce((sum, { steps }) => sum + steps.length, 0)} steps`);
  }
}
