// The faults of one simulator at work: it holds the table, and strikes the calls of clients.

import { ConnectionError, type EngineError, type EventStream } from "@dryharbor/sdk/port";
import type { CallLog, OpenRecord } from "../calls/call-log.js";
import type { CallName } from "../calls/call-name.js";
import type { Container } from "../core/containers/container.js";
import type { Faults as CoreFaults } from "../core/faults.js";
import type { Session } from "../engine/session.js";
import type { HttpRequest } from "../http/message.js";
import { progress } from "../http/progress.js";
import type { Machine } from "../machine.js";
import { HandlerPanic } from "../requests/body.js";
import { readAhead, type StruckRequest, strikeRequest } from "./calls/http.js";
import { type Struck, strikeEvents, strikePortCall } from "./calls/port.js";
import { stepsOfPull } from "./calls/pull.js";
import { containerOf, type Subject, subjectOf } from "./calls/subject.js";
import { moveDoors } from "./engine/down.js";
import { diskRefusal, failsInProgress, fillDisk } from "./engine/full-disk.js";
import { comeBack, shutDown } from "./engine/restart.js";
import type { Fault } from "./fault.js";
import type { AddedFault } from "./faults.js";
import { readFault } from "./read-fault.js";
import { FaultTable } from "./table.js";
import { Waits } from "./waits.js";
import { type AddedWay, changeVerdict } from "./ways/change-verdict.js";

/** What strikes calls. The port and HTTP ask it, as long as there are faults. */
export interface FaultControl {
  /** @throws {UsageError} it is no fault, or could never strike */
  add(fault: Fault): AddedFault;
  /** Removes a fault. Returns `false` where there is none of that number. */
  remove(number: number): Promise<boolean>;
  clear(): Promise<void>;
  /** Makes a call of the port, unless a fault has it otherwise. */
  call(
    record: OpenRecord,
    name: CallName,
    given: readonly unknown[],
    operate: (...given: readonly unknown[]) => unknown,
  ): Promise<unknown>;
  /** Subscribes to events, unless a fault has it otherwise. */
  events(record: OpenRecord, given: readonly unknown[], subscribe: () => EventStream): Promise<EventStream>;
  /**
   * Returns what strikes a request, and the request to go on with.
   *
   * @param subjectOf returns what the request is about; its body is there where it was asked for
   */
  request(
    request: HttpRequest,
    subjectOf: (body: string | undefined) => Subject,
  ): Promise<{ readonly request: HttpRequest; readonly struck: StruckRequest | undefined }>;
  /** Gives up all that waits for the sake of faults. */
  close(): void;
}

