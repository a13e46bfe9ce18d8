import {
  type CallOptions,
  engineError,
  type Traffic,
  type TrafficAnswer,
  type TrafficProbe,
} from "@dryharbor/sdk/port";
import { isRunning } from "../core/containers/container.js";
import { findContainer } from "../core/containers/find.js";
import type { Reach } from "../runtime/network/reach.js";
import { containerReference } from "./reference.js";
import type { Session } from "./session.js";

export function simulatedTraffic(session: Session): Traffic {
  const { daemon, runtime } = session;
  type Ask = (from: string, probes: readonly TrafficProbe[]) => TrafficAnswer[];
  const asked = async (options: CallOptions | undefined, question: (ask: Ask) => TrafficAnswer[]) => {
    const { reach, stacks } = await runtime.network();
    const ask: Ask = (from, probes) =>
      probes.map(({ address, port }) =>
        answerOf(reach({ daemon, stacks }, from, address, port === undefined ? {} : { port })),
      );
    return session.compute(options, () => question(ask));
  };
  return {
    probe: (container, probes, options) =>
      asked(options, (ask) => {
        const asker = findContainer(daemon, containerReference(container));
        if (!isRunning(asker)) throw engineError(409, daemon.release.containers.notRunning(asker.id));
        return ask(asker.id, probes);
      }),
    probeFromHost: (probes, options) => asked(options, (ask) => ask("host", probes)),
  };
}

function answerOf({ reached, reason }: Reach): TrafficAnswer {
  if (reached) return "answers";
  if (reason === "not-listening") return "refused";
  return reason === "no-route" || reason === "outside-unreachable" ? "no-route" : "silent";
}
