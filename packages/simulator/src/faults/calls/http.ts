// Faults of requests of the Engine API.

import { AbortError, engineError, type PullProgress } from "@dryharbor/sdk/port";
import type { Release } from "../../core/releases/release.js";
import { jsonHeaders } from "../../http/answer.js";
import { line } from "../../http/lines.js";
import type { HttpRequest, HttpResponse, RawConnection } from "../../http/message.js";
import { HandlerPanic } from "../../requests/body.js";
import type { CallFault, StreamFault } from "../fault.js";
import { type Around, struckPieces } from "./pieces.js";
import { type Struck, streamFaultOf } from "./port.js";
import { holdsPull } from "./pull.js";
import type { Subject } from "./subject.js";

/** What strikes one request: what happens before it is answered, and what becomes of its answer. */
export interface StruckRequest {
  readonly number: number;
  /** @throws {EngineError} it is refused. @throws {HandlerPanic} its connection drops */
  before(): Promise<void>;
  /** Answers in place of the engine, or lets it go on later. */
  readonly instead?: ((proceed: () => Promise<HttpResponse>) => HttpResponse) | undefined;
  after(response: HttpResponse): Promise<HttpResponse>;
}

/** Counts a request with the faults. Returns what strikes it. */
export function strikeRequest(
  around: Struck,
  subject: Subject,
  request: HttpRequest,
): StruckRequest | undefined {
  const struck = around.strike(subject);
  if (!struck) return undefined;
  const { number, fault } = struck;
  const wait = async (milliseconds: number | undefined): Promise<void> => {
    try {
      await around.wait(number, milliseconds, request.signal);
    } catch (error) {
      // A client that has gone waits for nothing.
      throw error instanceof AbortError ? new HandlerPanic() : error;
    }
  };
  let callOff: (() => void) | undefined;
  const broken = (): Error => new Error("a fault breaks this answer off");
  const isHeld = holdsPull(subject, fault);
  return {
    number,
    instead: isHeld
      ? (proceed) =>
          heldPull(around.release, fault.stream!, around.stepsOfPull(subject), proceed, { wait, broken })
      : undefined,
    async before() {
      const { delay, error, drop, exitCode } = fault;
      if (delay !== undefined) await wait(delay);
      if (error) throw engineError(error.status, error.message);
      if (drop === "before") throw new HandlerPanic();
      if (exitCode !== undefined) callOff = around.endNext(subject, exitCode);
    },
    async after(response) {
      callOff?.();
      if (fault.late !== undefined) {
        try {
          await wait(fault.late);
        } catch (error) {
          abandon(response);
          throw error;
        }
      }
      return isHeld ? response : struckResponse(response, fault, { wait, broken });
    },
  };
}

/** Answers a pull of which half is told before the fault strikes, and the rest when it goes on. */
function heldPull(
  release: Release,
  { does, after: asked, for: milliseconds }: StreamFault,
  steps: readonly PullProgress[],
  proceed: () => Promise<HttpResponse>,
  { wait, broken }: Around,
): HttpResponse {
  const after = asked ?? Math.floor(steps.length / 2);
  const body = async function* (): AsyncGenerator<Uint8Array> {
    for (const step of steps.slice(0, after)) yield line(release, step, "\r\n");
    if (does === "break") throw broken();
    await wait(milliseconds);
    let told = 0;
    for await (const piece of (await proceed()).body as AsyncIterable<Uint8Array>) {
      if (told++ >= after) yield piece;
    }
  };
  return { status: 200, headers: jsonHeaders, body: body() };
}

/** Returns a request whose body has been read, with the body as text. */
export async function readAhead(request: HttpRequest): Promise<{ request: HttpRequest; text: string }> {
  const pieces: Uint8Array[] = [];
  for await (const piece of request.body) pieces.push(piece);
  const decoder = new TextDecoder();
  const text = pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
  const { method, target, headers, body } = request;
  return {
    text,
    request: {
      method,
      target,
      headers,
      body: {
        length: body.length,
        async *[Symbol.asyncIterator]() {
          yield* pieces.splice(0);
        },
      },
      get signal() {
        return request.signal;
      },
    },
  };
}

function struckResponse(response: HttpResponse, fault: CallFault, around: Around): HttpResponse {
  const { drop, stream } = fault;
  if (drop === "after") {
    abandon(response);
    return dropped;
  }
  const how = streamFaultOf(fault);
  if (!how || response.dropped || (stream && response.status >= 400)) return response;
  const { body, takeOver } = response;
  if (takeOver)
    return drop ? { ...response, takeOver: (connection) => takeOver(cutOff(connection)) } : response;
  if (body === undefined || body === "") return drop ? dropped : response;
  if (typeof body === "string" || body instanceof Uint8Array) {
    return drop
      ? { ...response, body: half(typeof body === "string" ? encoder.encode(body) : body, around) }
      : response;
  }
  return { ...response, body: struckBody(body, fault, around) };
}

const encoder = new TextEncoder();

const dropped: HttpResponse = { status: 500, headers: {}, dropped: true };

async function* struckBody(
  body: AsyncIterable<Uint8Array>,
  fault: CallFault,
  around: Around,
): AsyncGenerator<Uint8Array> {
  const how = streamFaultOf(fault)!;
  if (how.after !== undefined) {
    yield* struckPieces(body, how, how.after, around);
    return;
  }
  if (!tellsProgress(fault)) {
    yield* struckPieces(body, how, 0, around);
    return;
  }
  // The steps of a progress are all there, and half of them come.
  const steps: Uint8Array[] = [];
  for await (const step of body) steps.push(step);
  yield* struckPieces(listed(steps), how, Math.floor(steps.length / 2), around);
}

function tellsProgress({ call, route = "" }: CallFault): boolean {
  return /^images\.(pull|push|load|import|build)$/.test(call ?? "") || /^POST \/(images|build)/.test(route);
}

async function* listed(steps: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* steps;
}

async function* half(body: Uint8Array, { broken }: Around): AsyncGenerator<Uint8Array> {
  const part = body.subarray(0, Math.floor(body.length / 2));
  if (part.length > 0) yield part;
  throw broken();
}

/** A connection that ends behind the first half of its first output. */
function cutOff(connection: RawConnection): RawConnection {
  let isOver = false;
  return {
    input: connection.input,
    get signal() {
      return connection.signal;
    },
    write(data) {
      if (isOver) return true;
      isOver = true;
      connection.write(data.subarray(0, Math.floor(data.length / 2)));
      connection.end();
      return true;
    },
    drained: () => connection.drained(),
    end: () => connection.end(),
  };
}

function abandon({ body }: HttpResponse): void {
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) return;
  body[Symbol.asyncIterator]()
    .return?.()
    ?.then(undefined, () => {});
}
