import { readFileSync } from "node:fs";
import { systemTime } from "@dryharbor/kernel/host";
import { describe, expect, it } from "vitest";
import { redisCli } from "../../src/services/redis/cli/redis-cli.js";
import { redisServer } from "../../src/services/redis/program/redis-server.js";
import { testMachine } from "./machine.js";

interface Case {
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

const trace: { readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL("../traces/redis-cli.json", import.meta.url), "utf8"),
);

describe("redis-cli prints what the recorded one did", () => {
  const machine = testMachine(systemTime);
  machine.run(redisServer, ["redis-server"]);
  for (const [at, { argv, stdin, env = {}, stdout, stderr, code }] of trace.cases.entries()) {
    const shown = `${argv.join(" ")}${stdin === undefined ? "" : ` < ${JSON.stringify(stdin)}`}`;
    it(`${at}: redis-cli ${shown}`, async () => {
      const running = machine.run(redisCli, ["redis-cli", ...argv], { stdin: stdin ?? "", env });
      const ended = await running.ended;
      expect({ ...running.output, code: ended }).toEqual({ stdout, stderr, code });
    });
  }
});
