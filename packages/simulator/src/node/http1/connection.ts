// One HTTP/1 connection, served as Docker Engine's own server (Go's net/http) serves it. `Connection` reads
// heads (`head.ts`) and bodies (`body.ts`), calls the routes, and writes answers (`answer.ts`) or gives the
// connection away (`taken-over.ts`). `serve.ts` and `agent.ts` make one for each socket.

import type { Duplex } from "node:stream";
import type { Handle } from "../../http/handle.js";
import type { HttpRequest, HttpResponse } from "../../http/message.js";
import { answerHead, type Framing, framingOf, refusalText, takeOverHead } from "./answer.js";
import { IncomingBody } from "./body.js";
import { type HttpRules, type RequestHead, readHead, refusesFirstLine } from "./head.js";
import { Input } from "./input.js";
import { headBytes, type Limits, readAhead, unwantedBytes } from "./limits.js";
import { badRequest, headTooLarge, Refusal } from "./refusal.js";
import { drained, TakenOver } from "./taken-over.js";

/** The options that all connections of a server share. */
export interface ConnectionOptions {
  readonly handle: Handle;
  readonly rules: HttpRules;
  readonly limits: Limits;
  /**
   * Milliseconds between the head of an answer that takes over the connection, and its output. Default: 0.
   */
  readonly headStart?: number;
  /** Called for each answer when its head has been sent. */
  readonly answered?: (request: { readonly method: string; readonly target: string }, status: number) => void;
}

/**
 * Milliseconds for which a closed connection still accepts bytes, so that the client reads the last answer.
 */
const linger = 500;

/**
 * A connection that speaks HTTP/1 as Go's net/http does: which requests it accepts, how it refuses others and
 * in which words, how it delimits answers, and that the engine may take over the connection.
 */
export class Connection {
  readonly #socket: Duplex;
  readonly #options: ConnectionOptions;
  readonly #input = new Input();
  #state: "head" | "busy" | "raw" | "closing" = "head";
  /** The offset at which the search for the end of the head goes on. */
  #scanned = 0;
  #firstLineRead = false;
  /** The time since which the head of a request has been coming in, in milliseconds; 0 outside a head. */
  headSince = Date.now();
  /** True when the client sends no more. */
  #ended = false;
  #wakeReader: ((more: boolean) => void) | undefined;
  #gone: AbortController | undefined;
  #isGone = false;
  /** True when the server is stopping. Streams break off then. */
  #stopping = false;
  #streaming: AsyncIterator<Uint8Array> | undefined;
  /** True after a POST. Go skips line ends there, which some clients send. */
  #afterPost = false;
  /** The bytes of the current request, and the bytes that came together with its last one. */
  #requestBytes = 0;
  #cameWithRequest = 0;

