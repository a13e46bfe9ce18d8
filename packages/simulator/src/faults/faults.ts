// `simulator.faults`: the smallest part of faults, which every simulator has. The rest is loaded with the first fault.

import type { CallLog } from "../calls/call-log.js";
import type { Session } from "../engine/session.js";
import type { Machine } from "../machine.js";
import type { FaultControl } from "./control.js";
import type { Fault } from "./fault.js";

/** The faults of a simulator: what goes wrong in it on purpose. */
export interface Faults {
  /**
   * Adds a fault. Calls that are made from now on meet it. It is gone at the end of its scope, with
   * {@link AddedFault.remove}, and with {@link clear}. What faults need is loaded with the first one.
   *
   * @throws {UsageError} it is no fault, or could never strike: by `await`, and by the end of its scope
   *
   * @example
   * await using fault = simulator.faults.add({ call: "networks.connect", error: { status: 500, message: "no" } });
   *
   * @example
   * const fault = await simulator.faults.add({ between: ["web", "db"], partition: true });
   * await fault.remove();
   */
  add(fault: Fault): PendingFault;
  /** Removes the fault of a number. Returns `false` where there is none. */
  remove(number: number): Promise<boolean>;
  /** Removes all faults. */
  clear(): Promise<void>;
  /** Returns the faults that are there, in the order in which they were added. */
  list(): readonly ListedFault[];
}

/** A fault that is there until its scope ends. */
export interface AddedFault extends AsyncDisposable {
  /** Its number, which {@link RecordedCall.fault} names. */
  readonly number: number;
  /** How many times it has struck. */
  readonly struck: number;
  /** Removes it. What waits for its sake goes on. Returns `false` where it had gone already. */
  remove(): Promise<boolean>;
}

/** A fault that is being added. Calls that are made meanwhile wait for it. */
export interface PendingFault extends PromiseLike<AddedFault>, AsyncDisposable {
  /** Removes it as soon as it is there. */
  remove(): Promise<boolean>;
}

/** A fault as data. */
export interface ListedFault {
  readonly number: number;
  readonly fault: Fault;
  /** How many times it could have struck: what it is about came along, and its turn was not over. */
  readonly met: number;
  /** How many times it has struck. */
  readonly struck: number;
}

/** Makes `simulator.faults`. */
export function faultsOnDemand(machine: Machine, log: CallLog, sessions: Iterable<Session>): Faults {
  const { daemon, runtime } = machine;
  let loading: Promise<FaultControl> | undefined;
  const control = (): Promise<FaultControl> => {
    if (!loading) {
      loading = import("../seldom.js").then(({ controlFaults }) => controlFaults(machine, log, sessions));
      log.faults = loading;
      runtime.awaitLoad(loading);
    }
    return loading;
  };
  // Those of a snapshot.
  if (daemon.faults) control();
  return {
    add(fault) {
      const added = control().then((faults) => faults.add(fault));
      const remove = (): Promise<boolean> => added.then((each) => each.remove());
      return {
        remove,
        // biome-ignore lint/suspicious/noThenProperty: a fault is there with `await`, and without
        then: (...callbacks) => added.then(...callbacks),
        [Symbol.asyncDispose]: () => remove() as Promise<unknown> as Promise<void>,
      };
    },
    remove: async (number) => (await (await loading)?.remove(number)) ?? false,
    clear: async () => (await loading)?.clear(),
    list: () =>
      ((daemon.faults?.saved.faults ?? []) as readonly ListedFault[]).map(
        ({ number, fault, met, struck }) => ({
          number,
          fault,
          met,
          struck,
        }),
      ),
  };
}
