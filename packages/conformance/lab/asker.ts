// Asks names inside containers of an engine of tools/engine-lab, from outside the engine. `lab/engine.ts`
// opens such engines with it, because it is faster than a container of our own and leaves no trace.

import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TrafficAnswer, TrafficProbe } from "@dryharbor/sdk/port";

/** Sends DNS messages, and tries connections, from inside containers of one engine of the lab. */
export interface Asker {
  /**
   * Sends messages to the nameserver of a container's resolv.conf.
   * @param pid - the container's process, as inspect shows it
   * @param transport - Default: `udp`
   * @returns the replies in order; `undefined` for each that did not come in time
   */
  ask(
    pid: number,
    messages: readonly Uint8Array[],
    transport?: "udp" | "tcp",
  ): Promise<(Uint8Array | undefined)[]>;
  /**
   * Tries connections and pings from a container's network namespace.
   * @param pid - as in {@link ask}; `undefined` for the engine's own namespace
   */
  reach(pid: number | undefined, probes: readonly TrafficProbe[]): Promise<TrafficAnswer[]>;
  close(): void;
}

/** Milliseconds to wait for a connection or a ping. What is dropped never comes. */
const reachPatience = 250;

/**
 * Milliseconds to wait for a reply. An engine of the lab answers at once or never, because its upstream is on
 * its own loopback interface. On a busy machine "at once" may take longer, so a silent question is asked a
 * second time.
 */
const patience = 150;
const lastPatience = 1_500;

/** The number of containers that are asked at a time. Where a resolver is silent, asking is only waiting. */
const parallel = 4;

/**
 * Returns the asker for the engine at `url`, or `undefined` if that is not an engine of tools/engine-lab on
 * this machine, whose namespaces can be entered.
 */
export async function labAsker(url: string): Promise<Asker | undefined> {
  const directory = url.startsWith("unix://") ? dirname(url.slice("unix://".length)) : undefined;
  if (directory === undefined) return undefined;
  // engine-lab.sh writes this file. The third number is the first process of the engine's pid namespace.
  const pids = await readFile(join(directory, "pids"), "utf8").catch(() => "");
  const init = pids.split(" ")[2];
  if (init === undefined) return undefined;
  return askerOver(Array.from({ length: parallel }, startHelper), `/proc/${init}/root/proc`);
}

/** A process that runs `asker.pl`. */
interface Helper {
  /** Returns the number of lines that wait for their answer. */
  waiting(): number;
  send(line: string): Promise<string>;
  end(): void;
}

function startHelper(): Helper {
  const helper = spawn("perl", [fileURLToPath(new URL("asker.pl", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  createInterface(helper.stdout).on("line", (line) => waiting.shift()?.resolve(line));
  helper.on("close", (code) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`asker.pl ended with ${code}`));
  });
  return {
    waiting: () => waiting.length,
    send: (line) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        helper.stdin.write(`${line}\n`);
      }),
    end: () => helper.stdin.end(),
  };
}

function askerOver(helpers: readonly Helper[], proc: string): Asker {
  async function send(line: string): Promise<string> {
    const free = helpers.reduce((one, other) => (other.waiting() < one.waiting() ? other : one));
    const answer = await free.send(line);
    if (answer.startsWith("!")) throw new Error(answer);
    return answer;
  }

  async function query(
    pid: number,
    server: string,
    milliseconds: number,
    messages: readonly Uint8Array[],
    transport: "udp" | "tcp",
  ) {
    const verb = transport === "udp" ? "ask" : "stream";
    const hex = messages.map((message) => Buffer.from(message).toString("hex"));
    const line = await send([verb, `${proc}/${pid}/ns/net`, server, milliseconds, ...hex].join(" "));
    return line.split(" ").map((reply) => (reply === "-" ? undefined : Buffer.from(reply, "hex")));
  }

  return {
    async ask(pid, messages, transport = "udp") {
      const resolvConf = await readFile(`${proc}/${pid}/root/etc/resolv.conf`, "utf8");
      const server = /^nameserver\s+(\S+)/m.exec(resolvConf)?.[1] ?? "127.0.0.1";
      const replies = await query(pid, server, patience, messages, transport);
      const silent = messages.filter((_, index) => replies[index] === undefined);
      if (silent.length === 0) return replies;
      const later = await query(pid, server, lastPatience, silent, transport);
      return replies.map((reply) => reply ?? later.shift());
    },
    async reach(pid, probes) {
      if (probes.length === 0) return [];
      const targets = probes.map(({ address, port }) => `${address} ${port ?? "-"}`);
      const line = await send(`reach ${proc}/${pid ?? 1}/ns/net ${reachPatience} ${targets.join(" ")}`);
      return line.split(" ") as TrafficAnswer[];
    },
    close() {
      for (const helper of helpers) helper.end();
    },
  };
}
