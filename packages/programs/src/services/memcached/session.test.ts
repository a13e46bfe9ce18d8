import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Session } from "./session.js";
import { Statistics } from "./statistics.js";
import { Store } from "./store.js";

interface Step {
  readonly on?: string;
  readonly raw?: string;
  readonly wait?: number;
  readonly got: Readonly<Record<string, string>>;
}

const trace: { readonly groups: readonly { readonly name: string; readonly steps: readonly Step[] }[] } =
  JSON.parse(readFileSync(new URL("../../../test/traces/memcached.json", import.meta.url), "utf8"));

describe("a server answers as the recorded memcached did", () => {
  let seconds = 1_700_000_000;
  const server = {
    store: new Store(() => seconds),
    settings: {
      version: "1.6.18",
      port: 11_211,
      address: "",
      threads: 4,
      maxConnections: 1024,
      maxBytes: 67_108_864,
      verbosity: 0,
    },
    statistics: new Statistics(1, seconds),
  };
  for (const { name, steps } of trace.groups) {
    it(name, () => {
      const sessions = new Map<string, Session>();
      const sessionOf = (name: string): Session => {
        const session = sessions.get(name) ?? new Session(server);
        sessions.set(name, session);
        return session;
      };
      // As the recorder did.
      sessionOf("a").receive("flush_all\r\n");
      for (const { on = "a", raw, wait = 0, got } of steps) {
        seconds += wait / 1000;
        const session = sessionOf(on);
        const answer = session.receive(raw ?? "") + (session.isOver ? "(end)" : "");
        expect({ raw, ...(answer !== "" && { [on]: answer }) }).toEqual({ raw, ...got });
      }
    });
  }

  it("counts what it does", () => {
    const session = new Session(server);
    session.receive("stats reset\r\nset a 0 0 1\r\nx\r\nget a\r\nget b\r\n");
    const stats = session.receive("stats\r\n");
    for (const line of ["cmd_get 2", "get_hits 1", "get_misses 1", "cmd_set 1", "limit_maxbytes 67108864"]) {
      expect(stats).toContain(`STAT ${line}\r\n`);
    }
    expect(stats).toMatch(/\r\nEND\r\n$/);
  });
});
