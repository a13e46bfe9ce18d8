// Asks 127.0.0.11 in a container of a real engine, and the simulator's resolver, the same generated messages, and
// compares the bytes.

import type { Engine } from "@dryharbor/sdk/port";
import { labAsker } from "../asker.js";
import { openLive } from "../engine.js";
import { labMachine } from "../simulator.js";
import { type GeneratedQuery, generateQueries } from "./generate.js";

export interface DnsComparison {
  readonly url: string;
  readonly queries: number;
  readonly seed: number;
  /** After how many differences it stops to print. */
  readonly enough: number;
}

/** How many messages are asked at a time. */
const batch = 80;

/** Compares, and prints each difference. @returns the number of differences */
export async function compareDns(
  { url, queries, seed, enough }: DnsComparison,
  print: (line: string) => void,
): Promise<number> {
  const { engine, release } = await openLive(url);
  const asker = await labAsker(url);
  if (!asker) throw new Error(`${url} is not an engine of tools/engine-lab`);
  const simulator = labMachine(release);
  let differences = 0;
  const start = performance.now();
  try {
    await stage(engine);
    await stage(simulator.engine);
    const { State } = await engine.containers.inspect("box");
    const resolve = await simulator.resolver("box");
    const all = generateQueries(queries, seed);
    for (let at = 0; at < all.length; at += batch) {
      const part = all.slice(at, at + batch);
      const real = await askAll(part, (messages, transport) => asker.ask(State.Pid, messages, transport));
      for (const [index, { bytes, transport }] of part.entries()) {
        const mine = shown(resolve(bytes, transport)?.message);
        const theirs = shown(real[index]);
        if (mine === theirs) continue;
        if (++differences > enough) continue;
        print(
          `${release} ${at + index} ${transport}\n  asked  ${hex(bytes)}\n  engine ${theirs}\n  here   ${mine}`,
        );
      }
    }
  } finally {
    await clear(engine);
    await engine.close();
    asker.close();
    await simulator.close();
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  print(`${release}: ${queries} queries, seed ${seed}, ${differences} differences, ${seconds} s`);
  return differences;
}

const image = "busybox";

/** The containers of the stage: name, aliases, and the last number of their addresses. */
const containers = [
  ["box", [], 2],
  ["web", ["www", "Shop", "dotted.name"], 3],
  ["one", ["many"], 4],
  ["other", ["many"], 5],
] as const;

async function stage(engine: Engine): Promise<void> {
  await engine.networks.create({
    Name: "lookup",
    EnableIPv6: true,
    IPAM: { Config: [{ Subnet: "10.71.0.0/24" }, { Subnet: "fd00:71::/64" }] },
  });
  for (const [name, aliases, number] of containers) {
    const endpoint = {
      Aliases: [...aliases],
      IPAMConfig: { IPv4Address: `10.71.0.${number}`, IPv6Address: `fd00:71::${number}` },
    };
    await engine.containers.create(
      {
        Image: image,
        Hostname: name,
        Cmd: ["sleep", "100000"],
        HostConfig: { NetworkMode: "lookup" },
        NetworkingConfig: { EndpointsConfig: { lookup: endpoint } },
      },
      { name },
    );
    await engine.containers.start(name);
  }
}

/** Removes what {@link stage} has made, also where it got halfway. */
async function clear(engine: Engine): Promise<void> {
  for (const [name] of containers) await engine.containers.remove(name, { force: true }).catch(() => {});
  await engine.networks.remove("lookup").catch(() => {});
}

type Ask = (
  messages: readonly Uint8Array[],
  transport: "udp" | "tcp",
) => Promise<readonly (Uint8Array | undefined)[]>;

async function askAll(
  queries: readonly GeneratedQuery[],
  ask: Ask,
): Promise<readonly (Uint8Array | undefined)[]> {
  const replies: (Uint8Array | undefined)[] = [];
  for (const transport of ["udp", "tcp"] as const) {
    const places = queries.flatMap((query, index) => (query.transport === transport ? [index] : []));
    if (places.length === 0) continue;
    const answers = await ask(
      places.map((place) => queries[place]!.bytes),
      transport,
    );
    for (const [index, place] of places.entries()) replies[place] = answers[index];
  }
  return replies;
}

/** A message in hexadecimal, without what chance decides: the order of several addresses. */
function shown(message: Uint8Array | undefined): string {
  if (!message) return "silence";
  return hex(inOrder(message));
}

function inOrder(bytes: Uint8Array): Uint8Array {
  const [questions, answers] = [bytes[5], bytes[7]];
  if (questions !== 1 || answers !== 2) return bytes;
  let at = 12;
  while ((bytes[at] ?? 0) > 0 && (bytes[at] ?? 0) < 0xc0) at += 1 + bytes[at]!;
  const nameLength = at + 1 - 12;
  const start = at + 5;
  const isAddress = (first: number) => {
    const type = bytes[first + nameLength + 1];
    return type === 1 || type === 28;
  };
  // Names of answers from the engine's own networks are written in full.
  const length = nameLength + 10 + (bytes[start + nameLength + 1] === 1 ? 4 : 16);
  const second = start + length;
  if (!isAddress(start) || !isAddress(second) || second + length > bytes.length) return bytes;
  const [one, other] = [bytes.slice(start, second), bytes.slice(second, second + length)];
  if (hex(one) <= hex(other)) return bytes;
  return Uint8Array.from([...bytes.slice(0, start), ...other, ...one, ...bytes.slice(second + length)]);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
