// A fork that nobody has used yet: it has a captured state, and becomes a machine with its first use.

import type { Time } from "@dryharbor/kernel/host";
import { UsageError } from "@dryharbor/sdk/port";
import type { ReleaseName } from "../core/releases/row.js";
import type { Simulator } from "../simulator.js";
import type { Capture } from "./capture.js";
import { asSnapshot, type SavedState } from "./snapshot.js";

/**
 * Makes a simulator that wakes with its first use. Its snapshots and forks are those of the captured state until then.
 *
 * @param wake makes the simulator of a state
 */
export function sleeping(
  release: ReleaseName,
  captured: Capture,
  wake: (state: SavedState, time: Time) => Simulator,
  time: Time,
): Simulator {
  let awake: Simulator | undefined;
  let closed = false;
  const woken = (): Simulator => {
    if (closed) throw new UsageError("this simulator is closed: make another one");
    awake ??= wake(captured.state(), time);
    return awake;
  };
  const close = async (): Promise<void> => {
    closed = true;
    await awake?.close();
  };
  return {
    release,
    get engine() {
      return woken().engine;
    },
    get handle() {
      return woken().handle;
    },
    get fetch() {
      return woken().fetch;
    },
    get host() {
      return woken().host;
    },
    get calls() {
      return woken().calls;
    },
    get faults() {
      return woken().faults;
    },
    connect: (options) => woken().connect(options),
    reach: async (from, to, how) => await woken().reach(from, to, how),
    watchTraffic: async (listener) => await woken().watchTraffic(listener),
    resolver: async (container) => await woken().resolver(container),
    snapshot: () => awake?.snapshot() ?? asSnapshot(captured.state()),
    follow: async () => await woken().follow(),
    fork: async (how) =>
      awake ? await awake.fork(how) : sleeping(release, captured, wake, how?.time ?? time),
    close,
    [Symbol.asyncDispose]: close,
  };
}
