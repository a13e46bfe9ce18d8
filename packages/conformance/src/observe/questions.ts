import type { ContainerInspect, DnsQuery, NetworkInspect } from "@dryharbor/sdk/port";
import { byText } from "../normalise/normalise.js";

/** One question, with the label that it has in an observation. Labels are normalised like any text. */
export interface Question {
  readonly label: string;
  readonly query: DnsQuery;
}

/** Names that no command gives to anything, and the names of the lab's upstream. */
const strangers = ["localhost", "stranger", "stranger.alpha", "tasks.web", "host.docker.internal"];
const upstream = ["up.test", "nodata.up.test", "alias.up.test", "multi.up.test", "nothing.up.test"];
const upstreamFailures = ["servfail.up.test", "refused.up.test"];
/** In each list the last one is the upstream's own. Nobody has the others. */
const strangerAddresses = ["10.30.0.77", "fd00:30::77", "192.0.2.53"];

/**
 * Returns what to ask inside every running container: each name that anything has or had, in every form that
 * an engine knows, and names and addresses that nothing has. Some forms are too many to ask at each step.
 * `step` chooses among them, the same ones on every engine.
 *
 * @param text - removes ids from a text, since what is keyed by ids comes in another order on each engine
 */
export function questions(
  containers: readonly ContainerInspect[],
  networks: readonly NetworkInspect[],
  pastNames: ReadonlySet<string>,
  step: number,
  text: (value: string) => string,
): Question[] {
  const names = new Set<string>(pastNames);
  const addresses = new Set<string>();
  for (const container of containers) {
    names.add(container.Name.slice(1));
    names.add(container.Id.slice(0, 12));
    if (container.Config.Hostname) names.add(container.Config.Hostname);
    const endpoints = Object.entries(container.NetworkSettings.Networks);
    endpoints.sort(([one], [other]) => byText(text(one), text(other)));
    for (const [, endpoint] of endpoints) {
      for (const alias of endpoint.Aliases ?? []) names.add(alias);
      for (const link of endpoint.Links ?? []) names.add(link.split(":").at(-1)!);
      for (const address of [
        endpoint.IPAddress,
        endpoint.GlobalIPv6Address,
        endpoint.Gateway,
        endpoint.IPv6Gateway,
      ])
        if (address) addresses.add(address);
    }
  }
  const plain = [...names].filter(canBeAsked);
  const qualified = networks
    .filter(({ Name }) => canBeAsked(Name) && Name !== "host" && Name !== "none")
    .flatMap(({ Name }) => plain.map((name) => `${name}.${Name}`));
  const turn = (list: readonly string[], every: number) =>
    list.filter((_, index) => (index + step) % every === 0);

  return [
    ...plain.map((name) => ask(name, "A")),
    ...turn(plain, 2).map((name) => ask(name, "AAAA")),
    ...turn(plain, 3).map(inUpperCase),
    ...turn(plain, 5).map((name) => ask(`${name}.`, "A")),
    ...turn(qualified, 3).map((name) => ask(name, "A")),
    ...turn(qualified, 7).map((name) => ask(name, "AAAA")),
    ...turn(qualified, 11).map(inUpperCase),
    ...turn(strangers, 2).map((name) => ask(name, "A")),
    ...turn([...upstream, ...upstreamFailures], 3).map((name) => ask(name, "A")),
    ...turn(upstream, 4).map((name) => ask(name, "AAAA")),
    ...[...addresses, ...turn(strangerAddresses, 2)].map((address) => ask(address, "PTR")),
  ];
}

/**
 * A question in upper case. The label keeps the name's own case, because ids are recognised by lower-case
 * digits.
 */
function inUpperCase(name: string): Question {
  return { label: `A ${name} in upper case`, query: { name: name.toUpperCase() } };
}

function ask(name: string, type: NonNullable<DnsQuery["type"]>): Question {
  return { label: `${type} ${name}`, query: { name, type } };
}

/** Returns true for a name that DNS can carry: not empty, and with labels of 1 to 63 characters. */
function canBeAsked(name: string): boolean {
  return /^[\w-]{1,63}(\.[\w-]{1,63})*$/.test(name);
}
