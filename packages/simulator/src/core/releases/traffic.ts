import { since26, since28 } from "./row.js";

/**
 * Differences between releases in what becomes of packets. The comment of a boolean row describes `true`.
 * Seen: connections and pings between containers of real engines, docs/engine-facts.md, section 8.
 */
export const trafficRows = {
  /**
   * The engine writes packet filters for IPv6: bridges are kept apart, and a published port of a container
   * with an IPv6 address is translated. Before, IPv6 is routed between all bridges.
   */
  filtersIPv6: since28(false, true),

  /** The error of a connection over IPv6 in a container that has no IPv6 address. */
  withoutIPv6: since26<"EADDRNOTAVAIL" | "ENETUNREACH">("EADDRNOTAVAIL", "ENETUNREACH"),

  /** The proxy of a published UDP port answers from the address that it was asked at. */
  udpProxyAnswersWhereAsked: since28(false, true),
};
