// Who sees whom, asked of the engine.
import { type Topology, type TopologyContainer, topology } from "@dryharbor/sdk/topology";
import type { Simulator } from "@dryharbor/simulator";
import type { Between, Seen, SeenName, Way, WayRow } from "../protocol.js";
import { whyNoName } from "../words/why-no-name.js";

const host = "host";

/** Returns which names a container resolves, and whom it reaches. */
export async function seenFrom(simulator: Simulator, from: string): Promise<Seen> {
  const { containers } = await topology(simulator.engine);
  const asker = containers.find(({ name }) => name === from);
  if (from !== host && (!asker || !runs(asker))) return { from, names: [], reaches: [] };
  const others = containers.filter((each) => each.name !== from && runs(each));
  const names: SeenName[] = [];
  if (asker) {
    for (const each of others) {
      for (const name of namesOf(each, asker)) names.push(await resolved(simulator, asker, each, name));
    }
  }
  const reaches: string[] = [];
  for (const each of others) {
    for (const address of addressesOf(each, containers)) {
      if (!(await simulator.reach(from, address)).reached) continue;
      reaches.push(each.name);
      break;
    }
  }
  return { from, names, reaches };
}

async function resolved(
  simulator: Simulator,
  asker: TopologyContainer,
  target: TopologyContainer,
  name: string,
): Promise<SeenName> {
  const own = addressesOf(target, []);
  const { status, records } = await simulator.engine.dns.resolve(asker.id, { name });
  if (records.some((record) => own.includes(record))) {
    return { container: target.name, name, addresses: records, status: "found" };
  }
  // Links of the default bridge are in /etc/hosts.
  const { address } = await simulator.reach(asker.id, name);
  const isFound = address !== undefined && own.includes(address);
  return {
    container: target.name,
    name,
    addresses: isFound ? [address] : records,
    status: isFound ? "found" : status === "found" ? "another" : status,
  };
}

/** Returns what two containers are to each other, in both directions. */
export async function between(simulator: Simulator, one: string, other: string): Promise<Between> {
  const seen = await topology(simulator.engine);
  const ways: Way[] = [];
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    if (to === host) continue;
    ways.push({ from, to, rows: await rowsOf(simulator, seen, from, to) });
  }
  return { ways };
}

async function rowsOf(simulator: Simulator, seen: Topology, from: string, to: string): Promise<WayRow[]> {
  const { containers } = seen;
  const asker = containers.find(({ name }) => name === from);
  const target = containers.find(({ name }) => name === to);
  if (!target) return [{ question: to, good: false, answer: "is gone" }];
  if (asker && !runs(asker))
    return [{ question: from, good: false, answer: `${from} does not run, so it asks nobody` }];
  if (!runs(target))
    return [{ question: to, good: false, answer: `${to} does not run, so nobody reaches it` }];
  const rows: WayRow[] = [];
  if (asker) {
    for (const name of namesOf(target, asker)) {
      const { status, addresses } = await resolved(simulator, asker, target, name);
      const isFound = status === "found";
      const answer = status === "another" ? "somebody else is meant there" : status.replaceAll("-", " ");
      rows.push({
        question: `the name ${name}`,
        good: isFound,
        answer: isFound ? addresses.join(", ") : `${answer}, because ${whyNoName(seen, from, name)}`,
      });
    }
  }
  for (const address of addressesOf(target, containers)) {
    const ping = await simulator.reach(from, address);
    rows.push({ question: `ping ${address}`, good: ping.reached, answer: ping.text });
    for (const { port, protocol } of target.ports) {
      if (protocol !== "tcp") continue;
      const answer = await simulator.reach(from, address, { port });
      rows.push({ question: `${address}:${port}`, good: answer.reached, answer: answer.text });
    }
  }
  const doors = target.ports.flatMap(({ published, protocol }) => (protocol === "tcp" ? published : []));
  for (const { address, port } of doors) {
    if (asker || address.includes(":")) continue;
    const at = address === "0.0.0.0" ? "127.0.0.1" : address;
    const answer = await simulator.reach(host, at, { port });
    rows.push({ question: `${at}:${port}`, good: answer.reached, answer: answer.text });
  }
  return rows;
}

function runs({ state }: TopologyContainer): boolean {
  return state === "running" || state === "paused";
}

/** The names that somebody may have for a container: its own, its aliases, and what links of the asking one call it. */
function namesOf(target: TopologyContainer, asker: TopologyContainer): string[] {
  const aliases = target.endpoints.flatMap(({ aliases }) => aliases);
  const links = asker.endpoints
    .flatMap(({ links }) => links)
    .filter(
      (link) =>
        link.target === target.name || (link.target.length >= 12 && target.id.startsWith(link.target)),
    );
  return [...new Set([target.name, ...aliases, ...links.map(({ alias }) => alias)])];
}

function addressesOf(
  { endpoints, sharesNetworkOf }: TopologyContainer,
  all: readonly TopologyContainer[],
): string[] {
  const owner = all.find(({ name }) => name === sharesNetworkOf);
  return (owner?.endpoints ?? endpoints).flatMap(({ ipv4, ipv6 }) =>
    [ipv4, ipv6].filter((address) => address !== undefined),
  );
}
