import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulator } from "@dryharbor/simulator";
import { type Served, serve } from "@dryharbor/simulator/node";
import { GenericContainer, Network, Wait } from "testcontainers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const simulator = createSimulator();
let served: Served;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "testcontainers-"));
  // With `publish`, mapped ports answer on this machine, as testcontainers expects of them.
  served = await serve(simulator, { host: `unix://${directory}/docker.sock`, publish: true });
  vi.stubEnv("DOCKER_HOST", served.host);
  // Ryuk removes what a killed test leaves behind. Here all of it is gone with the process.
  vi.stubEnv("TESTCONTAINERS_RYUK_DISABLED", "true");
  vi.stubEnv("TESTCONTAINERS_HOST_OVERRIDE", "127.0.0.1");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await served.close();
  await simulator.close();
  await rm(directory, { recursive: true });
});

test("a web server and a cache, as any test of testcontainers starts them", async () => {
  const network = await new Network().start();
  const cache = await new GenericContainer("redis:7")
    .withNetwork(network)
    .withNetworkAliases("cache")
    .withWaitStrategy(Wait.forLogMessage("Ready to accept connections"))
    .start();
  const web = await new GenericContainer("nginx")
    .withNetwork(network)
    .withExposedPorts(80)
    .withWaitStrategy(Wait.forHttp("/", 80))
    .start();

  const page = await fetch(`http://${web.getHost()}:${web.getMappedPort(80)}/`);
  expect(await page.text()).toContain("Welcome to nginx!");
  expect((await cache.exec(["redis-cli", "set", "ship", "moored"])).output).toBe("OK\n");
  expect((await cache.exec(["redis-cli", "-h", "cache", "get", "ship"])).output).toBe("moored\n");

  for (const container of [web, cache]) await container.stop({ timeout: 0 });
  await network.stop();
  expect(await simulator.engine.containers.list({ all: true })).toEqual([]);
});
