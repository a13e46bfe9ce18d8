import type { PublishedCheck } from "./check.js";
import { cannotAsk, containerOf, type Finding, held, missing, type State } from "./state.js";

/** Judges whether a container publishes a port on the host, and whether somebody answers there. */
export async function judgePublished(check: PublishedCheck, state: State): Promise<Finding> {
  const { container: name, port, protocol = "tcp", hostPort, address, answers } = check;
  const why = cannotAsk(state, name);
  if (why !== undefined) return missing(why);
  const { ports } = containerOf(state, name)!;
  const doors = ports.find((each) => each.port === port && each.protocol === protocol)?.published ?? [];
  if (doors.length === 0) return missing(`${name} does not publish its port ${port}`);
  const fitting = doors.filter(
    (door) =>
      (hostPort === undefined || door.port === hostPort) &&
      (address === undefined || door.address === address),
  );
  if (fitting.length === 0) {
    const there = doors.map((door) => `${door.address}:${door.port}`).join(" and ");
    const wanted = [address, hostPort].filter((part) => part !== undefined).join(":");
    return missing(`${name} publishes its port ${port} at ${there}, not at ${wanted}`);
  }
  const place = hostPort === undefined ? "the host" : `port ${hostPort} of the host`;
  if (answers) {
    const probes = fitting.map((door) => ({
      address: { "0.0.0.0": "127.0.0.1", "::": "::1" }[door.address] ?? door.address,
      port: door.port,
    }));
    const seen = await state.engine.traffic.probeFromHost(probes);
    if (!seen.includes("answers")) return missing(`nobody answers at ${place} yet`);
    return held(`${name} answers at ${place}`);
  }
  return held(`${name} publishes its port ${port} at ${place}`);
}
