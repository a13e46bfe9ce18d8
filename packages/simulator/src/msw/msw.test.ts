import { once } from "node:events";
import http from "node:http";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { dockerEngine } from "@dryharbor/sdk/docker";
import { UsageError } from "@dryharbor/sdk/port";
import Docker from "dockerode";
import { HttpResponse, http as handlerFor } from "msw";
import { type SetupServer, setupServer } from "msw/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../simulator.js";
import { handlers } from "./index.js";

let simulator: Simulator;
let server: SetupServer;

beforeEach(() => {
  simulator = createSimulator();
  server = setupServer(...handlers(simulator));
  server.listen({ onUnhandledRequest: "error" });
});
afterEach(async () => {
  server.close();
  await simulator.close();
});

const places: Record<string, Docker.DockerOptions> = {
  "a unix socket": { socketPath: "/var/run/docker.sock" },
  "a port of this machine": { host: "127.0.0.1", port: 2375 },
  "another host": { protocol: "http", host: "docker", port: 80 },
};

describe.each(Object.entries(places))("dockerode on %s", (_, place) => {
  const docker = new Docker(place);

  it("creates, inspects and is refused", async () => {
    const network = await docker.createNetwork({ Name: "backend" });
    expect(await network.inspect()).toMatchObject({ Name: "backend", Driver: "bridge" });
    await expect(docker.getNetwork("nowhere").inspect()).rejects.toMatchObject({
      statusCode: 404,
      json: { message: "network nowhere not found" },
    });
    await expect(docker.createNetwork({ Name: "backend" })).rejects.toMatchObject({ statusCode: 409 });
  });

  it("runs a container, waits for it and reads its log", async () => {
    const container = await docker.createContainer({ Image: "busybox", Cmd: ["echo", "hello"], Tty: true });
    await container.start();
    expect(await container.wait()).toMatchObject({ StatusCode: 0 });
    expect(String(await container.logs({ stdout: true }))).toBe("hello\r\n");
  });
});

const docker = new Docker(places["a unix socket"]);

async function running(request: object = {}): Promise<Docker.Container> {
  const container = await docker.createContainer({ Image: "busybox", Cmd: ["sleep", "600"], ...request });
  await container.start();
  return container;
}

it("carries the output of an exec, whether its client asks for an upgrade or not", async () => {
  const container = await running();
  for (const hijack of [true, false]) {
    const exec = await container.exec({ Cmd: ["echo", "hello"], AttachStdout: true, Tty: true });
    expect(await text((await exec.start({ hijack, Tty: true })) as Readable)).toBe("hello\r\n");
  }
});

it("carries events as they come", async () => {
  const events = (await docker.getEvents()) as Readable;
  const first = once(events, "data");
  await docker.createNetwork({ Name: "backend" });
  expect(JSON.parse(String((await first)[0]))).toMatchObject({ Type: "network", Action: "create" });
  events.destroy();
});

it("says that input needs the agent", async () => {
  const container = await running({ OpenStdin: true, Cmd: ["cat"] });
  const pointer = { statusCode: 501, message: expect.stringContaining("agent(simulator)") };
  const attached = container.attach({ stream: true, hijack: true, stdin: true, stdout: true });
  await expect(attached).rejects.toMatchObject(pointer);
  const exec = await container.exec({ Cmd: ["cat"], AttachStdin: true, AttachStdout: true });
  await expect(exec.start({ hijack: true, stdin: true })).rejects.toMatchObject(pointer);
});

it("takes fetch and the bare client of Node to the simulator", async () => {
  const created = await fetch("http://localhost:2375/v1.44/networks/create", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ Name: "backend" }),
  });
  expect([created.status, created.headers.get("Api-Version")]).toEqual([201, "1.55"]);
  const [response] = (await once(
    http.get({ socketPath: "/run/podman.sock", path: "/networks/backend" }),
    "response",
  )) as [http.IncomingMessage];
  expect(JSON.parse(await text(response))).toMatchObject({ Name: "backend" });
});

it("serves the docker driver of the SDK", async () => {
  await using engine = dockerEngine({ docker });
  await engine.networks.create({ Name: "backend" });
  await expect(engine.networks.remove("nowhere")).rejects.toThrow("network nowhere not found");
  expect((await engine.networks.list()).map(({ Name }) => Name)).toContain("backend");
});

it("takes the hosts that it is given, and no other", async () => {
  server.resetHandlers(...handlers(simulator, { hosts: ["tcp://engine:4000"] }));
  expect(await (await fetch("http://engine:4000/_ping")).text()).toBe("OK");
  await expect(fetch("http://engine:4001/_ping")).rejects.toThrow();
  await expect(docker.ping()).rejects.toThrow();
  expect(() => handlers(simulator, { hosts: ["http://engine/prefix"] })).toThrow(UsageError);
  expect(() => handlers(simulator, { hosts: ["docker.sock"] })).toThrow(UsageError);
});

it("lets handlers of one's own go first", async () => {
  const own = handlerFor.get("http://localhost/_ping", () => HttpResponse.text("mine"));
  server.resetHandlers(own, ...handlers(simulator));
  expect(String(await docker.ping())).toBe("mine");
  expect(await docker.listImages()).not.toEqual([]);
});
