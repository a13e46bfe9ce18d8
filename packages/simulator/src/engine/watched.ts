import type { Engine, EventStream } from "@dryharbor/sdk/port";
import { type CallLog, failed } from "../calls/call-log.js";
import type { CallName } from "../calls/call-name.js";

type Method = (...given: unknown[]) => unknown;
type Group = Record<string, Method>;

/** Questions about names and traffic are the SDK's own, and no requests to an engine. */
const unrecorded: ReadonlySet<string> = new Set(["dns", "traffic"]);

/** Returns an engine whose calls are recorded. */
export function watchedEngine(engine: Engine, log: CallLog): Engine {
  const watched: Record<string | symbol, unknown> = { ...engine };
  for (const [name, group] of Object.entries(engine)) {
    if (typeof group !== "object" || unrecorded.has(name)) continue;
    const methods: Group = {};
    for (const [method, call] of Object.entries(group as Group)) {
      methods[method] = recordedCall(log, `${name}.${method}` as CallName, call);
    }
    watched[name] = methods;
  }
  watched.events = (...given: Parameters<Engine["events"]>): EventStream => {
    const record = log.begin("port", "events", given);
    const { faults } = log;
    const subscribe = (): EventStream => engine.events(...given);
    const stream = faults
      ? later(Promise.resolve(faults).then((each) => each.events(record, given, subscribe)))
      : subscribe();
    stream.opened.then(
      () => {
        record.outcome = "answered";
      },
      (error) => failed(record, error),
    );
    return stream;
  };
  return watched as unknown as Engine;
}

function recordedCall(log: CallLog, name: CallName, call: Method): Method {
  return async (...given) => {
    const record = log.begin("port", name, given);
    try {
      const { faults } = log;
      const answer = await (faults ? (await faults).call(record, name, given, call) : call(...given));
      record.outcome = "answered";
      return answer;
    } catch (error) {
      failed(record, error);
      throw error;
    }
  };
}

/** A subscription that is made later. */
function later(subscribed: Promise<EventStream>): EventStream {
  const pieces = (async function* () {
    yield* await subscribed;
  })();
  return {
    opened: subscribed.then(({ opened }) => opened),
    close: () => void subscribed.then((stream) => stream.close()),
    [Symbol.asyncIterator]: () => pieces,
  };
}
