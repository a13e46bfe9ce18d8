// Code whose Docker client can be given neither an agent nor a host.
import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach, beforeEach, it } from "node:test";
import { createSimulator } from "@dryharbor/simulator";
import { handlers } from "@dryharbor/simulator/msw";
import Docker from "dockerode";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";

let simulator;
let server;
beforeEach(() => {
  simulator = createSimulator();
  server = setupServer(...handlers(simulator));
  server.listen({ onUnhandledRequest: "error" });
});
afterEach(async () => {
  server.close();
  await simulator.close();
});

const docker = new Docker({ socketPath: "/var/run/docker.sock" });

it("creates, inspects and is refused", async () => {
  const network = await docker.createNetwork({ Name: "backend" });
  assert.equal((await network.inspect()).Driver, "bridge");
  await assert.rejects(docker.getNetwork("nowhere").inspect(), {
    statusCode: 404,
    json: { message: "network nowhere not found" },
  });
});

it("runs a container, waits for it, and reads its log and the output of an exec", async () => {
  const container = await docker.createContainer({
    Image: "busybox",
    Cmd: ["sh", "-c", "echo hello; exec sleep 600"],
  });
  await container.start();
  const exec = await container.exec({ Cmd: ["echo", "from exec"], AttachStdout: true, Tty: true });
  for (const hijack of [true, false]) {
    const again = hijack
      ? exec
      : await container.exec({ Cmd: ["echo", "from exec"], AttachStdout: true, Tty: true });
    const pieces = [];
    for await (const piece of await again.start({ hijack, Tty: true })) pieces.push(piece);
    assert.equal(Buffer.concat(pieces).toString(), "from exec\r\n");
  }
  await container.stop();
  assert.equal((await container.wait()).StatusCode, 137);
  assert.match(String(await container.logs({ stdout: true })), /hello\n$/);
});

it("carries events as they come", async () => {
  const events = await docker.getEvents();
  const first = once(events, "data");
  await docker.createNetwork({ Name: "backend" });
  assert.equal(JSON.parse(String((await first)[0])).Type, "network");
  events.destroy();
});

it("says that input needs the agent", async () => {
  const container = await docker.createContainer({ Image: "busybox", Cmd: ["cat"], OpenStdin: true });
  await container.start();
  await assert.rejects(container.attach({ stream: true, hijack: true, stdin: true, stdout: true }), {
    statusCode: 501,
  });
});

it("takes fetch to the simulator, by the hosts that it is given", async () => {
  const created = await fetch("http://localhost:2375/networks/create", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ Name: "backend" }),
  });
  assert.equal(created.status, 201);
  server.resetHandlers(...handlers(simulator, { hosts: ["tcp://engine:4000"] }));
  assert.equal(await (await fetch("http://engine:4000/_ping")).text(), "OK");
  await assert.rejects(fetch("http://localhost:2375/_ping"));
});

it("lets handlers of one's own go first", async () => {
  const own = http.get("http://localhost/_ping", () => HttpResponse.text("mine"));
  server.resetHandlers(own, ...handlers(simulator));
  assert.equal(String(await docker.ping()), "mine");
});
