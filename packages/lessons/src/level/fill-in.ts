import type { Topology } from "@dryharbor/sdk/topology";

/**
 * Fills in what a text says of the state, between double braces. What is not there is `…`.
 *
 * | in a text | becomes |
 * |---|---|
 * | `{{address web backend}}` | the IPv4 address of the container `web` on the network `backend` |
 * | `{{ipv6 web backend}}` | its IPv6 address there |
 * | `{{subnet backend}}` | the first subnet of the network |
 * | `{{gateway backend}}` | the gateway of that subnet |
 * | `{{id web}}` | the short id of the container |
 * | `{{port web 80}}` | the host's port at which the container's TCP port is published |
 *
 * @example fillIn("web is {{address web backend}}", await topology(engine)); // "web is 172.18.0.2"
 */
export function fillIn(text: string, topology: Topology): string {
  return text.replace(
    /\{\{(.*?)\}\}/g,
    (_, words: string) => filled(words.trim().split(/\s+/), topology) ?? "…",
  );
}

/** The words that may stand first between double braces, with how many others follow. */
export const placeholders: Readonly<Record<string, number>> = {
  address: 2,
  ipv6: 2,
  subnet: 1,
  gateway: 1,
  id: 1,
  port: 2,
};

function filled([what, name, where]: readonly string[], topology: Topology): string | undefined {
  const container = topology.containers.find((each) => each.name === name);
  const subnet = topology.networks.find((each) => each.name === name)?.subnets[0];
  const endpoint = container?.endpoints.find(({ network }) => network === where);
  switch (what) {
    case "address":
      return endpoint?.ipv4;
    case "ipv6":
      return endpoint?.ipv6;
    case "subnet":
      return subnet?.subnet;
    case "gateway":
      // An engine of release 20.10 does not tell the default bridge's gateway.
      return subnet?.gateway ?? subnet?.subnet.replace(/\.0\/\d+$/, ".1");
    case "id":
      return container?.id.slice(0, 12);
    case "port":
      return container?.ports
        .find(({ port, protocol }) => `${port}` === where && protocol === "tcp")
        ?.published[0]?.port.toString();
    default:
      return undefined;
  }
}
