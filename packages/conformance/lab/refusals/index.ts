import { bodyRefusals } from "./bodies.js";
import { containerRefusals } from "./containers.js";
import { endpointRefusals } from "./endpoints.js";
import { networkRefusals } from "./networks.js";
import { poolRefusals } from "./pools.js";
import type { Refusal } from "./refusal.js";
import { systemRefusals } from "./system.js";

/** Every refusal that network work meets, in each release's words: seen on the three real engines. */
export const refusals: readonly Refusal[] = [
  ...bodyRefusals,
  ...networkRefusals,
  ...poolRefusals,
  ...endpointRefusals,
  ...containerRefusals,
  ...systemRefusals,
];
