// Who resolves and reaches whom, asked of the engine itself: from inside each container, over the port.
import type { CallOptions } from "../call.js";
import type { DnsAnswer, DnsQuery } from "../dns.js";
import type { Engine } from "../engine.js";
import { EngineError, NotFoundError, UsageError } from "../errors.js";
import type { TrafficAnswer, TrafficProbe } from "../traffic.js";
import { inTurns } from "./in-turns.js";
import { type Topology, type TopologyContainer, type TopologyEndpoint, topology } from "./topology.js";

/** What {@link reachability} takes. */
export interface ReachabilityOptions extends CallOptions {
  /** Names or ids of the containers to ask from and about. Default: all that run. */
  readonly containers?: readonly string[];
  /** The TCP ports to try at every container. Default: of each those that it exposes or publishes. */
  readonly ports?: readonly number[];
  /** Whether to ping, too. Default: true. */
  readonly ping?: boolean;
  /** Whether to ask from the engine's host, too. Default: true. */
  readonly host?: boolean;
}

/** Who resolves and reaches whom. Plain data. */
export interface Reachability {
  /** The names of the containers, in the order of their creation or of the option. */
  readonly containers: readonly string[];
  /** What each container sees, in the same order. */
  readonly from: readonly ContainerView[];
  /** What the engine's host sees; absent where it was not asked. */
  readonly host?: HostView;
}

/** What one container sees of the others. */
export interface ContainerView {
  readonly container: string;
  /** Whether it did not run, or ended before it could be asked. Then it has seen nothing. */
  readonly ended: boolean;
  /** All others, in order. */
  readonly to: readonly ContainerSeen[];
}

/** What the engine's host sees of the containers. */
export interface HostView {
  readonly to: readonly HostSeen[];
}

/** How a container is seen by another. */
export interface ContainerSeen extends AddressesSeen {
  /** Its name, its aliases, and the names that links of the asking one give it. */
  readonly names: readonly { readonly name: string; readonly answer: DnsAnswer }[];
}

/** How a container is seen by the host. */
export interface HostSeen extends AddressesSeen {
  /** Its published TCP ports, as they are reached on the host. */
  readonly published: readonly PublishedSeen[];
}

/** What answers at the addresses of a container. */
export interface AddressesSeen {
  readonly container: string;
  /** Empty for a container that has none, as in the host's network. */
  readonly addresses: readonly AddressSeen[];
}

/** What answers at one address. */
export interface AddressSeen {
  readonly network: string;
  readonly address: string;
  /** Absent where it was not asked for. */
  readonly ping?: TrafficAnswer;
  readonly ports: readonly { readonly port: number; readonly answer: TrafficAnswer }[];
}

/** What answers at a published port of the host. */
export interface PublishedSeen {
  /** Where it was tried: at the loopback address for a port of all addresses. */
  readonly address: string;
  readonly port: number;
  /** The port of the container. */
  readonly containerPort: number;
  readonly answer: TrafficAnswer;
}

/**
 * Asks every container which names of the others it resolves, and what answers at their addresses, by ping and at TCP
 * ports. Works on any engine, and costs one visit for names and one for traffic per container; on a real engine that is
 * a short-lived container each. A container that ends meanwhile is told as `ended`.
 *
 * @example
 * const seen = await reachability(engine, { containers: ["web", "redis"] });
 * seen.from[0]?.to[0]; // { container: "redis", names: [{ name: "redis", answer: { status: "found", … } }], … }
 * console.log(reachabilityTable(seen));
 * @throws {NotFoundError} there is no container of a name that was given
 * @throws {UsageError} the engine lacks the image that is asked from; see {@link Engine.dns}
 */
export async function reachability(engine: Engine, options: ReachabilityOptions = {}): Promise<Reachability> {
  const { host = true, abortSignal } = options;
  const call = abortSignal ? { abortSignal } : {};
  const seen = await topology(engine, call);
  const containers = await chosen(engine, seen, options.containers, call);
  const places = containers.map((container) => placeOf(container, seen, options));
  const [from, hostSees] = await Promise.all([
    inTurns(parallel, places, (place) => viewOf(engine, place, places, call)),
    host ? hostView(engine, places, call) : undefined,
  ]);
  return { containers: containers.map(({ name }) => name), from, ...(hostSees && { host: hostSees }) };
}

/** How many containers are asked at a time: a real engine starts one for each. */
const parallel = 4;

/** A container, and where it is to be found. */
interface Place {
  readonly container: TopologyContainer;
  /** Its own endpoints, or those of the container whose network it uses. */
  readonly endpoints: readonly TopologyEndpoint[];
  readonly addresses: readonly { readonly network: string; readonly address: string }[];
  /** `undefined` stands for a ping. */
  readonly ports: readonly (number | undefined)[];
}

function runs({ state }: TopologyContainer): boolean {
  return state === "running" || state === "paused";
}

