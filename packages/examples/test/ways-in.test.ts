import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collectOutput, type Engine, type NetworkInspect, openEngine, run } from "@dryharbor/sdk";
import { createSimulator, type Fault, type Simulator, virtualTime } from "@dryharbor/simulator";
import { handlers } from "@dryharbor/simulator/msw";
import { agent, serve } from "@dryharbor/simulator/node";
import { test } from "@dryharbor/simulator/vitest";
import Docker, { type DockerOptions } from "dockerode";
import { setupServer } from "msw/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

// The snippets of README.md and of the simulator's README, each as a test.

let simulator: Simulator;
beforeEach(() => {
  simulator = createSimulator();
});
afterEach(() => simulator.close());

it("README.md: use it", async () => {
  const engine = await openEngine("simulator:29"); // with no argument: the engine that `docker` would use

  await engine.networks.create({ Name: "backend" });
  const sleeper = { Image: "busybox", Cmd: ["sleep", "3600"], HostConfig: { NetworkMode: "backend" } };
  await run(engine, sleeper, { name: "redis", detach: true });
  await run(engine, sleeper, { name: "web", detach: true });
  const answer = await engine.dns.resolve("web", { name: "redis" });
  console.log(answer); // { status: "found", records: ["172.18.0.2"] }
  expect(answer).toEqual({
    status: "found",
    records: ["172.18.0.2"],
  });
});

it("createSimulator", async () => {
  const simulator = createSimulator({ release: "29" });
  const { engine } = simulator; // the port of @dryharbor/sdk

  await engine.networks.create({ Name: "backend" });
  const { Id } = await engine.containers.create(
    { Image: "busybox", Cmd: ["sleep", "3600"], HostConfig: { NetworkMode: "backend" } },
    { name: "redis" },
  );
  await engine.containers.start(Id);
  const answer = await engine.dns.resolve("redis", { name: "redis" });
  console.log(answer); // { status: 'found', records: [ '172.18.0.2' ] }
  expect(answer).toEqual({ status: "found", records: ["172.18.0.2"] });
});

it("programs", async () => {
  const { engine } = createSimulator({
    programs: {
      redis: async ({ stdout, sleep }) => {
        stdout("Ready to accept connections\n");
        await sleep(Infinity);
        return 0;
      },
    },
    images: { busybox: {}, "redis:7": { config: { Cmd: ["redis"] } } },
  });
  const { id } = await run(engine, { Image: "redis:7" }, { detach: true });
  expect((await collectOutput(await engine.containers.logs(id))).stdout).toBe(
    "Ready to accept connections\n",
  );
});

it("files of the host", async () => {
  simulator.host.files.makeDirectories("/srv/html");
  simulator.host.files.write("/srv/html/index.html", "hello\n");
  // docker run -v /srv/html:/html busybox cat /html/index.html
  const { stdout } = await run(simulator.engine, {
    Image: "busybox",
    Cmd: ["cat", "/html/index.html"],
    HostConfig: { Binds: ["/srv/html:/html"] },
  });
  expect(stdout).toBe("hello\n");
});

it("openEngine", async () => {
  const engine = await openEngine("simulator:29");
  await engine.networks.create({ Name: "backend" });
  expect((await engine.system.version()).Version).toMatch(/^29/);
});

it("agent", async () => {
  const docker = new Docker({
    protocol: "http",
    host: "simulator",
    agent: agent(simulator),
  } as DockerOptions);
  await docker.createNetwork({ Name: "backend" });
  expect((await simulator.engine.networks.inspect("backend")).Name).toBe("backend");
});

it("serve", async () => {
  const directory = await mkdtemp(join(tmpdir(), "ways-in-"));
  const { DOCKER_HOST: before } = process.env;
  const served = await serve(simulator, { host: `unix://${directory}/docker.sock` });
  process.env.DOCKER_HOST = served.host; // for this process and those that it starts
  await using engine = await openEngine();
  expect((await engine.system.ping()).ApiVersion).toBe("1.55");
  await served.close();
  if (before === undefined) delete process.env.DOCKER_HOST;
  else process.env.DOCKER_HOST = before;
  await rm(directory, { recursive: true });
});

it("msw", async () => {
  const server = setupServer(...handlers(simulator)); // the default sockets and port 2375; or name `hosts`
  server.listen();
  await new Docker({ socketPath: "/var/run/docker.sock" }).createNetwork({ Name: "backend" });
  expect((await simulator.engine.networks.inspect("backend")).Name).toBe("backend");
  server.close();
});

