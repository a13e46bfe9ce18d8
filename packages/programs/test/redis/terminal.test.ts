// redis-cli at a terminal. What it writes was seen at a terminal of 80 columns with redis-cli 7.4.1.
import { virtualTime } from "@dryharbor/kernel/host";
import { describe, expect, it } from "vitest";
import { redisCli } from "../../src/services/redis/cli/redis-cli.js";
import { redisServer } from "../../src/services/redis/program/redis-server.js";
import { type Running, testMachine } from "./machine.js";

const time = virtualTime();
const machine = testMachine(time);
machine.run(redisServer, ["redis-server"]);

async function settled(): Promise<void> {
  for (let turns = 0; turns < 50; turns++) await Promise.resolve();
  await time.advance(1);
}

/** Starts redis-cli and types keys. Returns what is on the terminal, and the process. */
async function typed(
  args: readonly string[],
  ...keys: string[]
): Promise<{ readonly shown: string; readonly cli: Running }> {
  const cli = machine.run(redisCli, ["redis-cli", ...args], { tty: true });
  await settled();
  for (const each of keys) {
    cli.type(each);
    await settled();
  }
  return { shown: cli.output.stdout, cli };
}

/** What the line editor writes when a line has become this one. */
function drawn(prompt: string, text: string, hint = "", at = text.length): string {
  const shownHint = hint === "" ? "" : `\x1b[0;90;49m${hint}\x1b[0m`;
  return `\r\x1b[0K${prompt}${text}${shownHint}\r\x1b[${prompt.length + at}C`;
}

const prompt = "127.0.0.1:6379> ";
const line = (text: string, prompted = prompt): string => `${drawn(prompted, text)}\n`;

describe("redis-cli at a terminal", () => {
  it("draws the line anew with each key", async () => {
    const { shown, cli } = await typed([], "ping\r", "exit\r");
    const keys = (text: string) => [...text].map((_, at) => drawn(prompt, text.slice(0, at + 1))).join("");
    expect(shown).toBe(
      `${prompt}${keys("ping")}${line("ping")}PONG\n${prompt}${keys("exit")}${line("exit")}`,
    );
    expect(await cli.ended).toBe(0);
  });

  it("hints at what may follow", async () => {
    const { shown } = await typed([], "get ", "a", " ", "\x15", "set a");
    expect(shown).toContain(drawn(prompt, "get ", "key"));
    expect(shown).toContain(drawn(prompt, "get a", " key"));
    expect(shown).toContain(drawn(prompt, "get a "));
    expect(shown).toContain(
      drawn(prompt, "set ", "key value [NX|XX] [GET] [EX seconds|PX milliseconds|EXAT uni"),
    );
    expect(shown).toContain(
      drawn(prompt, "set a", " key value [NX|XX] [GET] [EX seconds|PX milliseconds|EXAT u"),
    );
  });

  it("edits with the keys of a terminal, and remembers lines", async () => {
    const { shown } = await typed([], "abc\x7fd\x1b[D!\r", "\x1b[A\r");
    expect(shown).toContain(drawn(prompt, "ab!d", "", 3));
    const refused = "(error) ERR unknown command 'ab!d', with args beginning with: \n";
    expect(shown.split(`${line("ab!d")}${refused}`)).toHaveLength(3);
  });

  it("shows replies for people, and in the prompt what a command has changed", async () => {
    const { shown } = await typed(
      [],
      "select 2\r",
      "multi\r",
      "set a 1\r",
      "exec\r",
      "get a\r",
      "select 0\r",
      "get a\r",
    );
    expect(shown).toContain(`${line("select 2")}OK\n127.0.0.1:6379[2]> `);
    expect(shown).toContain("OK\n127.0.0.1:6379[2](TX)> ");
    expect(shown).toContain("QUEUED\n127.0.0.1:6379[2](TX)> ");
    expect(shown).toContain("1) OK\n127.0.0.1:6379[2]> ");
    expect(shown).toContain('"1"\n127.0.0.1:6379[2]> ');
    expect(shown).toMatch(/\(nil\)\n127\.0\.0\.1:6379> $/);
  });

  it("shows messages until a key is typed", async () => {
    const { cli } = await typed([], "subscribe ch\r");
    await typed(["publish", "ch", "hello"]);
    await settled();
    cli.type("x");
    await settled();
    const reading =
      "\x1b[1;90mReading messages... (press Ctrl-C to quit or any key to type command)\r\x1b[0m";
    const subscribed = "127.0.0.1:6379(subscribed mode)> ";
    expect(cli.output.stdout.slice(cli.output.stdout.indexOf("1) "))).toBe(
      `1) "subscribe"\n2) "ch"\n3) (integer) 1\n${reading}\x1b[K1) "message"\n2) "ch"\n3) "hello"\n${reading}\x1b[K${subscribed}${drawn(subscribed, "x")}`,
    );
  });

  it("leaves messages at ctrl-C, and ends where a command waits", async () => {
    const { cli } = await typed([], "monitor\r", "\x03", "ping\r");
    expect(cli.output.stdout).toContain(`${line("monitor")}OK\n^C${prompt}`);
    expect(cli.output.stdout).toContain(`${line("ping")}PONG\n`);
    const waiting = await typed([], "blpop none 0\r", "\x03");
    expect(await waiting.cli.ended).toBe(1);
  });

  it("says how long a command took that took long", async () => {
    const { cli } = await typed([], "blpop none 2\r");
    await time.advance(2500);
    expect(cli.output.stdout).toMatch(/\(nil\)\n\(2\.\d\ds\)\n127\.0\.0\.1:6379> $/);
  });

  it("goes on without a server", async () => {
    const { shown, cli } = await typed(["-p", "1"], "ping\r", "quit\r");
    const refused = "Could not connect to Redis at 127.0.0.1:1: Connection refused\n";
    expect(cli.output.stderr).toBe(refused + refused);
    expect(shown).toContain("not connected> ");
    expect(await cli.ended).toBe(0);
  });

  it("ends at ctrl-D and ctrl-C", async () => {
    for (const key of ["\x04", "\x03"]) {
      const { shown, cli } = await typed([], key);
      expect(shown).toBe(`${prompt}\n`);
      expect(await cli.ended).toBe(0);
    }
  });

  it("shows replies for people to a command, too, and measures latency until it is stopped", async () => {
    expect((await typed(["lrange", "none", "0", "-1"])).shown).toBe("(empty array)\n");
    const { cli } = await typed(["--latency"]);
    await time.advance(25);
    expect(cli.output.stdout).toContain("\x1b[0G\x1b[2Kmin: 0, max: 0, avg: 0.00 (3 samples)");
    cli.signal(2);
    expect(await cli.ended).toBe(130);
  });
});
