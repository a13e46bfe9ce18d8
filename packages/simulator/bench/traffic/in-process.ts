// Traffic between containers of one process, and questions about it.
import { duplexPair } from "node:stream";
import { encodeMessage, standardQuery } from "@dryharbor/kernel/dns-message";
import type * as Simulator from "@dryharbor/simulator";
import type { Connection, Program } from "@dryharbor/simulator";
import { collectGarbage } from "../garbage.js";
import { populate } from "../population.js";
import { most, perSecond } from "./best.js";

/** Bytes a second, times a second, bytes. */
export interface InProcess {
  readonly stream: { readonly simulated: number; readonly duplex: number };
  readonly roundTrips: number;
  readonly reach: { readonly few: number; readonly many: number };
  readonly answers: number;
  readonly listener: number;
}

const piece = new Uint8Array(65_536);
const pieces = 2_000;
const listeners = 10_000;

export async function inProcess({ createSimulator }: typeof Simulator): Promise<InProcess> {
  /** What a container is told to do; it answers with a number. */
  let work: (connection: Connection) => Promise<number> = async () => 0;
  let done: (figure: number) => void = () => {};
  const server: Program = async ({ network }) => {
    const sink = network.listen(9);
    const echo = network.listen(7);
    const serve = async (listener: typeof sink, each: (connection: Connection) => Promise<void>) => {
      for (;;) each(await listener.accept());
    };
    const drain = async (connection: Connection): Promise<void> => {
      while (await connection.read());
      connection.close();
    };
    const answer = async (connection: Connection): Promise<void> => {
      for (let data = await connection.read(); data; data = await connection.read())
        await connection.write(data);
      connection.close();
    };
    await Promise.all([serve(sink, drain), serve(echo, answer)]);
    return 0;
  };
  const client =
    (port: number): Program =>
    async ({ network, lookup }) => {
      const { addresses } = await lookup("server");
      const connection = await network.connect(addresses[0]!, port);
      done(await work(connection));
      connection.close();
      return 0;
    };
  let perListener = 0;
  const listening: Program = async ({ network }) => {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < listeners; index++) network.listen(10_000 + index);
    collectGarbage();
    perListener = (process.memoryUsage().heapUsed - before) / listeners;
    return 0;
  };

  const few = createSimulator({ programs: { server, sender: client(9), asker: client(7), listening } });
  const { containers, networks } = few.engine;
  await networks.create({ Name: "bench" });
  const start = async (name: string): Promise<string> => {
    const HostConfig = { NetworkMode: "bench", AutoRemove: name !== "server" };
    const { Id } = await containers.create({ Image: "busybox", Cmd: [name], HostConfig }, { name });
    await containers.start(Id);
    return Id;
  };
  const asked = async (name: string, task: typeof work): Promise<number> => {
    work = task;
    const figure = new Promise<number>((resolve) => {
      done = resolve;
    });
    const id = await start(name);
    const ended = containers.wait(id, { condition: "removed" }).catch(() => {});
    const result = await figure;
    await ended;
    return result;
  };
  await start("server");

  const stream = await most({
    simulated: () =>
      asked("sender", async (connection) => {
        const began = performance.now();
        for (let at = 0; at < pieces; at++) await connection.write(piece);
        connection.end();
        await connection.read();
        return (piece.length * pieces) / ((performance.now() - began) / 1000);
      }),
    duplex: throughDuplex,
  });
  const { roundTrips } = await most({
    roundTrips: () =>
      asked("asker", (connection) =>
        perSecond(100, async () => {
          for (let turn = 0; turn < 100; turn++) {
            await connection.write(piece.subarray(0, 1));
            await connection.read();
          }
        }),
      ),
  });
  await asked("asker", async () => 0);
  const listeningId = await start("listening");
  await containers.wait(listeningId, { condition: "removed" }).catch(() => {});

  const many = createSimulator({ programs: { server } });
  await populate(many.engine, 100_000);
  await populate(few.engine, 100);
  const reaching = (simulator: typeof few) => () =>
    perSecond(100, async () => {
      for (let turn = 0; turn < 100; turn++)
        await simulator.reach("population-1", "population-2", { port: 80 });
    });
  const ask = await many.resolver("population-1");
  const query = encodeMessage(standardQuery("population-2", "A", 7));
  if (!ask(query)) throw new Error("the resolver does not answer");
  const { answers } = await most({
    answers: () =>
      perSecond(1000, () => {
        for (let turn = 0; turn < 1000; turn++) ask(query);
      }),
  });
  const reach = await most({ few: reaching(few), many: reaching(many) });
  await Promise.all([few.close(), many.close()]);
  return { stream, roundTrips, reach, answers, listener: perListener };
}

async function throughDuplex(): Promise<number> {
  const [near, far] = duplexPair();
  const began = performance.now();
  const over = new Promise<void>((resolve) => {
    far.on("data", () => {}).on("end", resolve);
  });
  for (let at = 0; at < pieces; at++) {
    if (!near.write(piece)) await new Promise((resolve) => near.once("drain", resolve));
  }
  near.end();
  await over;
  return (piece.length * pieces) / ((performance.now() - began) / 1000);
}
