// Decodes the body of a request as the engine does: with its types, its tolerance and its words for errors.
// The routes read bodies from bytes with `readBody`, and the port reads values with `readValue`.

import { engineError } from "@dryharbor/sdk/port";
import { decode, JsonTypeError } from "../core/json/decode.js";
import type { Shape } from "../core/json/shape.js";
import { hasMore, JsonSyntaxError, NoJsonError, parseJson, unexpectedEnd } from "../core/json/syntax.js";
import { type JsonTree, treeOf } from "../core/json/tree.js";
import type { Release } from "../core/releases/release.js";
import type { BodyReading, BodyRules } from "../core/releases/requests.js";
import type { Row } from "../core/releases/row.js";

/** The body of a request: the type that the engine decodes it into, and how. */
export interface Body<T> {
  readonly shape: Row<Shape>;
  /** The way in which the engine's handler reads this body. */
  readonly reading: BodyReading;
  /** The name that Go's errors have for the outermost type. Default: the type's name without its package. */
  readonly root?: string | Row<string>;
  /** The handler panics on the body `null`, because it uses the missing value. Seen up to 28.5. */
  readonly nullPanics?: Row<boolean>;
  /** Converts the decoded value before the engine uses it. */
  readonly finish?: (decoded: Record<string, unknown>) => T;
}

/**
 * Decodes a body as the engine does. The result is a copy that has only the engine's own keys, with values of
 * the right types. An empty body gives an empty object.
 *
 * @param broken - why `bytes` is incomplete; the decoder reads only as far as it needs, and may not notice
 * @throws {EngineError} the body does not decode; the message is in the words of Go's decoder
 */
export function readBody<T>(release: Release, body: Body<T>, bytes: Uint8Array, broken?: Error): T {
  const { decoder, bodies } = release.requests;
  const reading = bodies[body.reading];
  const empty = () => finished(body, {});
  return inGosWords(reading, { broken, empty }, () => {
    const { tree, end } = parseJson(bytes, decoder.syntax);
    const decoded = decodeTree(release, body, tree);
    const more = hasMore(bytes, end) || (broken !== undefined && decoder.brokenOffIsMore);
    if (reading.more !== undefined && more) throw engineError(400, reading.more);
    return finished(body, decoded);
  });
}

type Decoded = Record<string, unknown>;

function decodeTree<T>({ name, requests }: Release, body: Body<T>, tree: JsonTree): Decoded {
  const shape = body.shape[name];
  const { root: given = shape.type.slice(shape.type.lastIndexOf(".") + 1) } = body;
  const root = typeof given === "string" ? given : given[name];
  if (tree === null && body.nullPanics?.[name]) throw new HandlerPanic();
  return (decode(tree, shape, root, requests.decoder.types) ?? {}) as Decoded;
}

function finished<T>({ finish }: Body<T>, decoded: Decoded): T {
  return finish ? finish(decoded) : (decoded as T);
}

interface Otherwise<T> {
  /** Why the body is incomplete. */
  readonly broken?: Error | undefined;
  /** What a body without JSON decodes to, where the handler takes it. */
  empty(): T;
}

/**
 * Calls `read`, and turns its errors into errors of the engine, in the words of Go's decoder and of the
 * handler.
 */
function inGosWords<T>(reading: BodyRules, { broken, empty }: Otherwise<T>, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (broken && (error instanceof NoJsonError || (error as Error).message === unexpectedEnd)) {
      throw engineError(reading.status, `${reading.before}${broken.message}`);
    }
    if (error instanceof NoJsonError) {
      if (reading.nothing === undefined) return empty();
      throw engineError(reading.status, reading.nothing);
    }
    if (error instanceof JsonSyntaxError || error instanceof JsonTypeError) {
      throw engineError(reading.status, `${reading.before}${error.message}`);
    }
    throw error;
  }
}

/** The error of a handler that panics. Go's server then drops the connection. */
export class HandlerPanic extends Error {
  override readonly name = "HandlerPanic";
}

const encoder = new TextEncoder();

/**
 * Decodes a value like {@link readBody}, for callers that have no text.
 *
 * @throws {EngineError} the value does not decode; the message is in the words of Go's decoder
 */
export function readValue<T>(release: Release, body: Body<T>, value: unknown): T {
  const given = value ?? {};
  const tree = treeOf(given);
  // A value that is not plain data is converted to JSON first.
  if (tree === undefined) return readBody(release, body, encoder.encode(JSON.stringify(given)));
  const empty = () => finished(body, {});
  return inGosWords(release.requests.bodies[body.reading], { empty }, () =>
    finished(body, decodeTree(release, body, tree)),
  );
}
