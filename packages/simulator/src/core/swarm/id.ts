import type { Random } from "../random.js";

/** The length of swarmkit's ids. */
const idLength = 25;

/**
 * Makes an id of an object in a swarm: 25 digits and lower-case letters, as swarmkit's identity.NewID does.
 */
export function newSwarmId(random: Random): string {
  // The first bit of the 17 bytes is set, so that there are enough digits. The first digit is not random
  // enough and is dropped.
  const bytes = BigInt(`0x${random.hex(34)}`) | (1n << 135n);
  return bytes.toString(36).slice(1, idLength + 1);
}
