// The picture in words.
import type { Topology, TopologyContainer, TopologyNetwork } from "@dryharbor/sdk/topology";
import { stateOf } from "./plan.js";

/** A container in one sentence. */
export function rowInWords(container: TopologyContainer): string {
  const { name, image, state, health, endpoints, sharesNetworkOf, ports } = container;
  const places = endpoints.map(({ network, ipv4, ipv6, aliases, links }) => {
    const addresses = [ipv4, ipv6].filter(Boolean).join(" and ");
    return [
      `on ${network}`,
      addresses && ` at ${addresses}`,
      aliases.length > 0 && `, alias ${aliases.join(", ")}`,
      ...links.map(({ target, alias }) => `, knows ${target} as ${alias}`),
    ]
      .filter(Boolean)
      .join("");
  });
  const doors = ports.flatMap(({ port, protocol, published }) =>
    published.map(
      ({ address, port: outer }) => `port ${outer} of the host (${address}) leads to ${port}/${protocol}`,
    ),
  );
  const exposed = ports
    .filter(({ published }) => published.length === 0)
    .map(({ port, protocol }) => `${port}/${protocol}`);
  return [
    `${name}, ${state === "running" ? "running" : stateOf(container)}${health ? `, ${health}` : ""}, of ${image}`,
    ...places,
    sharesNetworkOf !== undefined && `in the network of ${sharesNetworkOf}`,
    ...new Set(doors),
    exposed.length > 0 && `exposes ${exposed.join(", ")}`,
  ]
    .filter(Boolean)
    .join("; ");
}

/** A network in one sentence. */
export function laneInWords(
  { name, driver, internal, subnets }: TopologyNetwork,
  { containers }: Topology,
): string {
  const there = containers.filter(({ endpoints }) => endpoints.some(({ network }) => network === name));
  const addresses = subnets.map(({ subnet, gateway }) => `${subnet}${gateway ? `, gateway ${gateway}` : ""}`);
  const who = there.length === 0 ? "nobody is on it" : there.map((each) => each.name).join(", ");
  return `${name} (${[driver, internal && "internal", ...addresses].filter(Boolean).join(", ")}): ${who}`;
}
