import type { Random } from "../random.js";

/** How many digits swarmkit's ids have. */
const idLength = 25;

/** An id of what a swarm keeps: 25 digits and lower-case letters, as swarmkit's identity.NewID makes them. */
export function newSwarmId(random: Random): string {
  // 17 bytes, the first bit set, so that there are digits enough; the first one tells too little and is dropped.
  const bytes = BigInt(`0x${random.hex(34)}`) | (1n << 135n);
  return bytes.toString(36).slice(1, idLength + 1);
}
