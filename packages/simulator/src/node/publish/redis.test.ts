// Real clients over a published port: Debian's redis-cli and redis-benchmark, and the npm package redis.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../simulator.js";
import { type PublishedPorts, publishPorts } from "./publish.js";

const run = promisify(execFile);
const hasTools = await run("redis-benchmark", ["--version"]).then(
  () => true,
  () => false,
);

let simulator: Simulator;
let ports: PublishedPorts;
let port: number;

beforeAll(async () => {
  simulator = createSimulator();
  ports = await publishPorts(simulator.host);
  const { engine } = simulator;
  await engine.images.pull("redis:7");
  const { Id } = await engine.containers.create({
    Image: "redis:7",
    HostConfig: { PortBindings: { "6379/tcp": [{ HostPort: "" }] } },
  });
  await engine.containers.start(Id);
  const { NetworkSettings } = await engine.containers.inspect(Id);
  port = Number(NetworkSettings.Ports?.["6379/tcp"]?.[0]?.HostPort);
}, 60_000);
afterAll(async () => {
  ports.close();
  await simulator.close();
}, 60_000);

describe.skipIf(!hasTools)("Debian's redis-tools (skipped where redis-benchmark is not installed)", () => {
  it("redis-cli asks it", async () => {
    const { stdout } = await run("redis-cli", ["-p", String(port), "incr", "visits"]);
    expect(stdout).toBe("1\n");
  });

  it("redis-benchmark runs all its tests", async () => {
    const { stdout, stderr } = await run("redis-benchmark", ["-p", String(port), "-n", "200", "-q", "--csv"]);
    expect(stderr).toBe("");
    const names = [...stdout.matchAll(/^"([^"]*)","[\d.]+"/gm)].map(([, name]) => name);
    expect(names).toEqual([
      ...[
        "PING_INLINE",
        "PING_MBULK",
        "SET",
        "GET",
        "INCR",
        "LPUSH",
        "RPUSH",
        "LPOP",
        "RPOP",
        "SADD",
        "HSET",
      ],
      ...["SPOP", "ZADD", "ZPOPMIN", "LPUSH (needed to benchmark LRANGE)"],
      ...["LRANGE_100 (first 100 elements)", "LRANGE_300 (first 300 elements)"],
      ...["LRANGE_500 (first 500 elements)", "LRANGE_600 (first 600 elements)", "MSET (10 keys)"],
    ]);
  }, 30_000);
});

it("the npm package redis sets, gets, subscribes and runs a transaction", async () => {
  const client = createClient({ url: `redis://127.0.0.1:${port}` });
  await client.connect();
  const subscriber = client.duplicate();
  await subscriber.connect();
  const heard = new Promise<string>((resolve) => {
    void subscriber.subscribe("news", resolve).then(() => client.publish("news", "hello"));
  });
  expect(await heard).toBe("hello");
  await client.set("greeting", "hi", { EX: 60 });
  expect(await client.get("greeting")).toBe("hi");
  expect(await client.multi().incr("count").incr("count").exec()).toEqual([1, 2]);
  await client.hSet("user", { name: "Ada", born: "1815" });
  expect({ ...(await client.hGetAll("user")) }).toEqual({ name: "Ada", born: "1815" });
  await subscriber.close();
  await client.close();
}, 30_000);
