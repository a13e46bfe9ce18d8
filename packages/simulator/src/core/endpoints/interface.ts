import type { Daemon } from "../daemon.js";
import { addressPlace, ethernetAddress } from "../ipam/ipam.js";
import { quotedText } from "../quote.js";
import type { Attachment } from "./endpoint.js";

/**
 * Returns why the kernel refuses to put an endpoint's interface into its container's namespace, in the
 * engine's words. Returns `undefined` when it does not refuse.
 */
export function interfaceProblem(daemon: Daemon, attachment: Attachment): string | undefined {
  if (attachment.mac === "") return undefined;
  const unset = macProblem(attachment) ?? routeProblem(attachment) ?? linkLocalProblem(attachment);
  const longMac = unset === undefined ? longMacProblem(daemon, attachment) : undefined;
  if (unset === undefined && longMac === undefined) return undefined;
  const link = `veth${daemon.random.hex(7)}`;
  return `failed to add interface ${link} to sandbox: ${longMac ?? `error setting interface "${link}" ${unset}`}`;
}

/** Checks the MAC address: an interface cannot have a multicast address, nor the one that is all zeros. */
function macProblem({ mac }: Attachment): string | undefined {
  const first = Number.parseInt(mac.slice(0, 2), 16);
  if ((first & 1) === 0 && /[1-9a-f]/.test(ethernetAddress(mac))) return undefined;
  return `MAC to ${quotedText(mac)}: cannot assign requested address`;
}

/** 28.5 looks at the interface once more, before it tells neighbours of it. */
function longMacProblem({ release }: Daemon, { mac }: Attachment): string | undefined {
  const taken = ethernetAddress(mac);
  if (taken === mac || !release.endpoints.advertisesAddresses) return undefined;
  return `failed to advertise addresses: MAC address changed, got ${taken}, expected ${mac}`;
}

/**
 * Checks the route to the subnet: it is there already in the host's own namespace, and in one that has its
 * gateway endpoint on the same bridge.
 */
function routeProblem({ container, network, ipv4 }: Attachment): string | undefined {
  const own = container.sandbox?.gateway;
  const hasRoute = container.hostConfig.NetworkMode === "host" || own?.network === network;
  if (!hasRoute) return undefined;
  const { gateway, prefixLength } = addressPlace(network.pools, ipv4);
  const address = `${ipv4}/${prefixLength}`;
  const subnet = network.ipam.Config?.[0]?.Subnet ?? address;
  return `IP to ${address}: cannot program address ${address} in sandbox interface because it conflicts with existing route {Ifindex: 4 Dst: ${subnet} Src: ${own?.ipv4 ?? gateway} Gw: <nil> Flags: [] Table: 254 Realm: 0}`;
}

/** Checks link-local addresses: IPv6 is off on an interface without an IPv6 address. */
function linkLocalProblem({ endpoint, ipv6 }: Attachment): string | undefined {
  const addresses = (endpoint.ipamConfig?.LinkLocalIPs ?? []).map((address) => ({
    address,
    isIPv6: address.includes(":"),
  }));
  if (ipv6 !== "" || !addresses.some(({ isIPv6 }) => isIPv6)) return undefined;
  const shown = addresses.map(({ address, isIPv6 }) => `${address}/${isIPv6 ? 64 : 16}`);
  return `link local IPs to [${shown.join(" ")}]: permission denied`;
}
