// Sends what was recorded again, and finds where answers differ.
import type { Client } from "./client.js";
import { type Difference, differences } from "./differences.js";
import { KnownIds } from "./known-ids.js";
import type { Answer, Recorded } from "./recorded.js";
import { atVersion, movedInTime } from "./target.js";

/** What became of a request. */
export interface Replayed {
  /** With the target as it was sent. */
  readonly recorded: Recorded;
  /** Absent where it was not compared. */
  readonly differences?: readonly Difference[];
  /** Why it was not compared, or not sent. */
  readonly note?: string;
}

/**
 * Sends requests in the order in which they began. A request waits for those that had ended before it began, so what
 * happened side by side does so again. Gives each result in that order.
 *
 * @param patience how long an answer may take longer than it took, in milliseconds
 */
export async function* replay(
  client: Client,
  record: readonly Recorded[],
  patience: number,
): AsyncGenerator<Replayed> {
  const ids = new KnownIds();
  const newest = await newestVersion(client);
  const since = Date.now() - (record[0]?.began ?? 0);
  const targetOf = ({ target }: Recorded) => movedInTime(atVersion(ids.fill(target), newest), since);
  const going = new Set<Going>();
  const results: Promise<Replayed>[] = [];
  for (const recorded of record) {
    for (const before of going) {
      if (before.recorded.answered <= recorded.began) await before.answered;
      if (before.recorded.ended > recorded.began) continue;
      // Its client went at about this moment.
      before.leave.abort();
      await before.result;
      going.delete(before);
    }
    const begun = begin(client, { ...recorded, target: targetOf(recorded) }, ids, patience);
    going.add(begun);
    results.push(begun.result);
  }
  for (const { leave } of going) leave.abort();
  for (const result of results) yield await result;
}

/** A request that is not over. */
interface Going {
  readonly recorded: Recorded;
  /** Settles when the head of the answer is there, or the request has failed. */
  readonly answered: Promise<unknown>;
  readonly result: Promise<Replayed>;
  /** Lets the client go, where it did so in the record. */
  readonly leave: AbortController;
}

function begin(client: Client, recorded: Recorded, ids: KnownIds, patience: number): Going {
  const leave = new AbortController();
  const { promise: head, resolve: headCame } = promiseWithResolvers();
  const left = recorded.leftEarly ? [leave.signal] : [];
  const result = again(client, recorded, ids, { left, patience, headCame });
  // Whoever waits for it hears of its failure.
  result.catch(() => {});
  return { recorded, answered: Promise.race([head, result]), result, leave };
}

function promiseWithResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

async function again(
  client: Client,
  recorded: Recorded,
  ids: KnownIds,
  { left, patience, headCame }: { left: AbortSignal[]; patience: number; headCame: () => void },
): Promise<Replayed> {
  if (recorded.isCut) return { recorded, note: "not sent: the record does not hold all of it" };
  const body = isText(recorded.body) ? Buffer.from(ids.fill(recorded.body.toString())) : recorded.body;
  const limit = AbortSignal.timeout(recorded.ended - recorded.began + patience);
  const now = await client
    .send({ ...recorded, body }, AbortSignal.any([...left, limit]), headCame)
    .catch((error: unknown) => {
      if (!limit.aborted && !left.some(({ aborted }) => aborted)) throw error;
    });
  if (recorded.leftEarly) return { recorded, note: "not compared: its client left early" };
  if (limit.aborted || !now) {
    const late = {
      place: "answer",
      recorded: `after ${recorded.ended - recorded.began} ms`,
      now: "none yet",
    };
    return { recorded, differences: [late] };
  }
  return { recorded, differences: differences(recorded.answer, now, ids) };
}

/** The newest API version that an engine speaks. */
async function newestVersion(client: Client): Promise<string> {
  const answer: Answer = { status: 200, contentType: "", body: Buffer.alloc(0) };
  const asked = { method: "GET", target: "/version", headers: {}, body: Buffer.alloc(0), answer };
  const { body } = await client.send(asked, AbortSignal.timeout(10_000), () => {});
  const { ApiVersion } = JSON.parse(body.toString()) as { ApiVersion: string };
  return ApiVersion;
}

function isText(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString()).equals(bytes);
}