/** Puts faults into a simulator: those of its snapshot, and those to come. */
export function controlFaults(machine: Machine, log: CallLog, sessions: Iterable<Session>): FaultControl {
  const { daemon, runtime } = machine;
  const table = new FaultTable(daemon.faults?.saved ?? { last: 0, seed: daemon.random.state, faults: [] });
  const waits = new Waits(runtime.time);
  const ending = new Map<Container, number>();
  /** The fault for whose sake the engine is down, and when it is. */
  let down: number | undefined;
  let wentDown: Promise<void> = Promise.resolve();
  /** The fault for whose sake the disk is full. */
  let diskIsFull: number | undefined;

  /** The faults of ways with what they have under way, as long as they are there. */
  let ways: readonly AddedWay[] = table.ways(runtime.time);
  let generation = 0;

  const core: CoreFaults = {
    get generation() {
      return generation;
    },
    get saved() {
      return table.saved;
    },
    get strikesNames() {
      return table.all.some(({ fault }) => "name" in fault);
    },
    changeVerdict: (verdict, from, packet) =>
      ways.length === 0 ? verdict : changeVerdict(daemon, ways, verdict, from, packet),
    strikeName: (asker, question) => table.strikeName(daemon, asker, question),
  };
  daemon.faults = core;

  const struck: Struck = {
    strike: (subject) => table.strikeCall(daemon, subject),
    wait: (number, milliseconds, signal) => waits.wait(number, milliseconds, signal),
    stepsOfPull: (subject) => stepsOfPull(daemon, subject),
    release: daemon.release,
    endNext(subject, exitCode) {
      const id = containerOf(daemon, subject)?.id;
      const container = id === undefined ? undefined : daemon.containers.byId.get(id);
      if (!container) return () => {};
      ending.set(container, exitCode);
      return () => ending.delete(container);
    },
  };

  const control: FaultControl = {
    add(given) {
      const number = table.add(readFault(given, daemon.release.name));
      changed();
      const remove = (): Promise<boolean> => control.remove(number);
      begin(number, table.all.at(-1)!.fault);
      return {
        number,
        get struck() {
          return table.all.find((each) => each.number === number)?.struck ?? 0;
        },
        remove,
        [Symbol.asyncDispose]: () => remove() as Promise<unknown> as Promise<void>,
      };
    },
    async remove(number) {
      if (!table.has(number)) return false;
      await drop(number);
      return true;
    },
    async clear() {
      await Promise.all(table.all.map(({ number }) => drop(number)));
    },
    async call(record, name, given, operate) {
      refuseWhileDown(record);
      const refusal = diskIsFull === undefined ? undefined : diskRefusal(daemon, subjectOf(name, given));
      if (refusal) {
        record.fault = diskIsFull;
        throw refusal;
      }
      return strikePortCall(struck, record, name, given, operate);
    },
    async events(record, given, subscribe) {
      refuseWhileDown(record);
      return strikeEvents(struck, record, given, subscribe);
    },
    async request(request, about) {
      if (down !== undefined) return { request, struck: notThere(down) };
      const subject = about(undefined);
      const refusal = diskIsFull === undefined ? undefined : diskRefusal(daemon, subject);
      if (refusal) return { request, struck: refused(diskIsFull!, refusal, failsInProgress(subject)) };
      if (request.body.length === 0 || !table.asksForBody(subject)) {
        return { request, struck: strikeRequest(struck, subject, request) };
      }
      const read = await readAhead(request);
      return { request: read.request, struck: strikeRequest(struck, about(read.text), request) };
    },
    close: () => waits.close(),
  };

  /** Returns what befalls a request for which there is no room. */
  function refused(number: number, refusal: EngineError, inProgress: boolean): StruckRequest {
    return {
      number,
      async before() {
        if (!inProgress) throw refusal;
      },
      instead: () => progress(daemon.release, { steps: [], failure: refusal }),
      after: async (response) => response,
    };
  }

  /** Begins what a fault of the engine does. It ends by itself where the fault says so. */
  function begin(number: number, fault: Fault): void {
    if (!("engine" in fault)) return;
    if (fault.engine === "restarting" && down === undefined) {
      down = number;
      wentDown = shutDown(machine).then(cutOff);
    }
    if (fault.engine === "disk full") {
      diskIsFull = number;
      fillDisk(daemon, true);
    }
    if (fault.for !== undefined) runtime.time.after(fault.for, () => void drop(number));
  }

  /** Ends what clients have under way. */
  function cutOff(): void {
    for (const session of sessions) {
      session.close();
      session.closed = false;
    }
    moveDoors(log.calls, "close");
  }

  function refuseWhileDown(record: OpenRecord): void {
    if (down === undefined) return;
    record.fault = down;
    throw new ConnectionError(
      "no answer from the Docker Engine: a fault lets it restart, and it refuses connections",
    );
  }

  async function drop(number: number): Promise<void> {
    table.remove(number);
    waits.endOf(number);
    changed();
    if (number === diskIsFull) {
      diskIsFull = table.all.find(({ fault }) => "engine" in fault && fault.engine === "disk full")?.number;
      fillDisk(daemon, diskIsFull !== undefined);
    }
    if (number !== down) return;
    await wentDown;
    // Another one may have been added meanwhile, or the same one dropped twice.
    if (number !== down) return;
    down = table.all.find(({ fault }) => "engine" in fault && fault.engine === "restarting")?.number;
    if (down === undefined) {
      comeBack(machine);
      moveDoors(log.calls, "open");
    }
    changed();
  }

  /** Lets calls ask only where there are faults. */
  function changed(): void {
    log.faults = table.all.length > 0 || down !== undefined ? control : undefined;
    const known = new Map(ways.map((way) => [way.number, way]));
    ways = table.ways(runtime.time).map((way) => known.get(way.number) ?? way);
    generation++;
  }

  runtime.endsAtOnce = (container) => {
    const exitCode = ending.get(container);
    ending.delete(container);
    return exitCode;
  };
  changed();
  for (const { number, fault } of table.all) begin(number, fault);
  return control;
}

/** What befalls a request while the engine is down. */
function notThere(number: number): StruckRequest {
  const drop = async (): Promise<never> => {
    throw new HandlerPanic();
  };
  return { number, before: drop, after: async (response) => response };
}
