import type { TrafficAnswer, TrafficProbe } from "@dryharbor/sdk/port";
import type { ReachesCheck } from "./check.js";
import {
  addressesOf,
  cannotAsk,
  containerOf,
  type Finding,
  held,
  missing,
  networkOf,
  type State,
} from "./state.js";

/** What became of a try, as the end of a sentence. */
const became: Readonly<Record<TrafficAnswer, string>> = {
  answers: "is answered",
  refused: "is refused: nobody listens there",
  "no-route": "has no way there",
  silent: "hears nothing",
};

/** Judges whether somebody reaches somebody. Sends a ping or opens a connection from inside the asker's network. */
export async function judgeReaches(check: ReachesCheck, state: State): Promise<Finding> {
  const { from, to, network, port, answer: wanted = "answers" } = check;
  for (const name of from === "host" ? [] : [from]) {
    const why = cannotAsk(state, name);
    if (why !== undefined) return missing(why);
  }
  const isContainer = to !== "host" && !/^[\d.]+$|:/.test(to);
  if (isContainer) {
    const why = cannotAsk(state, to);
    if (why !== undefined) return missing(why);
  }
  const where = port === undefined ? to : `${to} at port ${port}`;
  const addresses = isContainer
    ? addressesOf(state, to, { network })
    : to === "host"
      ? gatewaysOf(state, from)
      : [to];
  if (addresses.length === 0) {
    return missing(
      `${to} has no address${network === undefined ? "" : ` on ${network}`} that ${from} could try`,
    );
  }
  const probes = addresses.map(
    (address): TrafficProbe => (port === undefined ? { address } : { address, port }),
  );
  const answers =
    from === "host"
      ? await state.engine.traffic.probeFromHost(probes)
      : await state.engine.traffic.probe(from, probes);
  // A container with several addresses is reached if one of them is; what else is said of it must hold for all.
  const holds = wanted === "answers" ? answers.includes(wanted) : answers.every((each) => each === wanted);
  const told = answers.find((each) => each !== wanted) ?? wanted;
  if (!holds) return missing(`${from} tries ${where} and ${became[told]}`);
  return held(
    wanted === "answers" ? `${from} reaches ${where}` : `${from} tries ${where} and ${became[wanted]}`,
  );
}

/** The addresses of the host that a container has as gateways. The host itself, and who uses its network, has loopback. */
function gatewaysOf(state: State, name: string): string[] {
  const endpoints = (name === "host" ? undefined : containerOf(state, name))?.endpoints ?? [];
  if (name === "host" || endpoints.some(({ network }) => network === "host")) return ["127.0.0.1"];
  return endpoints.flatMap(({ network }) =>
    (networkOf(state, network)?.subnets ?? []).flatMap(({ gateway }) =>
      gateway === undefined || gateway.includes(":") ? [] : [gateway],
    ),
  );
}
