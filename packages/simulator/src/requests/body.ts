import { engineError } from "@dryharbor/sdk/port";
import type { Release } from "../core/releases/release.js";
import type { BodyReading, BodyRules } from "../core/releases/requests.js";
import { type ReleaseName, type Row, releaseNames } from "../core/releases/row.js";
import { decode, JsonTypeError } from "./json/decode.js";
import { hasMore, JsonSyntaxError, NoJsonError, parseJson, unexpectedEnd } from "./json/syntax.js";
import { type JsonTree, treeOf } from "./json/tree.js";
import type { Shape } from "./shape.js";

/** The body of a request: what the engine decodes it into, and how. */
export interface Body<T> {
  readonly shape: Row<Shape>;
  /** Which of the engine's ways of reading a body its handler has. */
  readonly reading: BodyReading;
  /** What Go calls the outermost type in an error; by default its name without the package. */
  readonly root?: string | Row<string>;
  /** The handler of a body that is `null` uses what is not there. Seen on all three. */
  readonly nullPanics?: true;
  /** What the engine makes of what it has decoded, before it looks at it. */
  readonly finish?: (decoded: Record<string, unknown>) => T;
}

/** Takes one of three by release. */
export type Pick = <T>(v20: T, v26: T, v28: T) => T;

/** A shape for each release, with what differs picked. */
export function everyRelease<S>(make: (pick: Pick, name: ReleaseName) => S): Row<S> {
  const picks: Record<ReleaseName, Pick> = {
    "20.10": (v20) => v20,
    "26.1": (_, v26) => v26,
    "28.5": (_v20, _v26, v28) => v28,
  };
  return Object.fromEntries(releaseNames.map((name) => [name, make(picks[name], name)])) as Row<S>;
}

/**
 * A body as the engine decodes it: a copy with the engine's own keys and values of the right type. Where there
 * is nothing in it, an empty one.
 *
 * @param broken why `bytes` are not all of it: the decoder reads as far as it needs, and may not notice
 * @throws in the words of Go's decoder
 */
export function readBody<T>(release: Release, body: Body<T>, bytes: Uint8Array, broken?: Error): T {
  const { decoder, bodies } = release.requests;
  const reading = bodies[body.reading];
  return inGosWords(reading, broken, () => {
    const { tree, end } = parseJson(bytes, decoder.syntax);
    const decoded = decodeTree(release, body, tree);
    const more = hasMore(bytes, end) || (broken !== undefined && decoder.brokenOffIsMore);
    if (reading.refusesMore && more) throw engineError(400, "unexpected content after JSON");
    return finished(body, decoded);
  });
}

type Decoded = Record<string, unknown>;

function decodeTree<T>({ name, requests }: Release, body: Body<T>, tree: JsonTree): Decoded {
  const shape = body.shape[name];
  const { root: given = shape.type.slice(shape.type.lastIndexOf(".") + 1) } = body;
  const root = typeof given === "string" ? given : given[name];
  if (tree === null && body.nullPanics) throw new HandlerPanic();
  return (decode(tree, shape, root, requests.decoder.types) ?? {}) as Decoded;
}

function finished<T>({ finish }: Body<T>, decoded: Decoded): T {
  return finish ? finish(decoded) : (decoded as T);
}

/** What `read` returns, or throws in the words of Go's decoder and of the handler that calls it. */
function inGosWords<T>(reading: BodyRules, broken: Error | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (broken && (error instanceof NoJsonError || (error as Error).message === unexpectedEnd)) {
      throw engineError(reading.status, `${reading.before}${broken.message}`);
    }
    if (error instanceof NoJsonError) throw engineError(reading.status, reading.nothing);
    if (error instanceof JsonSyntaxError || error instanceof JsonTypeError) {
      throw engineError(reading.status, `${reading.before}${error.message}`);
    }
    throw error;
  }
}

/** The engine's handler fails in a way that it does not expect, and Go's server drops the connection. */
export class HandlerPanic extends Error {
  override readonly name = "HandlerPanic";
}

const encoder = new TextEncoder();

/**
 * The same of a caller who has a value and no text.
 *
 * @throws in the words of Go's decoder
 */
export function readValue<T>(release: Release, body: Body<T>, value: unknown): T {
  const given = value ?? {};
  const tree = treeOf(given);
  // What is not plain data is what JSON makes of it.
  if (tree === undefined) return readBody(release, body, encoder.encode(JSON.stringify(given)));
  return inGosWords(release.requests.bodies[body.reading], undefined, () =>
    finished(body, decodeTree(release, body, tree)),
  );
}
