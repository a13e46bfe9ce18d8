import { applet, BadUsage } from "./applet.js";
import { ipAddress } from "./ip-address.js";
import { keyword, readOptions, Words } from "./ip-arguments.js";
import { ipLink } from "./ip-link.js";
import { ipNeighbour } from "./ip-neighbour.js";
import { ipRoute } from "./ip-route.js";
import { ipRule } from "./ip-rule.js";
import { ipTunnel } from "./ip-tunnel.js";

const help = `ip [OPTIONS] address|route|link|tunnel|neigh|rule [ARGS]

OPTIONS := -f[amily] inet|inet6|link | -o[neline]

ip addr add|del IFADDR dev IFACE | show|flush [dev IFACE] [to PREFIX]
ip route list|flush|add|del|change|append|replace|test ROUTE
ip link set IFACE [up|down] [arp on|off] [multicast on|off]
	[promisc on|off] [mtu NUM] [name NAME] [qlen NUM] [address MAC]
	[master IFACE | nomaster] [netns PID] [type TYPE ARGS]
ip tunnel add|change|del|show [NAME]
	[mode ipip|gre|sit] [remote ADDR] [local ADDR] [ttl TTL]
ip neigh show|flush [to PREFIX] [dev DEV] [nud STATE]
ip rule [list] | add|del SELECTOR ACTION`;

const objects = ["address", "route", "r", "link", "tunnel", "tunl", "rule", "neigh"] as const;

/** `ip OBJECT COMMAND`: prints addresses, links, routes, rules and neighbours. They cannot be changed. */
export const ip = applet({ help }, async (process, { operands }) => {
  const { options, rest } = readOptions(operands);
  const [object, ...args] = rest;
  const words = new Words(args);
  switch (keyword(objects, object ?? "")) {
    case "address":
      return ipAddress(process, options, words);
    case "route":
    case "r":
      return ipRoute(process, options, words);
    case "link":
      return ipLink(process, options, words);
    case "neigh":
      return ipNeighbour(process, options, words);
    case "rule":
      return ipRule(process, options, words);
    case "tunnel":
    case "tunl":
      return ipTunnel(words);
    case undefined:
      throw new BadUsage();
  }
});
