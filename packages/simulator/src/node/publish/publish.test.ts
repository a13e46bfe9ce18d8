import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { buffer, text } from "node:stream/consumers";
import type { Program } from "@dryharbor/kernel";
import { http } from "@dryharbor/programs/http";
import type { Engine } from "@dryharbor/sdk/port";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isSince } from "../../../test/since.js";
import { cellOf, releaseNames } from "../../core/releases/row.js";
import { createSimulator, type Simulator } from "../../simulator.js";
import { type PublishedPorts, publishPorts } from "./publish.js";

/** Answers each connection with what it has received, once that has ended. */
const afterEnd: Program = async ({ network }) => {
  const listener = network.listen(7);
  for (;;) {
    const connection = await listener.accept();
    (async () => {
      const pieces: Uint8Array[] = [];
      for await (const piece of connection.input) pieces.push(piece);
      for (const piece of pieces) await connection.write(piece);
      await connection.write(new TextEncoder().encode("that was all"));
      connection.close();
    })().catch(() => connection.close());
  }
};

/** Resets whoever says something. */
const rude: Program = async ({ network }) => {
  const listener = network.listen(7);
  for (;;) {
    const connection = await listener.accept();
    await connection.read();
    connection.reset();
  }
};

/** What the program that does not read was told when its peer had gone. */
const told: string[] = [];
const deaf: Program = async ({ network }) => {
  const connection = await network.listen(7).accept();
  const flood = new Uint8Array(1_000_000);
  try {
    for (;;) await connection.write(flood);
  } catch (error) {
    told.push((error as Error).message);
  }
  return 3;
};

const echoDatagrams: Program = async ({ network }) => {
  const socket = network.udp({ port: 53 });
  for (;;) {
    const { data, from } = await socket.receive();
    socket.send(new TextEncoder().encode(`${new TextDecoder().decode(data)} back`), from);
  }
};

const images = {
  web: { program: http(80, (request) => new Response(`you asked for ${new URL(request.url).pathname}`)) },
  echo: { program: afterEnd },
  rude: { program: rude },
  deaf: { program: deaf },
  datagrams: { program: echoDatagrams },
};

let simulator: Simulator;
let ports: PublishedPorts | undefined;
const blockers: { close(): unknown }[] = [];

beforeEach(() => {
  simulator = createSimulator({ images });
});
afterEach(async () => {
  ports?.close();
  ports = undefined;
  for (const blocker of blockers.splice(0)) blocker.close();
  await simulator.close();
});

interface Wish {
  readonly port?: string;
  readonly hostPort?: string;
  readonly hostIp?: string;
}

async function create(engine: Engine, name: string, image: string, wish: Wish = {}): Promise<void> {
  const { port = "80/tcp", hostPort = "", hostIp = "" } = wish;
  await engine.containers.create(
    {
      Image: image,
      ExposedPorts: { [port]: {} },
      HostConfig: { PortBindings: { [port]: [{ HostIp: hostIp, HostPort: hostPort }] } },
    },
    { name },
  );
}

async function run(name: string, image: string, wish: Wish = {}): Promise<number> {
  await create(simulator.engine, name, image, wish);
  await simulator.engine.containers.start(name);
  return await portOf(simulator.engine, name, wish.port);
}

async function portOf(engine: Engine, name: string, port = "80/tcp"): Promise<number> {
  const { NetworkSettings } = await engine.containers.inspect(name);
  return Number(NetworkSettings.Ports?.[port]?.[0]?.HostPort);
}

/** Takes a port of this machine as another program would. */
async function block(port: number, host = "127.0.0.1"): Promise<Server> {
  const server = createServer();
  server.listen({ host, port, ipv6Only: true });
  await once(server, "listening");
  blockers.push(server);
  return server;
}

