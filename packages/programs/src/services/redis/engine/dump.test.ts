import { expect, it } from "vitest";
import { commandTable } from "../commands/table.js";
import { StringValue } from "../values/value.js";
import { BadDump, dumpOf, loadDump } from "./dump.js";
import { Redis } from "./redis.js";
import { Settings } from "./settings.js";

function server(now = 1_704_067_200_000_000_000n): { readonly redis: Redis; send(line: string): string } {
  const redis = new Redis(
    {
      pid: 1,
      system: "",
      memory: 0,
      executable: "",
      configFile: "",
      now: () => now,
      after: () => () => {},
      log: () => {},
      save: () => true,
      shutdown: () => {},
    },
    commandTable,
    new Settings(),
  );
  let got = "";
  const client = redis.connect({
    remote: "",
    local: "",
    write: (data) => {
      got += Buffer.from(data).toString("latin1");
    },
    close: () => {},
  });
  return {
    redis,
    send(line) {
      got = "";
      client?.receive(Buffer.from(`${line}\r\n`));
      return got;
    },
  };
}

it("what is dumped is there again, with its expiry", () => {
  const { redis, send } = server();
  for (const line of [
    "SET text hello",
    "SET number 12345",
    "SET late x EX 10",
    "SET early x PX 5",
    "RPUSH list a b c",
    "SADD set x y",
    "SADD numbers 1 2 3",
    "HSET hash f v g w",
    "ZADD scores 1.5 one -2 two",
    "SELECT 3",
    `SET big ${"x".repeat(20_000)}`,
  ])
    send(line);
  const file = dumpOf(redis, 1_000_000);
  const other = server(1_704_067_201_000_000_000n);
  expect(loadDump(other.redis, file)).toMatchObject({ keys: 9, expired: 1 });
  expect(other.send("GET text")).toBe("$5\r\nhello\r\n");
  expect(other.send("INCR number")).toBe(":12346\r\n");
  expect(other.send("TTL late")).toBe(":9\r\n");
  expect(other.send("LRANGE list 0 -1")).toBe("*3\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n");
  expect(other.send("OBJECT ENCODING numbers")).toBe("$6\r\nintset\r\n");
  expect(other.send("HGET hash g")).toBe("$1\r\nw\r\n");
  expect(other.send("ZSCORE scores one")).toBe("$3\r\n1.5\r\n");
  other.send("SELECT 3");
  expect(other.send("STRLEN big")).toBe(":20000\r\n");
});

it("a file that is not whole is refused", () => {
  const { redis } = server();
  redis.databases[0]?.put("a", new StringValue("b"));
  const file = dumpOf(redis, 0);
  const changed = file.slice();
  changed[file.length - 12] = (changed[file.length - 12] as number) ^ 1;
  for (const bad of [file.slice(0, -9), changed, Buffer.from("REDIX0011")]) {
    expect(() => loadDump(server().redis, bad)).toThrow(BadDump);
  }
});
