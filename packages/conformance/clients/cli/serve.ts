// Runs @dryharbor/docker-cli for docker.pl: serve.ts RELEASE SOCKET. One process serves all commands of a comparison.
import { mkdir, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { dirname } from "node:path";
import { type CommandIo, dockerCommand, type ReleaseName } from "@dryharbor/docker-cli";
import { dockerEngine } from "@dryharbor/sdk/docker";
import type { Engine } from "@dryharbor/sdk/port";
import { engineForCli } from "./engine-for-cli.js";
import { machineFiles } from "./machine-files.js";

const [release, path] = process.argv.slice(2) as [ReleaseName, string];
const engines = new Map<string, Engine>();

function engineAt(host: string): Engine {
  let engine = engines.get(host);
  if (!engine) {
    // What is no address is the command's to refuse.
    engine = /^(tcp|ssh|https?):\/\//.test(host)
      ? dockerEngine({ host })
      : engineForCli(/^unix:\/\//.test(host) ? host : "unix:///nowhere", release);
    engines.set(host, engine);
  }
  return engine;
}

await mkdir(dirname(path), { recursive: true });
await rm(path, { force: true });
createServer(serve).listen(path, () => console.log(path));

function serve(socket: Socket): void {
  const input = inputOf(() => send("R", ""));
  const listeners = new Map<string, Set<() => void>>();
  let received = Buffer.alloc(0);

  function send(type: string, data: string | Uint8Array): void {
    const bytes = Buffer.from(data as string);
    const head = Buffer.alloc(5);
    head.write(type, "latin1");
    head.writeUInt32BE(bytes.length, 1);
    socket.write(Buffer.concat([head, bytes]));
  }

  function take(type: string, data: Buffer): void {
    if (type === "H") void run(data.toString().split("\0"));
    else if (type === "I") input.push(data);
    else if (type === "E") input.end();
    else {
      const name = data.toString();
      const called = [...(listeners.get(name) ?? [])];
      if (called.length === 0) send("K", name);
      for (const listener of called) listener();
    }
  }

  async function run([cwd = "/", terminals = "000", count = "0", ...rest]: string[]): Promise<void> {
    const words = rest.slice(0, Number(count));
    const env = Object.fromEntries(
      rest.slice(Number(count)).map((pair) => {
        const at = pair.indexOf("=");
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
    );
    const io: Partial<CommandIo> = {
      stdin: input.pieces,
      stdout: (data) => send("1", data),
      stderr: (data) => send("2", data),
      caughtUp: () =>
        new Promise((resolve) => {
          if (socket.writableNeedDrain && !socket.destroyed)
            socket.once("drain", resolve).once("close", resolve);
          else setImmediate(resolve);
        }),
      isTerminal: { stdin: terminals[0] === "1", stdout: terminals[1] === "1", stderr: terminals[2] === "1" },
      env,
      cwd,
      files: machineFiles(cwd),
      onSignal(name, listener) {
        const set = listeners.get(name) ?? new Set();
        listeners.set(name, set.add(listener));
        return () => set.delete(listener);
      },
    };
    try {
      const host = hostOf(words) ?? env.DOCKER_HOST ?? "unix:///var/run/docker.sock";
      const { exitCode } = await dockerCommand(engineAt(host), { release })(words, io);
      send("X", String(exitCode));
    } catch (error) {
      send("2", `${(error as Error).stack}\n`);
      send("X", "254");
    }
    socket.end();
  }

  socket.on("error", () => socket.destroy());
  socket.on("data", (data) => {
    received = Buffer.concat([received, data]);
    while (received.length >= 5) {
      const length = received.readUInt32BE(1);
      if (received.length < 5 + length) return;
      take(received.toString("latin1", 0, 1), received.subarray(5, 5 + length));
      received = received.subarray(5 + length);
    }
  });
}

/** The engine that `docker -H HOST …` names. */
function hostOf(words: readonly string[]): string | undefined {
  return words[0] === "-H" || words[0] === "--host" ? words[1] : undefined;
}

/** Standard input that is asked for when somebody reads it. */
function inputOf(ask: () => void) {
  const waiting: Uint8Array[] = [];
  let ended = false;
  let wake = (): void => {};
  let asked = false;
  const pieces: AsyncIterable<Uint8Array> = {
    async *[Symbol.asyncIterator]() {
      if (!asked) ask();
      asked = true;
      for (;;) {
        const next = waiting.shift();
        if (next) yield next;
        else if (ended) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
  return {
    pieces,
    push(data: Uint8Array) {
      waiting.push(new Uint8Array(data));
      wake();
    },
    end() {
      ended = true;
      wake();
    },
  };
}