async function chosen(
  { containers }: Engine,
  seen: Topology,
  references: readonly string[] | undefined,
  call: CallOptions,
): Promise<TopologyContainer[]> {
  if (references === undefined) return seen.containers.filter(runs);
  const ids = await Promise.all(references.map((reference) => containers.inspect(reference, call)));
  return [...new Set(ids.map(({ Id }) => Id))].flatMap(
    (id) => seen.containers.find((each) => each.id === id) ?? [],
  );
}

function placeOf(container: TopologyContainer, seen: Topology, options: ReachabilityOptions): Place {
  const owner = seen.containers.find(({ name }) => name === container.sharesNetworkOf) ?? container;
  const own = container.ports.filter(({ protocol }) => protocol === "tcp").map(({ port }) => port);
  return {
    container,
    endpoints: owner.endpoints,
    addresses: owner.endpoints.flatMap(({ network, ipv4, ipv6 }) =>
      [ipv4, ipv6].flatMap((address) => (address === undefined ? [] : [{ network, address }])),
    ),
    ports: [...(options.ping === false ? [] : [undefined]), ...new Set(options.ports ?? own)],
  };
}

async function viewOf(
  engine: Engine,
  from: Place,
  places: readonly Place[],
  call: CallOptions,
): Promise<ContainerView> {
  const { id, name } = from.container;
  const others = places.filter(({ container }) => container.id !== id);
  const asked = others.map((to) => ({ to, names: namesOf(to, from), probes: probesOf(to) }));
  const queries = asked.flatMap(({ names }) => names.map((name): DnsQuery => ({ name })));
  const probes = asked.flatMap(({ probes }) => probes);
  const ended: ContainerView = { container: name, ended: true, to: [] };
  if (!runs(from.container)) return ended;
  try {
    const [answers, traffic] = await Promise.all([
      queries.length === 0 ? [] : engine.dns.resolveAll(id, queries, call),
      probes.length === 0 ? [] : engine.traffic.probe(id, probes, call),
    ]);
    const [nextAnswer, nextTraffic] = [answers.values(), traffic.values()];
    const to = asked.map(({ to, names }) => ({
      container: to.container.name,
      names: names.map((name) => ({ name, answer: nextAnswer.next().value! })),
      addresses: addressesSeen(to, nextTraffic),
    }));
    return { container: name, ended: false, to };
  } catch (error) {
    if (await hasEnded(engine, id, error, call)) return ended;
    throw error;
  }
}

/** Whether a call has failed because its container has ended: drivers say so in several ways. */
async function hasEnded(engine: Engine, id: string, error: unknown, call: CallOptions): Promise<boolean> {
  if (!(error instanceof EngineError || error instanceof UsageError)) return false;
  try {
    const { State } = await engine.containers.inspect(id, call);
    return !State.Running || State.Restarting;
  } catch (failure) {
    return failure instanceof NotFoundError;
  }
}

async function hostView(engine: Engine, places: readonly Place[], call: CallOptions): Promise<HostView> {
  const asked = places.map((to) => ({ to, doors: doorsOf(to) }));
  const probes = asked.flatMap(({ to, doors }) => [...probesOf(to), ...doors]);
  const traffic = probes.length === 0 ? [] : await engine.traffic.probeFromHost(probes, call);
  const next = traffic.values();
  return {
    to: asked.map(({ to, doors }) => ({
      container: to.container.name,
      addresses: addressesSeen(to, next),
      published: doors.map((door) => ({ ...door, answer: next.next().value! })),
    })),
  };
}

function doorsOf({ container }: Place): { address: string; port: number; containerPort: number }[] {
  return container.ports
    .filter(({ protocol }) => protocol === "tcp")
    .flatMap(({ port: containerPort, published }) =>
      published.map(({ address, port }) => ({
        address: { "0.0.0.0": "127.0.0.1", "::": "::1" }[address] ?? address,
        port,
        containerPort,
      })),
    );
}

function namesOf(to: Place, from: Place): string[] {
  const { id, name } = to.container;
  const links = from.endpoints
    .flatMap(({ links }) => links)
    .filter(({ target }) => target === name || (target.length >= 12 && id.startsWith(target)));
  const aliases = to.endpoints.flatMap(({ aliases }) => aliases);
  return [...new Set([name, ...aliases, ...links.map(({ alias }) => alias)])];
}

function probesOf({ addresses, ports }: Place): TrafficProbe[] {
  return addresses.flatMap(({ address }) =>
    ports.map((port) => (port === undefined ? { address } : { address, port })),
  );
}

/** Takes the answers to {@link probesOf}. */
function addressesSeen({ addresses, ports }: Place, answers: Iterator<TrafficAnswer>): AddressSeen[] {
  return addresses.map((where) => {
    const seen = ports.map((port) => ({ port, answer: answers.next().value as TrafficAnswer }));
    const ping = seen.find(({ port }) => port === undefined);
    return {
      ...where,
      ...(ping && { ping: ping.answer }),
      ports: seen.flatMap(({ port, answer }) => (port === undefined ? [] : [{ port, answer }])),
    };
  });
}
