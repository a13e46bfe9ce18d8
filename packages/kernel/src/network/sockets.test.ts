import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProcessNetwork } from "../processes/process-network.js";
import { virtualTime } from "../time/time.js";
import { knownAddress } from "./namespace.js";
import type { Hop, Outgoing, Passage, Router } from "./router.js";
import type { Capture, Connection } from "./sockets.js";
import { NetworkStack } from "./stack.js";

const one = "10.0.0.1";
const other = "10.0.0.2";
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array | undefined): string => new TextDecoder().decode(data);

/** Two namespaces on one link, and what the link does. */
function link() {
  const time = virtualTime();
  let fate: Exclude<Passage["kind"], "no-route"> = "delivered";
  let generation = 0;
  const stacks = new Map<string, NetworkStack>();
  const hop = (address: string): Hop => ({ device: "eth0", address, mac: "02:42:0a:00:00:01" });
  const router: Router = {
    get generation() {
      return generation;
    },
    route(from: NetworkStack, { source, destination }: Outgoing): Passage {
      const local = source ?? ([...stacks].find(([, stack]) => stack === from)?.[0] as string);
      const target = destination.address.startsWith("127.") ? from : stacks.get(destination.address);
      const out = hop(destination.address);
      const lost = { local, out, routers: [] };
      if (fate === "rejected") return { kind: fate, ...lost, by: "10.0.0.254", code: 0 };
      if (!target)
        return destination.address.startsWith("9.")
          ? { kind: "no-route", error: "ENETUNREACH" }
          : { kind: "unresolved", ...lost, out: { ...out, mac: "" } };
      if (fate !== "delivered") return { kind: fate, ...lost };
      return { kind: fate, local, out, to: target, source: local, destination, in: hop(local), routers: [] };
    },
  };
  const network = (address: string): ProcessNetwork => {
    const stack = new NetworkStack({
      router,
      time,
      namespace: () => ({
        interfaces: [
          {
            name: "eth0",
            mac: "02:42:0a:00:00:01",
            addresses: [
              { address: knownAddress(address), subnet: { address: knownAddress("10.0.0.0"), bits: 24 } },
            ],
            index: 2,
            mtu: 1500,
            received: { bytes: 0, packets: 0 },
            sent: { bytes: 0, packets: 0 },
          },
        ],
        routes: [],
        loopback6: true,
      }),
    });
    stacks.set(address, stack);
    return new ProcessNetwork(stack, { pid: 1, running: () => undefined, atEnd: () => () => {} });
  };
  return {
    time,
    client: network(one),
    server: network(other),
    /** Lets packets have another fate from now on. */
    becomes(next: typeof fate): void {
      fate = next;
      generation++;
    },
  };
}

async function pair() {
  const net = link();
  const listener = net.server.listen(80);
  const near = await net.client.connect(other, 80);
  const far = await listener.accept();
  return { ...net, listener, near, far };
}

/** Lets this many seconds pass until a promise settles, and returns its error's code and the seconds that it took. */
async function failure(
  time: ReturnType<typeof virtualTime>,
  promise: Promise<unknown>,
): Promise<[string, number]> {
  const began = time.now();
  const settled = promise.then(
    () => ["none", time.now()] as const,
    (error: { code: string }) => [error.code, time.now()] as const,
  );
  await time.advance(2_000_000);
  const [code, at] = await settled;
  return [code, Math.round(Number(at - began) / 1e9)];
}

describe("neighbours", () => {
  it("are known at both ends after a connection that was refused", async () => {
    const net = link();
    await expect(net.client.connect(other, 80)).rejects.toThrow("Connection refused");
    expect(net.client.neighbours().map(({ address }) => address)).toEqual([other]);
    expect(net.server.neighbours().map(({ address }) => address)).toEqual([one]);
  });
});

