// What engines refuse and in which words, by release. `refusals.live.test.ts` asks real engines, and
// `refusals.test.ts` the simulator.

import { bodyRefusals } from "./bodies.js";
import { containerRefusals } from "./containers.js";
import { endpointRefusals } from "./endpoints.js";
import { networkRefusals } from "./networks.js";
import { poolRefusals } from "./pools.js";
import type { Refusal } from "./refusal.js";
import { systemRefusals } from "./system.js";
import { updateRefusals } from "./updates.js";

/**
 * The refusals that work with networks meets, in the words of each release. All were seen on the three real
 * engines.
 */
export const refusals: readonly Refusal[] = [
  ...bodyRefusals,
  ...networkRefusals,
  ...poolRefusals,
  ...endpointRefusals,
  ...containerRefusals,
  ...systemRefusals,
  ...updateRefusals,
];
