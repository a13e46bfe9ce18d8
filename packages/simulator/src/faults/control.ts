// The faults of one simulator at work: it holds the table, and strikes the calls of clients.

import type { EventStream } from "@dryharbor/sdk/port";
import type { CallLog, OpenRecord } from "../calls/call-log.js";
import type { CallName } from "../calls/call-name.js";
import type { Container } from "../core/containers/container.js";
import type { Faults as CoreFaults } from "../core/faults.js";
import type { HttpRequest } from "../http/message.js";
import type { Machine } from "../machine.js";
import { readAhead, type StruckRequest, strikeRequest } from "./calls/http.js";
import { type Struck, strikeEvents, strikePortCall } from "./calls/port.js";
import { containerOf, type Subject } from "./calls/subject.js";
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
  clear(): void;
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
export function controlFaults(machine: Machine, log: CallLog): FaultControl {
  const { daemon, runtime } = machine;
  const table = new FaultTable(daemon.faults?.saved ?? { last: 0, seed: daemon.random.state, faults: [] });
  const waits = new Waits(runtime.time);
  const ending = new Map<Container, number>();

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
    diskIsFull: false,
  };
  daemon.faults = core;

  const struck: Struck = {
    strike: (subject) => table.strikeCall(daemon, subject),
    wait: (number, milliseconds, signal) => waits.wait(number, milliseconds, signal),
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
      const remove = async (): Promise<boolean> => {
        if (!table.has(number)) return false;
        drop(number);
        return true;
      };
      return {
        number,
        get struck() {
          return table.all.find((each) => each.number === number)?.struck ?? 0;
        },
        remove,
        [Symbol.asyncDispose]: () => remove() as Promise<unknown> as Promise<void>,
      };
    },
    clear() {
      for (const { number } of table.all) drop(number);
    },
    call: (record, name, given, operate) => strikePortCall(struck, record, name, given, operate),
    events: (record, given, subscribe) => strikeEvents(struck, record, given, subscribe),
    async request(request, subjectOf) {
      const subject = subjectOf(undefined);
      if (request.body.length === 0 || !table.asksForBody(subject)) {
        return { request, struck: strikeRequest(struck, subject, request) };
      }
      const read = await readAhead(request);
      return { request: read.request, struck: strikeRequest(struck, subjectOf(read.text), request) };
    },
    close: () => waits.close(),
  };

  function drop(number: number): void {
    table.remove(number);
    waits.endOf(number);
    changed();
  }

  /** Lets calls ask only where there are faults. */
  function changed(): void {
    log.faults = table.all.length > 0 ? control : undefined;
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
  return control;
}