describe("TCP", () => {
  it("carries bytes both ways, with an ephemeral port at the client", async () => {
    const { near, far } = await pair();
    expect(near.local).toEqual({ address: one, port: 32_768 });
    expect(far.remote).toEqual(near.local);
    await near.write(bytes("ping"));
    expect(text(await far.read())).toBe("ping");
    await far.write(bytes("pong"));
    expect(text(await near.read(2))).toBe("po");
    expect(text(await near.read())).toBe("ng");
  });

  it("closes each direction by itself", async () => {
    const { near, far } = await pair();
    near.end();
    expect(await far.read()).toBeUndefined();
    await expect(near.write(bytes("x"))).rejects.toMatchObject({ code: "EPIPE" });
    await far.write(bytes("late"));
    far.close();
    expect(text(await near.read())).toBe("late");
    expect(await near.read()).toBeUndefined();
  });

  it("resets when a socket is closed with unread bytes, after what has arrived was read", async () => {
    const { near, far } = await pair();
    await far.write(bytes("arrived"));
    await near.write(bytes("unread"));
    far.close();
    expect(text(await near.read())).toBe("arrived");
    await expect(near.read()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(await near.read()).toBeUndefined();
    await expect(near.write(bytes("x"))).rejects.toMatchObject({ code: "EPIPE" });
  });

  it("reads the end of the other side also when a reset came after it, as Linux does", async () => {
    const { near, far } = await pair();
    far.close();
    await near.write(bytes("x"));
    expect(await near.read()).toBeUndefined();
    await expect(near.write(bytes("y"))).rejects.toMatchObject({ code: "EPIPE" });
  });

  it("answers bytes for a closed socket with a reset", async () => {
    const { near, far } = await pair();
    far.close();
    expect(await near.read()).toBeUndefined();
    await near.write(bytes("x"));
    await expect(near.write(bytes("y"))).rejects.toMatchObject({ code: "EPIPE" });
  });

  it("refuses where nobody listens", async () => {
    const { client } = link();
    await expect(client.connect(other, 80)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await expect(client.connect("9.9.9.9", 80)).rejects.toMatchObject({ code: "ENETUNREACH" });
  });

  it("gives up after the times of Linux", async () => {
    const { client, server, time, becomes } = link();
    server.listen(80);
    expect(await failure(time, client.connect("10.0.0.9", 80))).toEqual(["EHOSTUNREACH", 3]);
    becomes("dropped");
    expect(await failure(time, client.connect(other, 80))).toEqual(["ETIMEDOUT", 135]);
    expect(await failure(time, client.connect(other, 80, { within: 5_000 }))).toEqual(["ETIMEDOUT", 5]);
    becomes("rejected");
    expect(await failure(time, client.connect(other, 80))).toEqual(["ENETUNREACH", 0]);
  });

  it("lets as many connections wait as the backlog says, and one more", async () => {
    const { client, server, time } = link();
    const listener = server.listen(80, { backlog: 1 });
    await client.connect(other, 80);
    const second = await client.connect(other, 80);
    expect(await failure(time, client.connect(other, 80))).toEqual(["ETIMEDOUT", 135]);
    const third = client.connect(other, 80);
    await listener.accept();
    await time.advance(1_000);
    await third;
    listener.close();
    await expect(second.read()).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  it("keeps what is written until the way is open again, and gives up after a quarter of an hour", async () => {
    const { near, far, time, becomes } = await pair();
    becomes("dropped");
    await near.write(bytes("held"));
    await time.advance(60_000);
    becomes("delivered");
    await time.advance(120_000);
    expect(text(await far.read())).toBe("held");
    becomes("dropped");
    await near.write(bytes("lost"));
    const [code, seconds] = await failure(time, near.read());
    expect(code).toBe("ETIMEDOUT");
    expect(seconds).toBeGreaterThan(900);
    expect(seconds).toBeLessThan(960);
  });

  it("holds a writer back whose reader does not read", async () => {
    const { near, far } = await pair();
    const megabyte = new Uint8Array(1 << 20);
    let isWritten = false;
    const written = near.write(megabyte).then(() => {
      isWritten = true;
    });
    await new Promise((resolve) => setTimeout(resolve));
    expect(isWritten).toBe(false);
    let read = 0;
    near.end();
    for (let data = await far.read(); data; data = await far.read()) read += data.length;
    await written;
    expect(read).toBe(megabyte.length);
  });

  it("shows its sockets, and remembers a closed connection for a minute", async () => {
    const { client, server, near, far, time } = await pair();
    const states = (network: ProcessNetwork): string[] => network.sockets().map(({ state }) => state);
    expect(states(client)).toEqual(["ESTABLISHED"]);
    expect(states(server)).toEqual(["LISTEN", "ESTABLISHED"]);
    near.close();
    expect(states(client)).toEqual(["FIN_WAIT2"]);
    expect(states(server)).toEqual(["LISTEN", "CLOSE_WAIT"]);
    far.close();
    expect(states(client)).toEqual(["TIME_WAIT"]);
    expect(states(server)).toEqual(["LISTEN"]);
    await time.advance(60_000);
    expect(states(client)).toEqual([]);
  });

  it("binds ports as Linux does", async () => {
    const { server } = link();
    server.listen(80, { address: "127.0.0.1" });
    server.listen(80, { address: other });
    expect(() => server.listen(80)).toThrow("Address already in use");
    expect(() => server.listen(81, { address: "10.9.9.9" })).toThrow("Cannot assign requested address");
    server.listen(82, { address: "::" });
    expect(() => server.listen(82)).toThrow("Address already in use");
  });

  it("tells nobody when its namespace goes", async () => {
    const { server, near, time } = await pair();
    server.stack.close();
    await near.write(bytes("x"));
    expect((await failure(time, near.read()))[0]).toBe("ETIMEDOUT");
  });

  it("delivers every byte in its order, however both sides write, read and end", async () => {
    const step = fc.record({
      side: fc.constantFrom("near", "far"),
      does: fc.oneof(
        { weight: 4, arbitrary: fc.record({ write: fc.integer({ min: 1, max: 200_000 }) }) },
        { weight: 3, arbitrary: fc.record({ read: fc.integer({ min: 1, max: 200_000 }) }) },
        { weight: 1, arbitrary: fc.constantFrom("end" as const, "cut" as const, "heal" as const) },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { near, far, time, becomes } = await pair();
        const sides = {
          near: { socket: near, wrote: 0, read: 0, ended: false },
          far: { socket: far, wrote: 0, read: 0, ended: false },
        };
        /** The byte at a place in a stream tells the place. */
        const part = (from: number, length: number): Uint8Array =>
          Uint8Array.from({ length }, (_, at) => (from + at) % 251);
        const take = (side: (typeof sides)["near"], data: Uint8Array): void => {
          const from = side.read;
          const wrong = data.findIndex((byte, at) => byte !== (from + at) % 251);
          expect(wrong).toBe(-1);
          side.read += data.length;
        };
        for (const { side: name, does } of steps) {
          const side = sides[name as "near" | "far"];
          if (does === "cut") becomes("dropped");
          else if (does === "heal") becomes("delivered");
          else if (does === "end") {
            side.ended = true;
            side.socket.end();
          } else if ("write" in does) {
            if (side.ended) continue;
            // A writer that is held back goes on later.
            void side.socket.write(part(side.wrote, does.write)).catch(() => {});
            side.wrote += does.write;
            await Promise.resolve();
          } else {
            const data = await side.socket.read(does.read, { within: 0 }).catch(() => undefined);
            if (data) take(side, data);
            await time.advance(1);
          }
        }
        becomes("delivered");
        near.end();
        far.end();
        const drain = async (side: (typeof sides)["near"], from: Connection): Promise<void> => {
          for (let data = await from.read(); data; data = await from.read()) take(side, data);
        };
        const drained = Promise.all([drain(sides.near, near), drain(sides.far, far)]);
        await time.advance(600_000);
        await drained;
        expect([sides.near.read, sides.far.read]).toEqual([sides.far.wrote, sides.near.wrote]);
      }),
      { numRuns: 20 },
    );
  });
});

describe("UDP", () => {
  it("carries datagrams, and tells a connected sender that nobody takes them", async () => {
    const { client, server } = link();
    const far = server.udp({ port: 53 });
    const near = client.udp();
    near.send(bytes("one"), { address: other, port: 53 });
    const asked = await far.receive();
    expect([text(asked.data), asked.from, asked.at]).toEqual([
      "one",
      { address: one, port: near.local.port },
      other,
    ]);
    far.send(bytes("two"), asked.from);
    expect(text((await near.receive()).data)).toBe("two");
    const connected = client.udp();
    connected.connect(other, 54);
    connected.send(bytes("x"));
    await expect(connected.receive()).rejects.toMatchObject({ code: "ECONNREFUSED" });
    near.send(bytes("x"), { address: other, port: 54 });
    await expect(near.receive({ within: 0 })).rejects.toMatchObject({ code: "EAGAIN" });
  });

  it("loses what comes while too much waits", async () => {
    const { client, server } = link();
    const far = server.udp({ port: 53 });
    const near = client.udp();
    for (let count = 0; count < 10; count++) near.send(new Uint8Array(50_000), { address: other, port: 53 });
    let received = 0;
    while (await far.receive({ within: 0 }).catch(() => undefined)) received++;
    expect(received).toBe(4);
    expect(() => near.send(new Uint8Array(65_508), { address: other, port: 53 })).toThrow("Message too long");
  });
});

describe("ICMP", () => {
  it("is answered by the kernel of the other side", async () => {
    const { client, time, becomes } = link();
    const socket = client.icmp(4);
    const request = { to: other, identifier: 7, sequence: 1, data: bytes("abc") };
    socket.send(request);
    expect(await socket.receive()).toMatchObject({
      kind: "echo-reply",
      from: other,
      ttl: 64,
      about: { identifier: 7, sequence: 1 },
    });
    socket.send({ ...request, to: "10.0.0.9" });
    const answer = socket.receive();
    await time.advance(3_100);
    expect(await answer).toMatchObject({ kind: "unreachable", code: 1, from: one });
    becomes("rejected");
    socket.send(request);
    expect(await socket.receive()).toMatchObject({ kind: "unreachable", code: 0, from: "10.0.0.254" });
  });
});

/** What a capture has seen so far: the direction, and the packet in short. */
async function seenBy(capture: Capture): Promise<string[]> {
  const seen: string[] = [];
  for (;;) {
    const captured = await capture.next({ within: 0 }).catch(() => undefined);
    if (!captured) return seen;
    const { direction, packet } = captured;
    const what = packet.protocol === "tcp" ? packet.flags : packet.protocol === "udp" ? "" : packet.kind;
    seen.push(`${direction} ${packet.protocol} ${what}`);
  }
}

describe("a capture", () => {
  it("sees how a neighbour is found, and that a connection is refused", async () => {
    const { client, server } = link();
    const [near, far] = [client.capture(), server.capture()];
    await expect(client.connect(other, 81)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(await seenBy(near)).toEqual(["out arp request", "in arp reply", "out tcp S", "in tcp R."]);
    expect(await seenBy(far)).toEqual(["in arp request", "out arp reply", "in tcp S", "out tcp R."]);
  });

  it("sees that a neighbour is asked for three times, and no packet to it", async () => {
    const { client, time } = link();
    const capture = client.capture();
    client.icmp(4).send({ to: "10.0.0.9", identifier: 1, sequence: 1, data: bytes("") });
    await time.advance(4_000);
    const asked = "out arp request";
    expect(await seenBy(capture)).toEqual([asked, asked, asked, "in icmp unreachable"]);
  });

  it("sees the end of the other side acknowledged when nothing is sent for a while", async () => {
    const { near, far, client, time } = await pair();
    const capture = client.capture();
    far.end();
    expect(await seenBy(capture)).toEqual(["in tcp F."]);
    await time.advance(40);
    expect(await seenBy(capture)).toEqual(["out tcp ."]);
    near.end();
    expect(await seenBy(capture)).toEqual(["out tcp F.", "in tcp ."]);
  });

  it("sees what passes, in both namespaces", async () => {
    const { client, server } = link();
    const capture = server.capture();
    const listener = server.listen(80);
    const near = await client.connect(other, 80);
    await near.write(bytes("hi"));
    near.close();
    const far = await listener.accept();
    await far.read();
    far.close();
    const seen: string[] = [];
    const firsts: Record<string, number> = {};
    for (;;) {
      const packet = await capture.next({ within: 0 }).catch(() => undefined);
      if (!packet) break;
      const { direction, packet: segment } = packet;
      if (segment.protocol !== "tcp") continue;
      firsts[direction] ??= segment.sequence;
      const sequence = (segment.sequence - firsts[direction]) >>> 0;
      seen.push(`${direction} ${segment.flags} ${sequence} ${segment.data.length}`);
    }
    expect(seen).toEqual([
      "in S 0 0",
      "out S. 0 0",
      "in . 1 0",
      "in P. 1 2",
      "out . 1 0",
      "in F. 3 0",
      "out F. 1 0",
      "in . 4 0",
    ]);
  });
});
