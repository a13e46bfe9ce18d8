import { row, since26, since28 } from "./row.js";

/** How a release writes an /etc/resolv.conf with comments. */
export interface AnnotatedRules {
  /**
   * The servers of the host's file that are asked from the host's network namespace: those on loopback, or
   * all.
   */
  readonly hostServersFromHost: "loopback" | "all";
  /** Public servers stand in when the embedded resolver has no server to forward to. */
  readonly defaultServers: boolean;
}

/** `plain`: the host's text is edited line by line. */
type ResolvConfStyle = "plain" | AnnotatedRules;

function commonHosts(localnet: string, mcastprefix: string): string {
  return [
    "127.0.0.1\tlocalhost\n",
    "::1\tlocalhost ip6-localhost ip6-loopback\n",
    `${localnet}\tip6-localnet\n`,
    `${mcastprefix}\tip6-mcastprefix\n`,
    "ff02::1\tip6-allnodes\n",
    "ff02::2\tip6-allrouters\n",
  ].join("");
}

/**
 * Differences between releases in name resolution, /etc/resolv.conf and /etc/hosts. The comment of a boolean
 * row describes `true`. "Seen" names what showed the difference.
 */
export const dnsRows = {
  /**
   * The first of the asker's networks that knows a name gives the answer. Before 28.5 an AAAA question goes
   * on to the next network if the name has no IPv6 address there (libnetwork's ipv6Miss). Seen with a name on
   * two networks of which one has IPv6.
   */
  firstNetworkAnswers: since28(false, true),

  /**
   * PTR questions outside of the reverse zones are answered. 20.10 logs "invalid PTR query" and sends no
   * reply.
   */
  answersOddReverse: since26(false, true),

  /**
   * A reverse name that contains its zone twice is answered, such as `4.3.2.1.in-addr.arpa.in-addr.arpa`.
   * 20.10 splits at the zone and takes what comes before the first.
   */
  lenientReverse: since26(true, false),

  /**
   * An NXDOMAIN that is not authoritative makes the resolver ask the next server. Seen with two servers in
   * HostConfig.Dns.
   */
  asksOnAfterNameError: since26(true, false),

  /** When every server fails, the last refusal is passed on. Later releases answer SERVFAIL. */
  relaysFailure: since26(true, false),

  /** When no server replies, the resolver sends no answer and the client times out. */
  silentWithoutReply: since26(true, false),

  /** The names of an answer that would be too long are compressed. 20.10 leaves records out instead. */
  compressesLongAnswers: since26(false, true),

  /**
   * A question that ends after the first byte of its class is refused. Earlier releases take the class as 0.
   */
  refusesHalfQuestions: since28(false, true),

  /** Containers on internal networks only have a default route, so they reach the host's own addresses. */
  internalHasGateway: since26(true, false),

  /** Servers that are asked from the host's namespace are also asked for containers without a route out. */
  isolatedAsksFromHost: since26(true, false),

  /** A start parses `HostConfig.Dns` as addresses. 20.10 writes any text into resolv.conf, and 29 reads them with
   * the body. */
  readsNameservers: row(false, true, true, false),

  /**
   * How /etc/resolv.conf is made. 20.10 edits the host's text; 26.1 writes a new file with comments; 28.5
   * also asks all the host's servers from the host's namespace.
   */
  resolvConf: row<ResolvConfStyle>(
    "plain",
    { hostServersFromHost: "loopback", defaultServers: true },
    { hostServersFromHost: "all", defaultServers: false },
  ),

  /**
   * IPv6 servers need IPv6 on every network of the container to stay in resolv.conf (20.10). On 26.1, one
   * network with IPv6 is enough for them to be asked from the container.
   */
  resolverNeedsIPv6Everywhere: since26(true, false),

  /**
   * The lines that every container's /etc/hosts has. 28.5 writes the two IPv6 prefixes as it parsed them.
   */
  commonHosts: since28(commonHosts("fe00::0", "ff00::0"), commonHosts("fe00::", "ff00::")),

  /**
   * The addresses of ExtraHosts are parsed and written in their canonical form. Earlier releases write them
   * as given.
   */
  rewritesHostsAddresses: since28(false, true),

  /**
   * A running container that joins the default bridge gets the lines of its legacy links once more, and its /etc/hosts
   * is made anew with them. Where the file is made anew because a link was removed, links are left out. Seen: connect,
   * and `rm --link`.
   */
  addsLinksOnConnect: since28(false, true),

  /**
   * Leaving a network removes lines of /etc/hosts by name. Before 28.5 every line goes whose names are known
   * on that network: the container's own lines for all its networks, and an ExtraHosts line with a
   * neighbour's name. 28.5 removes the lines with this container's address on that network.
   */
  dropsHostsLinesByName: since28(true, false),
};
