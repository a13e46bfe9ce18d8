// What redis-server logs and refuses, as redis-server 7.4.1 does it. Two things are as the image `redis:7` has them:
// `modified=0`, and what jemalloc adds to the warning about memory.
import { virtualTime } from "@dryharbor/kernel/host";
import { describe, expect, it } from "vitest";
import { redisCli } from "../../src/services/redis/cli/redis-cli.js";
import { redisServer } from "../../src/services/redis/program/redis-server.js";
import { type Running, testMachine } from "./machine.js";

const sigint = 2;
const sigterm = 15;
const date = "01 Jan 2024 00:00:00.000";
const overcommit =
  "WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low " +
  "memory condition. Being disabled, it can also cause failures without low memory condition, see " +
  "https://github.com/jemalloc/jemalloc/issues/1328. To fix this issue add 'vm.overcommit_memory = 1' to " +
  "/etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.";

function started(args: readonly string[], files: Readonly<Record<string, string>> = {}, stdin?: string) {
  const machine = testMachine(virtualTime(), files);
  const start = stdin === undefined ? {} : { stdin };
  return { machine, server: machine.run(redisServer, ["redis-server", ...args], start) };
}

function beginning(port: number, configured: string): string {
  return [
    `1:C ${date} # ${overcommit}`,
    `1:C ${date} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
    `1:C ${date} * Redis version=7.4.1, bits=64, commit=00000000, modified=0, pid=1, just started`,
    `1:C ${date} ${configured}`,
    `1:M ${date} * monotonic clock: POSIX clock_gettime`,
    `1:M ${date} * Running mode=standalone, port=${port}.`,
    "",
  ].join("\n");
}

const loaded = "* Configuration loaded";
const unconfigured =
  "# Warning: no config file specified, using the default config. In order to specify a config file use " +
  "redis-server /path/to/redis.conf";
const ready = `1:M ${date} * Server initialized\n1:M ${date} * Ready to accept connections tcp\n`;

/** What a server that was told to end says. */
function ending(name: string, ...more: string[]): string {
  const lines = ["* User requested shutdown...", ...more, "# Redis is now ready to exit, bye bye..."];
  return `1:signal-handler (1704067200) Received ${name} scheduling shutdown...\n${lines
    .map((line) => `1:M ${date} ${line}\n`)
    .join("")}`;
}

async function refusal({ output, ended }: Running): Promise<unknown> {
  return { code: await ended, stderr: output.stderr, stdout: output.stdout };
}

function configError(lineNumber: number, line: string, problem: string): unknown {
  const stderr = `\n*** FATAL CONFIG FILE ERROR (Redis 7.4.1) ***\nReading the configuration file, at line ${lineNumber}\n>>> '${line}'\n${problem}\n`;
  return { code: 1, stderr, stdout: "" };
}

describe("redis-server", () => {
  it("logs its start, and that it was told to end", async () => {
    const { server } = started([]);
    expect(server.output.stdout).toBe(beginning(6379, unconfigured) + ready);
    server.signal(sigterm);
    expect(await server.ended).toBe(0);
    const saved = ["* Saving the final RDB snapshot before exiting.", "* DB saved on disk"];
    expect(server.output.stdout).toBe(beginning(6379, unconfigured) + ready + ending("SIGTERM", ...saved));
  });

  it("takes options, and says what they bring", async () => {
    const { machine, server } = started([
      "--port",
      "7000",
      "--requirepass",
      "x",
      "--save",
      "",
      "--appendonly",
      "yes",
    ]);
    const files = [
      `1:M ${date} * Server initialized`,
      `1:M ${date} * Creating AOF base file appendonly.aof.1.base.rdb on server start`,
      `1:M ${date} * Creating AOF incr file appendonly.aof.1.incr.aof on server start`,
      `1:M ${date} * Ready to accept connections tcp\n`,
    ].join("\n");
    expect(server.output.stdout).toBe(beginning(7000, loaded) + files);
    const cli = machine.run(redisCli, ["redis-cli", "-p", "7000", "ping"]);
    await cli.ended;
    expect(cli.output.stdout).toBe("NOAUTH Authentication required.\n\n");
    server.signal(sigint);
    expect(await server.ended).toBe(0);
    expect(server.output.stdout).toContain(ending("SIGINT", "* Calling fsync() on the AOF file."));
  });

  it("reads a file, standard input and options, the last one last", async () => {
    const file =
      "# a comment\nport 7001\nmaxmemory 100mb\n\n  save 900 1\nsave 300 10\nbind 127.0.0.1 -::1\n";
    const { machine } = started(
      ["/etc/redis.conf", "--timeout", "7", "-"],
      { "/etc/redis.conf": file },
      "hz 20\n",
    );
    await new Promise((resolve) => setTimeout(resolve));
    const settings = {
      maxmemory: "104857600",
      save: "900 1 300 10",
      bind: "127.0.0.1 -::1",
      timeout: "7",
      hz: "20",
    };
    for (const [name, value] of Object.entries(settings)) {
      const cli = machine.run(redisCli, ["redis-cli", "-p", "7001", "config", "get", name]);
      await cli.ended;
      expect(cli.output.stdout).toBe(`${name}\n${value}\n`);
    }
  });

  it("refuses what it cannot read, with the line", async () => {
    const refused = async (args: readonly string[], files?: Record<string, string>) =>
      refusal(started(args, files).server);
    expect(await refused(["--prot", "1"])).toEqual(
      configError(2, 'prot "1"', "Bad directive or wrong number of arguments"),
    );
    expect(await refused(["--port"])).toEqual(configError(2, "port", "wrong number of arguments"));
    expect(await refused(["--port", "1", "2"])).toEqual(
      configError(2, 'port "1" "2"', "wrong number of arguments"),
    );
    expect(await refused(["--port", "x"])).toEqual(
      configError(2, 'port "x"', "argument couldn't be parsed into an integer"),
    );
    expect(await refused(["--save", "60"])).toEqual(configError(2, 'save "60"', "Invalid save parameters"));
    expect(await refused(["--dir", "/nope"])).toEqual(
      configError(2, 'dir "/nope"', "No such file or directory"),
    );
    expect(await refused(["--save", "--port", "1", "--appendonly", "maybe"])).toEqual(
      configError(4, 'appendonly "maybe"', "argument must be 'yes' or 'no'"),
    );
    expect(await refused(["redis.conf"], { "/data/redis.conf": "port 1\nfoo bar\n" })).toEqual(
      configError(2, "foo bar", "Bad directive or wrong number of arguments"),
    );
    expect(await refused(["nope.conf"])).toEqual({
      code: 1,
      stderr: "",
      stdout: `1:C ${date} # Fatal error, can't open config file '/data/nope.conf': No such file or directory\n`,
    });
  });

  it("cannot listen where somebody else does", async () => {
    const { machine } = started([]);
    const second = machine.run(redisServer, ["redis-server"]);
    expect(await second.ended).toBe(1);
    expect(second.output.stdout).toContain(
      `M ${date} # Warning: Could not create server TCP listening socket *:6379: bind: Address already in use\n` +
        `2:M ${date} # Failed listening on port 6379 (tcp), aborting.\n`,
    );
    const { server } = started(["--bind", "10.9.9.9"]);
    expect(await server.ended).toBe(1);
    expect(server.output.stdout).toContain("socket 10.9.9.9:6379: bind: Cannot assign requested address\n");
    const none = started(["--port", "0"]).server;
    expect(await none.ended).toBe(1);
    expect(none.output.stdout).toContain("# Configured to not listen anywhere, exiting.\n");
  });

  it("ends when a client says so, and saves when it is asked to", async () => {
    const { machine, server } = started(["--save", ""]);
    await machine.run(redisCli, ["redis-cli", "save"]).ended;
    const cli = machine.run(redisCli, ["redis-cli", "shutdown", "save"]);
    expect([await cli.ended, cli.output.stdout, await server.ended]).toEqual([0, "", 0]);
    expect(server.output.stdout.slice(beginning(6379, loaded).length + ready.length)).toBe(
      [
        "* DB saved on disk",
        "* User requested shutdown...",
        "* Saving the final RDB snapshot before exiting.",
        "* DB saved on disk",
        "# Redis is now ready to exit, bye bye...",
      ]
        .map((line) => `1:M ${date} ${line}\n`)
        .join(""),
    );
  });

  it("tells its version, and how it is used", async () => {
    expect(await refusal(started(["--version"]).server)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^Redis server v=7\.4\.1 sha=00000000:0 malloc=jemalloc-5\.3\.0 bits=64 build=/,
      ),
    });
    expect(await refusal(started(["--help"]).server)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Usage: /),
    });
  });
});