  /** @param socket - must allow half-open connections */
  constructor(socket: Duplex, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.on("data", (piece: Buffer) => this.#receive(piece));
    socket.on("end", () => this.#receiveEnd());
    socket.on("close", () => this.#receiveClose());
    // A close event follows.
    socket.on("error", () => {});
  }

  /** Ends the connection: streams break off, and an idle connection closes at once. */
  stop(): void {
    this.#stopping = true;
    if (this.#state === "head") this.#socket.destroy();
    else this.#clientGone();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  get idle(): boolean {
    return this.#state === "head" && this.#input.length === 0;
  }

  #receive(piece: Buffer): void {
    if (this.#state === "closing") return;
    this.#input.append(piece);
    if (this.#state === "head") {
      this.#next();
    } else if (this.#wakeReader) {
      this.#wake(true);
    } else if (this.#input.length > readAhead) {
      this.#socket.pause();
    }
  }

  #receiveEnd(): void {
    this.#ended = true;
    if (this.#state === "head") this.#next();
    else if (this.#wakeReader) this.#wake(false);
    // Go cannot tell a client that has gone from one that sends no more, so neither is told apart here.
    else if (this.#state === "busy" && (this.#input.length === 0 || this.#streaming)) this.#clientGone();
  }

  #receiveClose(): void {
    this.#ended = true;
    this.#state = "closing";
    this.headSince = 0;
    this.#wake(false);
    this.#clientGone();
  }

  #wake(more: boolean): void {
    const wake = this.#wakeReader;
    this.#wakeReader = undefined;
    wake?.(more);
  }

  #clientGone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#gone?.abort();
    this.#streaming?.return?.()?.then(undefined, () => {});
  }

  /** Resolves to true when more bytes have come, and to false if none will. */
  #more(): Promise<boolean> {
    if (this.#input.length > 0 && this.#state === "raw") return Promise.resolve(true);
    if (this.#ended) return Promise.resolve(false);
    this.#socket.resume();
    return new Promise((resolve) => {
      this.#wakeReader = resolve;
    });
  }

  /** Starts reading the next request, if one has come. */
  #next(): void {
    if (this.#afterPost) {
      for (let skipped = 0; skipped < 4 && this.#input.length > 0; skipped++) {
        const byte = this.#input.byte(0);
        if (byte !== carriageReturn && byte !== lineFeed) break;
        this.#input.skip(1);
      }
      if (this.#input.length > 0) this.#afterPost = false;
    }
    const end = this.#endOfHead();
    if (end instanceof Refusal) this.#refuse(end);
    else if (end > 0) this.#begin(end);
    else if (this.#ended) {
      if (this.#input.length > 0) this.#refuse(badRequest);
      else this.#close();
    } else {
      if (this.#input.length > 0 && this.headSince === 0) this.headSince = Date.now();
      this.#socket.resume();
    }
  }

  /** Returns the offset of the blank line after the headers, or 0 if it has not come yet. */
  #endOfHead(): number | Refusal {
    const input = this.#input;
    for (;;) {
      const line = input.indexOf(lineFeed, this.#scanned);
      if (line < 0) {
        this.#scanned = input.length;
        break;
      }
      const next = line + 1;
      if (next >= input.length) break;
      if (input.byte(next) === lineFeed) return next > headBytes ? headTooLarge : this.#found(next, next + 1);
      if (input.byte(next) === carriageReturn) {
        if (next + 1 >= input.length) break;
        if (input.byte(next + 1) === lineFeed) {
          return next + 2 > headBytes ? headTooLarge : this.#found(next, next + 2);
        }
      }
      this.#scanned = next;
    }
    const firstEnd = this.#firstLineRead ? -1 : input.indexOf(lineFeed, 0);
    if (firstEnd >= 0) {
      this.#firstLineRead = true;
      const refusal = refusesFirstLine(input.text(firstEnd));
      if (refusal) return refusal;
    }
    return input.length > headBytes ? headTooLarge : 0;
  }

  #found(end: number, after: number): number {
    this.#requestBytes = after;
    return end;
  }

  #begin(end: number): void {
    const head = readHead(this.#input.text(end), this.#options.rules);
    if (head instanceof Refusal) {
      this.#refuse(head);
      return;
    }
    this.#input.skip(this.#requestBytes);
    this.#cameWithRequest = this.#input.length;
    this.#scanned = 0;
    this.#firstLineRead = false;
    this.headSince = 0;
    this.#state = "busy";
    this.#afterPost = head.method === "POST";
    this.#answer(head).catch(() => this.#socket.destroy());
  }

  async #answer(head: RequestHead): Promise<void> {
    const expectsContinue = head.expect.includes("100-continue") && !head.http10;
    if (head.expect !== "" && !head.expect.includes("100-continue")) {
      this.#socket.write(expectationFailed(head));
      this.#close();
      return;
    }
    let answered = false;
    const body =
      head.length === 0
        ? IncomingBody.none
        : new IncomingBody(head.length, {
            input: this.#input,
            rules: this.#options.rules,
            mostBytes: this.#options.limits.bodyBytes,
            begin: () => {
              if (expectsContinue && !answered) this.#socket.write("HTTP/1.1 100 Continue\r\n\r\n");
            },
            more: () => this.#more(),
          });
    const { target } = head;
    let response: HttpResponse;
    if ("path" in target) {
      response = await this.#options.handle(
        new IncomingRequest(head, target.path, body, () => this.#signal()),
      );
    } else if ("redirect" in target) {
      response = { status: 301, headers: { Location: target.redirect } };
    } else if (head.method === "OPTIONS") {
      response = { status: 200, headers: { "Content-Length": "0" } };
    } else {
      response = { status: 301, headers: { Location: "/%2A" } };
    }
    if (body.brokenOff && response.status >= 400 && this.#options.rules.answersGoneClients) {
      const { "Content-Type": _, ...headers } = response.headers;
      response = { status: clientClosedRequest, headers };
    }
    if (response.dropped) this.#socket.destroy();
    if (this.#socket.destroyed) {
      abandon(response);
      return;
    }
    this.#options.answered?.(
      { method: head.method, target: "path" in target ? target.path : "*" },
      response.status,
    );
    if (response.takeOver) {
      this.#takeOver(response, body);
      return;
    }

    const answer = response.body;
    const whole = isWhole(answer);
    let closes = head.closes;
    if (!body.complete && (whole || !body.begun)) {
      closes = (expectsContinue && !body.begun) || !(await readRest(body)) || closes;
    }
    answered = true;
    const framing = isWhole(answer)
      ? this.#sendWhole(head, response, answer, closes)
      : await this.#sendStream(head, response, answer, closes);
    if (framing.by === "closing") closes = true;
    if (!body.complete) closes = !(await readRest(body)) || closes;
    if (this.#socket.destroyed) return;
    if (closes) {
      this.#close();
      return;
    }
    // A client that does not read its answers gets no further ones prepared.
    if (this.#socket.writableNeedDrain) await drained(this.#socket);
    if (this.#socket.destroyed) return;
    this.#state = "head";
    this.#isGone = false;
    this.#gone = undefined;
    if (this.#input.length > 0 || this.#ended) this.#next();
  }

  #sendWhole(
    head: RequestHead,
    { status, headers }: HttpResponse,
    body: string | Uint8Array | undefined,
    closes: boolean,
  ): Framing {
    const length =
      body === undefined ? 0 : typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
    const framing = framingOf(head, status, headers, length);
    const text = answerHead(head, status, headers, framing, closes || framing.by === "closing");
    if (body === undefined || length === 0 || head.method === "HEAD" || status === 204 || status === 304) {
      // One character is one byte, because a Location may contain any byte.
      this.#socket.write(framing.by === "chunks" ? `${text}0\r\n\r\n` : text, "latin1");
    } else {
      const before = framing.by === "chunks" ? `${text}${length.toString(16)}\r\n` : text;
      const after = framing.by === "chunks" ? "\r\n0\r\n\r\n" : "";
      if (typeof body === "string") {
        // An ASCII text is written faster as latin1.
        this.#socket.write(before + body + after, length === body.length ? "latin1" : "utf8");
      } else {
        this.#socket.cork();
        this.#socket.write(before);
        this.#socket.write(body);
        if (after !== "") this.#socket.write(after);
        this.#socket.uncork();
      }
    }
    return framing;
  }

  async #sendStream(
    head: RequestHead,
    { status, headers }: HttpResponse,
    body: AsyncIterable<Uint8Array>,
    closes: boolean,
  ): Promise<Framing> {
    const socket = this.#socket;
    const framing = framingOf(head, status, headers, undefined);
    socket.write(answerHead(head, status, headers, framing, closes || framing.by === "closing"));
    const iterator = body[Symbol.asyncIterator]();
    if (head.method === "HEAD") {
      await iterator.return?.();
      return framing;
    }
    this.#streaming = iterator;
    if (this.#isGone) iterator.return?.()?.then(undefined, () => {});
    // A client that has already gone gets no stream, because the stream might never end.
    else if (this.#ended) this.#clientGone();
    try {
      for (;;) {
        const { done, value } = await iterator.next();
        if (done || socket.destroyed || this.#stopping) break;
        if (value.length === 0) continue;
        if (framing.by === "chunks") {
          socket.cork();
          socket.write(`${value.length.toString(16)}\r\n`);
          socket.write(value);
          socket.write("\r\n");
          socket.uncork();
        } else {
          socket.write(value);
        }
        if (socket.writableNeedDrain) await drained(socket);
      }
    } catch {
      // A client that is there sees the answer break off. One that sends no more sees its end.
      if (!this.#isGone) socket.destroy();
    } finally {
      this.#streaming = undefined;
    }
    if (this.#stopping) socket.destroy();
    if (framing.by === "chunks" && !socket.destroyed) socket.write("0\r\n\r\n");
    return framing;
  }

  /**
   * Gives the connection to the engine. Its HTTP server loses the bytes that it has read ahead: those that
   * came together with the request, up to the size of Go's buffer.
   */
  #takeOver({ status, statusText, headers, takeOver }: HttpResponse, body: IncomingBody): void {
    const consumed = this.#requestBytes + (body.length > 0 ? body.length - body.unread! : 0);
    this.#input.skip(Math.min(this.#cameWithRequest, this.#input.length, goBuffer - (consumed % goBuffer)));
    this.#state = "raw";
    this.#socket.write(takeOverHead(status, headers, statusText));
    if (this.#input.length < readAhead) this.#socket.resume();
    const signal = (): AbortSignal => this.#signal();
    takeOver!(
      new TakenOver({
        socket: this.#socket,
        input: this.#input,
        get signal() {
          return signal();
        },
        more: () => this.#more(),
        close: () => this.#close(),
        unsentBytes: this.#options.limits.unsentBytes,
        headStart: this.#options.headStart ?? 0,
      }),
    );
  }

  #signal(): AbortSignal {
    if (!this.#gone) {
      this.#gone = new AbortController();
      if (this.#isGone) this.#gone.abort();
    }
    return this.#gone.signal;
  }

  #refuse(refusal: Refusal): void {
    this.#socket.write(refusalText(refusal));
    this.#close();
  }

  /** Sends what has been written and closes. A client that is still sending gets a moment to read it. */
  #close(): void {
    if (this.#state === "closing") return;
    this.#state = "closing";
    this.headSince = 0;
    this.#wake(false);
    const socket = this.#socket;
    socket.end();
    socket.resume();
    if (this.#ended) {
      socket.once("finish", () => socket.destroy());
      return;
    }
    const timer = setTimeout(() => socket.destroy(), linger);
    timer.unref();
    socket.once("end", () => socket.destroy());
    socket.once("close", () => clearTimeout(timer));
  }
}

/** The status that nginx has for a client that went away. */
const clientClosedRequest = 499;

const lineFeed = 10;
const carriageReturn = 13;
const goBuffer = 4096;

/** A request that came over a connection. */
class IncomingRequest implements HttpRequest {
  readonly method: string;
  readonly headers: HttpRequest["headers"];
  readonly #signal: () => AbortSignal;

  constructor(
    head: RequestHead,
    readonly target: string,
    readonly body: IncomingBody,
    signal: () => AbortSignal,
  ) {
    this.method = head.method;
    this.headers = head.headers;
    this.#signal = signal;
  }

  /** Created at first use, because few requests need a signal. */
  get signal(): AbortSignal {
    return this.#signal();
  }
}

function isWhole(body: HttpResponse["body"]): body is string | Uint8Array | undefined {
  return body === undefined || typeof body === "string" || body instanceof Uint8Array;
}

/** Reads what is left of a body. Returns false if that is too much, and no further request can follow. */
async function readRest(body: IncomingBody): Promise<boolean> {
  if ((body.unread ?? 0) >= unwantedBytes) return false;
  let read = 0;
  try {
    for (;;) {
      const piece = await body.read();
      if (!piece) return true;
      read += piece.length;
      if (read > unwantedBytes) return false;
    }
  } catch {
    return false;
  }
}

/** Ends an answer whose client has gone. */
function abandon({ body }: HttpResponse): void {
  if (isWhole(body)) return;
  body[Symbol.asyncIterator]()
    .return?.()
    ?.then(undefined, () => {});
}

function expectationFailed(head: RequestHead): string {
  const text = answerHead(head, 417, { Connection: "close" }, { by: "length", length: 0 }, false);
  return head.http10 ? text.replace("Connection: keep-alive\r\n", "") : text;
}
