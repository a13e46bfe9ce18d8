// Traffic that comes from the real machine: published ports and DNS, beside what Node does bare.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { encodeMessage, standardQuery } from "@dryharbor/kernel/dns-message";
import type * as Simulator from "@dryharbor/simulator";
import type { Program } from "@dryharbor/simulator";
import type * as SimulatorNode from "@dryharbor/simulator/node";
import { answered } from "./answered.js";
import { most } from "./best.js";

/** Bytes a second, and answers a second. */
export interface OverSockets {
  readonly published: { readonly simulated: number; readonly bare: number };
  readonly datagrams: { readonly simulated: number; readonly bare: number };
}

const piece = Buffer.alloc(65_536);
const pieces = 2_000;

export async function overSockets(
  { createSimulator }: typeof Simulator,
  { serve, dnsServer }: typeof SimulatorNode,
): Promise<OverSockets> {
  const sink: Program = async ({ network }) => {
    const listener = network.listen(9);
    for (;;) {
      const connection = await listener.accept();
      (async () => {
        while (await connection.read());
        connection.close();
      })();
    }
  };
  const simulator = createSimulator({ programs: { sink } });
  const { containers, networks } = simulator.engine;
  await networks.create({ Name: "bench" });
  const directory = mkdtempSync("/tmp/bench-");
  const served = await serve(simulator, { host: `unix://${join(directory, "docker.sock")}`, publish: true });
  const { Id } = await containers.create(
    {
      Image: "busybox",
      Cmd: ["sink"],
      ExposedPorts: { "9/tcp": {} },
      HostConfig: {
        NetworkMode: "bench",
        PortBindings: { "9/tcp": [{ HostIp: "127.0.0.1", HostPort: "" }] },
      },
    },
    { name: "sink" },
  );
  await containers.start(Id);
  const { NetworkSettings } = await containers.inspect(Id);
  const port = Number(NetworkSettings.Ports?.["9/tcp"]?.[0]?.HostPort);
  const last = await listening((socket) => socket.resume());
  const bare = await listening((socket) => {
    const onward = connect(portOf(last));
    socket.pipe(onward).pipe(socket);
  });
  const dns = await dnsServer(simulator, { as: "sink" });
  const query = encodeMessage(standardQuery("sink", "A", 7));
  const reply = (await simulator.resolver("sink"))(query)!.message;
  const responder = createSocket("udp4");
  responder.bind({ address: "127.0.0.1", port: 0 });
  await once(responder, "listening");
  responder.on("message", (message, from) => {
    const answer = Buffer.from(reply);
    message.copy(answer, 0, 0, 2);
    responder.send(answer, from.port, from.address);
  });
  try {
    return {
      published: await most({ simulated: () => sent(port), bare: () => sent(portOf(bare)) }),
      datagrams: await most({
        simulated: () => answered(query, dns.port),
        bare: () => answered(query, responder.address().port),
      }),
    };
  } finally {
    responder.close();
    for (const server of [bare, last]) server.close();
    await dns.close();
    await served.close();
    await simulator.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function listening(each: Parameters<typeof createServer>[1]): Promise<Server> {
  const server = createServer({ allowHalfOpen: false }, each!);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Sends, and waits until the other side has read it all. @returns bytes a second */
async function sent(port: number): Promise<number> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  const began = performance.now();
  for (let at = 0; at < pieces; at++) if (!socket.write(piece)) await once(socket, "drain");
  const closed = once(socket, "close");
  socket.resume().end();
  await closed;
  return (piece.length * pieces) / ((performance.now() - began) / 1000);
}
