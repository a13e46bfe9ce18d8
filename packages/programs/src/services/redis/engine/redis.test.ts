import { readFileSync } from "node:fs";
import { virtualTime } from "@dryharbor/kernel/host";
import { describe, expect, it } from "vitest";
import { fromBytes, toBytes } from "../../../busybox/byte-text.js";
import { commandTable } from "../commands/table.js";
import type { Client } from "./client.js";
import { Redis } from "./redis.js";
import { Settings } from "./settings.js";

interface Step {
  readonly on?: string;
  readonly send?: readonly string[];
  readonly raw?: string;
  readonly wait?: number;
  readonly got: Readonly<Record<string, string>>;
}

const trace: { readonly groups: readonly { readonly name: string; readonly steps: readonly Step[] }[] } =
  JSON.parse(readFileSync(new URL("../../../../test/traces/redis.json", import.meta.url), "utf8"));

/** A server without sockets, on a time of its own. */
function server() {
  const time = virtualTime();
  const log: string[] = [];
  const redis = new Redis(
    {
      pid: 1,
      system: "Linux 6.12.48 x86_64",
      memory: 8_589_934_592,
      executable: "/data/redis-server",
      configFile: "",
      now: () => time.now(),
      after: (milliseconds, callback) => time.after(milliseconds, callback),
      log: (_, message) => log.push(message),
      save: () => true,
      shutdown: () => {},
    },
    commandTable,
    new Settings(),
  );
  const clients = new Map<string, Client>();
  const arrived = new Map<string, string>();
  const add = (name: string, text: string) => arrived.set(name, (arrived.get(name) ?? "") + text);
  return {
    redis,
    log,
    send(name: string, bytes: string): void {
      const client =
        clients.get(name) ??
        redis.connect({
          remote: `127.0.0.1:${50_000 + clients.size}`,
          local: "127.0.0.1:6379",
          write: (data) => add(name, fromBytes(data)),
          close: () => add(name, "(end)"),
        });
      clients.set(name, client as Client);
      client?.receive(toBytes(bytes));
    },
    async pass(milliseconds: number): Promise<void> {
      await time.advance(milliseconds);
    },
    /** Takes what has arrived. */
    async take(): Promise<Record<string, string>> {
      await Promise.resolve();
      const taken = Object.fromEntries([...arrived].sort());
      arrived.clear();
      return taken;
    },
  };
}

function encoded(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join("")}`;
}

describe("a server replies as the recorded Redis did", () => {
  for (const { name, steps } of trace.groups) {
    it(name, async () => {
      const { send, pass, take } = server();
      const problems: unknown[] = [];
      for (const { on = "a", send: words, raw, wait, got } of steps) {
        if (wait === undefined) send(on, raw ?? encoded(words ?? []));
        else await pass(wait);
        const seen = await take();
        for (const [each, text] of Object.entries(seen))
          seen[each] = text.replace(/(\$2\r\nid\r\n:)\d+/g, "$10");
        if (JSON.stringify(seen) !== JSON.stringify(got))
          problems.push({ step: raw ?? words ?? wait, on, seen, got });
      }
      expect(problems).toEqual([]);
    });
  }
});
