import { row, since26, since28 } from "./row.js";

/** How /etc/resolv.conf is parsed and written with comments. */
export interface AnnotatedRules {
  /** Which servers of the host's file are asked from the host's namespace. */
  readonly hostServersFromHost: "loopback" | "all";
  /** Public servers stand in for the embedded resolver where there is none to forward to. */
  readonly defaultServers: boolean;
}

/** `plain`: lines are taken out of the host's text, or put into it. */
type ResolvConfStyle = "plain" | AnnotatedRules;

function commonHosts(localnet: string, mcastprefix: string) {
  return [
    { address: "127.0.0.1", names: "localhost" },
    { address: "::1", names: "localhost ip6-localhost ip6-loopback" },
    { address: localnet, names: "ip6-localnet" },
    { address: mcastprefix, names: "ip6-mcastprefix" },
    { address: "ff02::1", names: "ip6-allnodes" },
    { address: "ff02::2", names: "ip6-allrouters" },
  ];
}

/** What differs between releases in names and in the files that resolve them. */
export const dnsRows = {
  /**
   * Whether the first of the asker's networks that knows a name answers for good. Before 28.5 an AAAA
   * question goes on to the next network where the name has no IPv6 address, as in
   * libnetwork's ipv6Miss. Seen with a name on two networks of which one has IPv6.
   */
  firstNetworkAnswers: since28(false, true),

  /** PTR questions outside of the reverse zones: 20.10 logs "invalid PTR query" and says nothing. */
  answersOddReverse: since26(false, true),

  /** `4.3.2.1.in-addr.arpa.in-addr.arpa`: 20.10 splits at the zone and looks at what is before the first. */
  lenientReverse: since26(true, false),

  /** Whether NXDOMAIN, unless it is authoritative, makes the resolver ask the next server. Seen with two servers in HostConfig.Dns. */
  asksOnAfterNameError: since26(true, false),

  /** Where every server fails: 20.10 hands on the last refusal it got, later engines make a SERVFAIL of it. */
  relaysFailure: since26(true, false),

  /** Where no server replies: 20.10 says nothing and lets the client time out. */
  silentWithoutReply: since26(true, false),

  /** Containers on internal networks only: 20.10 gives them a default route, so they reach the host's own addresses. */
  internalHasGateway: since26(true, false),

  /** Servers that are asked from the host's namespace are asked for containers without a way out, too. */
  isolatedAsksFromHost: since26(true, false),

  /** `HostConfig.Dns` is read as addresses when a container is started; 20.10 writes down whatever it is. */
  readsNameservers: since26(false, true),

  /** /etc/resolv.conf: 20.10 edits the host's text; 26.1 writes it anew, with comments; 28.5 asks the host's servers from the host. */
  resolvConf: row<ResolvConfStyle>(
    "plain",
    { hostServersFromHost: "loopback", defaultServers: true },
    { hostServersFromHost: "all", defaultServers: false },
  ),

  /** Whether IPv6 servers stay in resolv.conf (20.10: every network must have IPv6), or are asked from the container (26.1: one is enough). */
  resolverNeedsIPv6Everywhere: since26(true, false),

  /** /etc/hosts: the lines that every container has. 28.5 writes the two IPv6 prefixes as it parses them. */
  commonHosts: since28(commonHosts("fe00::0", "ff00::0"), commonHosts("fe00::", "ff00::")),

  /** The addresses of ExtraHosts stand in /etc/hosts as given; 28.5 parses them and writes them anew. */
  rewritesHostsAddresses: since28(false, true),

  /**
   * Leaving a network: before 28.5 every line of /etc/hosts goes whose names are somebody's name on that
   * network, so the container's own lines for all its networks, and an ExtraHosts line that is a neighbour's
   * name; 28.5 drops the lines with this container's address there.
   */
  dropsHostsLinesByName: since28(true, false),
};