it("fetch", async () => {
  const response = await simulator.fetch(new Request("http://docker/v1.44/networks/bridge"));
  const { IPAM } = (await response.json()) as NetworkInspect;
  expect(IPAM.Config).toEqual([{ Subnet: "172.17.0.0/16", Gateway: "172.17.0.1" }]);
});

it("forks", async () => {
  const directory = await mkdtemp(join(tmpdir(), "ways-in-"));
  const host = `unix://${directory}/docker.sock`;
  await simulator.engine.networks.create({ Name: "backend" });
  await using before = await simulator.fork(); // a state to come back to
  const served = await serve(await before.fork(), { host });
  await served.replace(await before.fork()); // the same address, as if nothing had happened
  for (let turn = 0; turn < 2; turn++) {
    // A replacement ends connections, as a restart of an engine does.
    await using engine = await openEngine(host);
    await engine.networks.remove("backend");
    await served.replace(await before.fork());
  }
  await served.close();
  await rm(directory, { recursive: true });
});

// networks.test.ts, for `npx vitest run`
// What is tested: it takes an engine, and does not know which.
async function setUp(engine: Engine): Promise<void> {
  await engine.networks.create({ Name: "backend" });
}

test("sets up its networks", async ({ engine, expect }) => {
  await setUp(engine);
  expect(await engine.networks.inspect("backend")).toMatchObject({ Driver: "bridge" });
});

describe("on an old engine", () => {
  test.override({ simulatorOptions: { release: "20.10", seed: 7 } });

  test("sets them up, too", async ({ dockerHost, expect }) => {
    await setUp(await openEngine(dockerHost));
    expect(dockerHost).toMatch(/^unix:/);
  });
});

async function deploy(engine: Engine): Promise<void> {
  await engine.networks.connect("frontend", { Container: "redis" });
}

describe("calls and faults", () => {
  beforeEach(async () => {
    await simulator.engine.networks.create({ Name: "frontend" });
    await simulator.engine.containers.create({ Image: "busybox", Cmd: ["sleep", "9"] }, { name: "redis" });
  });

  it("calls", async () => {
    await deploy(simulator.engine);
    expect(simulator.calls).toContainEqual(
      expect.objectContaining({ call: "networks.connect", arguments: ["frontend", { Container: "redis" }] }),
    );
  });

  it("faults", async () => {
    await using fault = await simulator.faults.add({
      call: "networks.connect",
      where: { container: "redis" },
      times: 1,
      error: { status: 500, message: "no more endpoints" },
    });
    await expect(deploy(simulator.engine)).rejects.toThrow("no more endpoints");
    await deploy(simulator.engine); // the second time it works
    expect(fault.struck).toBe(1);
  });

  it("virtual time", async () => {
    const time = virtualTime();
    const slow = createSimulator({ time });
    await slow.faults.add({ call: "networks.list", late: 60_000 });
    const answer = slow.engine.networks.list({ abortSignal: AbortSignal.timeout(10_000) });
    await time.advance(60_000);
    await answer;
    expect(await answer).toHaveLength(3);
    await slow.close();
  });

  // Each fault that the table of the README shows is one.
  it("the table", async () => {
    const readme = await readFile(new URL("../../../packages/simulator/README.md", import.meta.url), "utf8");
    const section = readme.slice(readme.indexOf("## Calls and faults"), readme.indexOf("## Serve"));
    const shown = [...section.matchAll(/`(\{ [a-z]+: .*?\})`/g)].map(([, text]) => text!);
    expect(shown.length).toBeGreaterThan(7);
    for (const text of shown) {
      const fault = await simulator.faults.add(Function(`return ${text}`)() as Fault);
      await fault.remove();
    }
  });
});

it.each([
  { file: "README.md", atLeast: 1 },
  { file: "packages/simulator/README.md", atLeast: 9 },
])("$file has no other snippet", async ({ file, atLeast }) => {
  const readme = await readFile(new URL(`../../../${file}`, import.meta.url), "utf8");
  const own = bare(await readFile(new URL(import.meta.url), "utf8"));
  const snippets = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code!);
  expect(snippets.length).toBeGreaterThanOrEqual(atLeast);
  for (const snippet of snippets) {
    // The imports here may name more.
    const code = snippet.replace(/^import .*\n/gm, "");
    expect(own, snippet).toContain(bare(code));
  }
});

/** Removes whitespace and the commas that the formatter adds to long lines. */
function bare(code: string): string {
  return code.replace(/\s+/g, "").replace(/,(?=[})\]])/g, "");
}
