/**
 * Makes a number of 32 bits of some text: what a kernel chooses at random for the headers of packets, such as the
 * first sequence number of a connection. Only those who capture see it, so it costs nobody else anything.
 */
export function numberOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a_2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Returns the identification of a packet of IPv4, or the flow label of one of IPv6. */
export function identificationOf(family: 4 | 6, text: string): number {
  return numberOf(text) & (family === 4 ? 0xffff : 0xf_ffff);
}
