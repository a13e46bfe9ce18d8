import { engineError, type Traffic, type TrafficAnswer, type TrafficProbe } from "@dryharbor/sdk/port";
import { type Container, isRunning } from "../core/containers/container.js";
import { findContainer } from "../core/containers/find.js";
import { containerReference } from "./reference.js";
import type { Session } from "./session.js";

export function simulatedTraffic(session: Session): Traffic {
  const { daemon, runtime } = session;

  /** @param asker finds the container that asks, `undefined` for the host */
  const tried = async (
    asker: () => Container | undefined,
    probes: readonly TrafficProbe[],
  ): Promise<TrafficAnswer[]> => {
    const { probe, stacks } = await runtime.network();
    const container = asker();
    const stack = container ? stacks.of(container) : stacks.host();
    const answers: TrafficAnswer[] = probes.map(() => "silent");
    // A request that was lost is sent again: whoever listens may have made room meanwhile.
    for (let tries = 0; tries < 2; tries++) {
      const left = [...probes.entries()].filter(([at]) => answers[at] === "silent");
      for (const [at, each] of left) answers[at] = probe(stack, each);
      const hasConnected = left.some(([at, { port }]) => port !== undefined && answers[at] === "answers");
      if (!hasConnected) break;
      await turn();
    }
    return answers;
  };

  return {
    async probe(name, probes, options) {
      const reference = containerReference(name);
      return session.wait(options, () =>
        tried(() => {
          const asker = findContainer(daemon, reference);
          if (!isRunning(asker)) throw engineError(409, daemon.release.containers.notRunning(asker.id));
          return asker;
        }, probes),
      );
    },
    probeFromHost: (probes, options) => session.wait(options, () => tried(() => undefined, probes)),
  };
}

/** A turn of the event loop, in which programs come to their next wait. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
