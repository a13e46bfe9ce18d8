// The two ways in which a node asks its swarm for networks. Where it also asks how many of their addresses are in use
// (`counting`), the answer fails as a whole when one of the networks in it waits for its subnets.

import type { Swarm } from "../swarm.js";
import { isWaiting, type SwarmNetwork } from "./swarm-network.js";

/** Returns the one network of a whole id, a name or a prefix of its id; `undefined` for none, and for several. */
export function askForOne({ networks }: Swarm, ref: string, counting: boolean): SwarmNetwork | undefined {
  const all = [...networks.values()];
  const answers = [
    all.filter(({ id }) => id === ref),
    all.filter(({ name }) => name === ref),
    all.filter(({ id }) => id.startsWith(ref)),
  ];
  const [network, another] = answers.find((answer) => answer.length > 0 && succeeds(answer, counting)) ?? [];
  return another ? undefined : network;
}

/** Returns all networks but those that stand for a node's own; none where the answer fails. */
export function askForAll({ networks }: Swarm, counting: boolean): readonly SwarmNetwork[] {
  const all = [...networks.values()];
  return succeeds(all, counting) ? all.filter(({ predefined }) => !predefined) : [];
}

function succeeds(answer: readonly SwarmNetwork[], counting: boolean): boolean {
  return !counting || !answer.some(isWaiting);
}