/** Returns a port that is free on this machine. */
async function freePort(): Promise<number> {
  const server = await block(0);
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function connected(port: number, host = "127.0.0.1"): Promise<Socket> {
  const socket = connect({ port, host, allowHalfOpen: true });
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

const refused = { code: "ECONNREFUSED" };

describe("a published TCP port", () => {
  it("is there as long as its container runs, at both loopback addresses", async () => {
    ports = await publishPorts(simulator.host);
    const port = await run("web", "web");
    expect(await (await fetch(`http://127.0.0.1:${port}/one`)).text()).toBe("you asked for /one");
    expect(await (await fetch(`http://[::1]:${port}/two`)).text()).toBe("you asked for /two");
    const { containers } = simulator.engine;
    await containers.stop("web");
    await expect(connected(port)).rejects.toMatchObject(refused);
    await containers.start("web");
    const again = await portOf(simulator.engine, "web");
    expect(again).not.toBe(port);
    expect((await fetch(`http://127.0.0.1:${again}/`)).status).toBe(200);
    await containers.remove("web", { force: true });
    await expect(connected(again)).rejects.toMatchObject(refused);
  });

  it("passes on what is sent, the end of it, and then the answer", async () => {
    ports = await publishPorts(simulator.host);
    const port = await run("echo", "echo", { port: "7/tcp" });
    const sent = Buffer.alloc(3_000_000, "dryharbor ");
    const socket = await connected(port);
    socket.end(sent);
    const received = await buffer(socket);
    expect(received.length).toBe(sent.length + "that was all".length);
    expect(received.subarray(0, sent.length).equals(sent)).toBe(true);
  });

  it("passes on resets as the engine's proxy does, and holds back a writer whom nobody reads", async () => {
    ports = await publishPorts(simulator.host);
    const socket = await connected(await run("rude", "rude", { port: "7/tcp" }));
    socket.write("hello");
    expect(await text(socket)).toBe("");
    socket.destroy();

    const slow = await connected(await run("deaf", "deaf", { port: "7/tcp" }));
    slow.pause();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(100_000_000);
    slow.resetAndDestroy();
    expect(await simulator.engine.containers.wait("deaf")).toMatchObject({ StatusCode: 3 });
    expect(told).toEqual([expect.stringMatching(/ECONNRESET|EPIPE|reset|[Bb]roken/)]);
  });

  it("ends with the server, and so do its connections", async () => {
    ports = await publishPorts(simulator.host);
    const port = await run("echo", "echo", { port: "7/tcp" });
    const socket = await connected(port);
    const closed = new Promise((resolve) => socket.on("close", resolve));
    ports.close();
    socket.resume();
    await closed;
    await expect(connected(port)).rejects.toMatchObject(refused);
    await expect(simulator.engine.containers.restart("echo", { t: 0 })).resolves.not.toThrow();
  });

  it("is opened at loopback alone, and elsewhere only where that is allowed", async () => {
    const hostPort = String(await freePort());
    await create(simulator.engine, "web", "web", { hostPort, hostIp: "172.17.0.1" });
    ports = await publishPorts(simulator.host);
    await simulator.engine.containers.start("web");
    await expect(connected(Number(hostPort))).rejects.toMatchObject(refused);
    await simulator.engine.containers.remove("web", { force: true });
    ports.close();

    ports = await publishPorts(simulator.host, { allowRemote: true });
    const port = await run("web", "web");
    const elsewhere = await block(port, "127.0.0.9").catch((error: NodeJS.ErrnoException) => error.code);
    expect(elsewhere).toBe("EADDRINUSE");
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });

  it("is opened anew by a restart policy and after a change of networks", async () => {
    const { containers, networks } = simulator.engine;
    ports = await publishPorts(simulator.host);
    const hostPort = String(await freePort());
    await containers.create(
      {
        Image: "web",
        ExposedPorts: { "80/tcp": {} },
        HostConfig: {
          PortBindings: { "80/tcp": [{ HostPort: hostPort }] },
          RestartPolicy: { Name: "always" },
        },
      },
      { name: "web" },
    );
    await containers.start("web");
    const answers = async (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${hostPort}/`, { headers: { connection: "close" } }).then(
        ({ ok }) => ok,
        () => false,
      );
    expect(await answers()).toBe(true);
    await networks.create({ Name: "other" });
    await networks.connect("other", { Container: "web" });
    await networks.disconnect("bridge", { Container: "web" });
    expect(await answers()).toBe(true);
    await networks.disconnect("other", { Container: "web" });
    expect(await answers()).toBe(false);
    await networks.connect("other", { Container: "web" });
    expect(await answers()).toBe(true);
    await containers.restart("web", { t: 0 });
    expect(await answers()).toBe(true);
  });

  it("is there again for containers of a stored state, unless it is taken", async () => {
    const hostPort = String(await freePort());
    await run("web", "web", { hostPort });
    const snapshot = simulator.snapshot();
    const programs = { web: images.web.program };
    await using restored = createSimulator({ snapshot, programs });
    ports = await publishPorts(restored.host);
    expect((await fetch(`http://127.0.0.1:${hostPort}/`)).status).toBe(200);
    ports.close();
    await block(Number(hostPort));
    await expect(publishPorts(restored.host)).rejects.toThrow(
      `cannot publish 0.0.0.0:${hostPort}/tcp of the container web: address already in use. Free that port of this machine, or leave publishing out`,
    );
  });
});

describe.each(releaseNames)("a port that another program has, on %s", (release) => {
  beforeEach(async () => {
    await simulator.close();
    simulator = createSimulator({ images, release });
    ports = await publishPorts(simulator.host);
  });

  /** Starts the container `web`, and returns the message of the refusal without ids. */
  async function refusal(): Promise<string> {
    const error = await simulator.engine.containers.start("web").then(
      () => undefined,
      (reason: Error) => reason,
    );
    return (error?.message ?? "started")
      .replace(/.*endpoint web \([0-9a-f]{64}\): /, "")
      .replace(/172\.17\.0\.\d/, "IP");
  }

  it("refuses the start in the engine's words, and nothing is half done", async () => {
    const port = await freePort();
    const blocker = await block(port);
    await create(simulator.engine, "web", "web", { hostPort: String(port) });
    expect(await refusal()).toBe(
      cellOf(
        {
          "20.10": `Error starting userland proxy: listen tcp4 0.0.0.0:${port}: bind: address already in use`,
          "28.5": `failed to bind host port for 0.0.0.0:${port}:IP:80/tcp: address already in use`,
          "29": `failed to bind host port 0.0.0.0:${port}/tcp: address already in use`,
        },
        release,
      ),
    );
    const { State, NetworkSettings } = await simulator.engine.containers.inspect("web");
    expect(State).toMatchObject({ Status: "created", ExitCode: 128 });
    expect(NetworkSettings.Ports).toEqual({});
    await expect(connected(port, "::1")).rejects.toMatchObject(refused);
    await new Promise((resolve) => blocker.close(resolve));
    // 29 has taken it off its network.
    if (isSince(release, "29")) await simulator.engine.networks.connect("bridge", { Container: "web" });
    expect(await refusal()).toBe("started");
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });

  it("refuses by the address that is taken", async () => {
    const port = await freePort();
    await block(port, "::1");
    await create(simulator.engine, "web", "web", { hostPort: String(port) });
    expect(await refusal()).toBe(
      cellOf(
        {
          "20.10": `Error starting userland proxy: listen tcp6 [::]:${port}: bind: address already in use`,
          "28.5": `failed to bind host port for [::]:${port}:IP:80/tcp: address already in use`,
          "29": `failed to bind host port [::]:${port}/tcp: address already in use`,
        },
        release,
      ),
    );
    await expect(connected(port)).rejects.toMatchObject(refused);
  });

  it("passes over ephemeral ports that are taken, up to ten", async () => {
    const first = await run("first", "web");
    await block(first + 1);
    await block(first + 2);
    const second = await run("second", "web");
    expect(second).toBe(first + 3);
    for (let port = second + 1; port <= second + 12; port++) await block(port);
    await create(simulator.engine, "web", "web");
    expect(await refusal()).toBe(
      cellOf(
        {
          "20.10": `Error starting userland proxy: listen tcp4 0.0.0.0:${second + 10}: bind: address already in use`,
          "28.5": "failed to bind host port for 0.0.0.0::IP:80/tcp: address already in use",
          "29": `failed to bind host port 0.0.0.0:${second + 10}/tcp: address already in use`,
        },
        release,
      ),
    );
  });

  it("tries the other ports of a range on 28.5", async () => {
    const port = await freePort();
    await block(port);
    await create(simulator.engine, "web", "web", { hostPort: `${port}-${port + 1}` });
    expect(await refusal()).toBe(
      isSince(release, "28.5")
        ? "started"
        : `Error starting userland proxy: listen tcp4 0.0.0.0:${port}: bind: address already in use`,
    );
    if (isSince(release, "28.5")) expect(await portOf(simulator.engine, "web")).toBe(port + 1);
  });

  it("refuses what another start holds, in the words for that", async () => {
    const hostPort = String(await freePort());
    await run("first", "web", { hostPort });
    await create(simulator.engine, "web", "web", { hostPort });
    expect(await refusal()).toBe(`Bind for 0.0.0.0:${hostPort} failed: port is already allocated`);
  });

  it("gives containers that start at once ports of their own", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `web${index}`);
    for (const name of names) await create(simulator.engine, name, "web");
    await Promise.all(names.map((name) => simulator.engine.containers.start(name)));
    const taken = await Promise.all(names.map((name) => portOf(simulator.engine, name)));
    expect(new Set(taken).size).toBe(10);
    for (const port of taken) expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });
});

describe("a published UDP port", () => {
  it("gives each client its own answers", async () => {
    ports = await publishPorts(simulator.host);
    const port = await run("datagrams", "datagrams", { port: "53/udp" });
    const clients = await Promise.all(
      Array.from({ length: 5 }, async (_, index) => {
        const socket = createSocket("udp4");
        socket.send(`client ${index}`, port, "127.0.0.1");
        const [data] = (await once(socket, "message")) as [Buffer];
        socket.close();
        return data.toString();
      }),
    );
    expect(clients).toEqual(Array.from({ length: 5 }, (_, index) => `client ${index} back`));
  });

  it("is refused where another program has it", async () => {
    const port = await freePort();
    const blocker = createSocket("udp4");
    blocker.bind(port, "127.0.0.1");
    await once(blocker, "listening");
    blockers.push(blocker);
    ports = await publishPorts(simulator.host);
    await expect(run("datagrams", "datagrams", { port: "53/udp", hostPort: String(port) })).rejects.toThrow(
      /failed to bind host port 0\.0\.0\.0:\d+\/udp: address already in use$/,
    );
  });
});

it("publishes once", async () => {
  ports = await publishPorts(simulator.host);
  await expect(publishPorts(simulator.host)).rejects.toThrow(
    "this simulator publishes its ports already: close that server first",
  );
});
