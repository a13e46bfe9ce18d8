// Real clients against the simulated Redis: Debian's redis-tools, and the npm package redis. A bridge of node:net
// carries their connections to the program.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { promisify } from "node:util";
import { FileError } from "@dryharbor/kernel";
import { systemTime } from "@dryharbor/kernel/host";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { redisServer } from "../../src/services/redis/program/redis-server.js";
import { type TestMachine, testMachine } from "./machine.js";

const run = promisify(execFile);
const hasTools = await run("redis-cli", ["--version"]).then(
  () => true,
  () => false,
);

/** Carries connections of this machine's loopback to the port 6379 of a simulated one. */
async function bridge({ network }: TestMachine): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer(async (socket) => {
    socket.on("error", () => {});
    const connection = await network.connect("127.0.0.1", 6379);
    socket.on("data", (data) => void connection.write(data).catch(() => {}));
    socket.on("close", () => connection.close());
    try {
      for await (const data of connection.input) if (!socket.write(data)) await once(socket, "drain");
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
    socket.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

let server: Server;
let port: number;

beforeAll(async () => {
  const machine = testMachine(systemTime);
  machine.run(redisServer, ["redis-server"]);
  ({ server, port } = await bridge(machine));
});
afterAll(() => {
  server.close();
});

describe.skipIf(!hasTools)("Debian's redis-tools (skipped where redis-cli is not installed)", () => {
  const cli = async (...args: string[]): Promise<string> => {
    const { stdout } = await run("redis-cli", ["-p", String(port), "--no-raw", ...args]);
    return stdout;
  };

  it("redis-cli shows what it shows of a real server", async () => {
    expect(await cli("ping")).toBe("PONG\n");
    expect(await cli("set", "greeting", "hello world")).toBe("OK\n");
    expect(await cli("get", "greeting")).toBe('"hello world"\n');
    expect(await cli("rpush", "list", "a", "b")).toBe("(integer) 2\n");
    expect(await cli("lrange", "list", "0", "-1")).toBe('1) "a"\n2) "b"\n');
    expect(await cli("lpush", "greeting", "x")).toBe(
      "(error) WRONGTYPE Operation against a key holding the wrong kind of value\n",
    );
    expect(await cli("-3", "hset", "hash", "f", "v")).toBe("(integer) 1\n");
    expect(await cli("-3", "hgetall", "hash")).toBe('1# "f" => "v"\n');
    expect(await cli("--scan")).toBe('"greeting"\n"list"\n"hash"\n');
    expect(await cli("info", "server")).toContain("redis_version:7.4.1\r\n");
    expect(await cli("--bigkeys")).toContain("Sampled 3 keys in the keyspace!");
  });

  it("redis-benchmark gets through its tests, with pipelines, large values and random keys", async () => {
    const benchmark = async (...args: string[]): Promise<string> =>
      (await run("redis-benchmark", ["-p", String(port), "-q", "-n", "200", ...args])).stdout;
    const all = await benchmark("-c", "20");
    for (const name of [
      "PING_INLINE",
      "PING_MBULK",
      "SET",
      "GET",
      "INCR",
      "LPUSH",
      "SPOP",
      "ZADD",
      "LRANGE_600",
      "MSET",
    ]) {
      expect(all).toMatch(new RegExp(`${name}[^\n]*: [\\d.]+ requests per second`));
    }
    expect(await benchmark("-t", "set,get", "-P", "16", "-r", "1000", "-d", "20000")).toContain("GET: ");
  }, 120_000);
});

describe("the npm package redis", () => {
  it.each([2, 3] as const)("works in version %i of the protocol", async (RESP) => {
    const client = createClient({ url: `redis://127.0.0.1:${port}`, RESP });
    const other = client.duplicate();
    await Promise.all([client.connect(), other.connect()]);
    await client.flushAll();
    await client.set("a", "1", { expiration: { type: "EX", value: 100 } });
    expect(await client.ttl("a")).toBeGreaterThan(90);
    expect(await client.incrBy("a", 41)).toBe(42);
    await client.hSet("user", { name: "Ada", city: "Ulm" });
    expect({ ...(await client.hGetAll("user")) }).toEqual({ name: "Ada", city: "Ulm" });
    await client.zAdd("scores", [
      { score: 1.5, value: "one" },
      { score: 2, value: "two" },
    ]);
    expect(await client.zRangeWithScores("scores", 0, -1)).toEqual([
      { value: "one", score: 1.5 },
      { value: "two", score: 2 },
    ]);
    expect(await client.multi().set("b", "2").get("b").exec()).toEqual(["OK", "2"]);

    const heard = new Promise((resolve) => void other.subscribe("news", (message) => resolve(message)));
    while ((await client.publish("news", "hello")) === 0);
    expect(await heard).toBe("hello");

    const popped = client.duplicate();
    await popped.connect();
    const item = popped.blPop("queue", 0);
    await client.rPush("queue", "job");
    expect(await item).toEqual({ key: "queue", element: "job" });

    const keys: string[] = [];
    for await (const some of client.scanIterator({ MATCH: "*" })) keys.push(...some);
    expect(keys.sort()).toEqual(["a", "b", "scores", "user"]);
    await expect(client.sendCommand(["NOSUCH"])).rejects.toThrow("ERR unknown command 'NOSUCH'");
    for (const each of [client, other, popped]) each.destroy();
  });
});
