// What becomes of a packet under faults of ways. `core/traffic/decide.ts` asks, the one place where it is decided.

import type { Line } from "@dryharbor/kernel/host";
import type { Daemon } from "../../core/daemon.js";
import type { Asked, Place, Verdict } from "../../core/traffic/place.js";
import type { WayFault } from "../fault.js";
import { isOn, reversed, type Way, wayOf } from "./ends.js";
import { joined } from "./lines.js";

/** A way fault that was added. */
export interface AddedWay {
  readonly number: number;
  readonly fault: WayFault;
  /** What packets of one direction pass: those that go as the fault says, or the other way round. */
  line(direction: "there" | "back"): Line;
}

/** Returns what becomes of a packet that would arrive. */
export function changeVerdict(
  daemon: Daemon,
  ways: readonly AddedWay[],
  verdict: Verdict,
  from: Place,
  { protocol }: Asked,
): Verdict {
  // Who has an address is no packet of a way: it is asked on one link.
  if (verdict.kind !== "delivered" || protocol === "arp") return verdict;
  const way = wayOf(daemon, from, verdict);
  if (!way) return verdict;
  const on = (asked: Way): AddedWay[] => ways.filter(({ fault }) => isOn(daemon, fault, asked));
  const [onWay, onReturn] = [on(way), on(reversed(way))];
  if (onWay.length + onReturn.length === 0) return verdict;
  const there = joined(onWay.filter(isLine).map((each) => each.line("there")));
  if (there?.isCut) {
    const { local, out, routers } = verdict;
    return { kind: "dropped", why: "fault", local, out, routers };
  }
  const back = joined(onReturn.filter(isLine).map((each) => each.line("back")));
  const resets = protocol === "tcp" && [...onWay, ...onReturn].some(({ fault }) => fault.reset === true);
  return { ...verdict, there, back, resets };
}

/** Returns whether a fault does something to packets, and not only to connections. */
function isLine({ fault }: AddedWay): boolean {
  const { partition, loss, latency, jitter, bandwidth } = fault;
  return [partition, loss, latency, jitter, bandwidth].some((effect) => effect !== undefined);
}
