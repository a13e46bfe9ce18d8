import { engineError } from "@dryharbor/sdk/port";
import type { FilterValues } from "../core/filters/match.js";
import { decode, JsonTypeError } from "../core/json/decode.js";
import { bool, list, map, text } from "../core/json/shape.js";
import { JsonSyntaxError, parseWholeJson } from "../core/json/syntax.js";
import type { Release } from "../core/releases/release.js";

/** The form that clients send today: `{"name":{"web":true}}`. The engine ignores the booleans. */
const sets = map(map(bool));
/** The older form: `{"name":["web"]}`. */
const lists = map(list(text()));

/**
 * Reads the parameter `filters` of a request.
 *
 * @throws {EngineError} the parameter has neither form: 400, or 500 on 20.10 in the words of Go's decoder
 */
export function readFilters(release: Release, given: Uint8Array, status?: number): FilterValues {
  if (given.length === 0) return {};
  const { decoder, malformedFilters } = release.requests;
  try {
    const tree = parseWholeJson(given, decoder.syntax);
    try {
      const values = decode(tree, sets, "", decoder.types) as Record<string, object | null> | null;
      return Object.fromEntries(
        Object.entries(values ?? {}).map(([key, set]) => [key, Object.keys(set ?? {})]),
      );
    } catch (error) {
      const values = listsOf(() => decode(tree, lists, "", decoder.types));
      if (values === undefined) throw error;
      return values;
    }
  } catch (error) {
    if (!(error instanceof JsonSyntaxError || error instanceof JsonTypeError)) throw error;
    throw engineError(status ?? malformedFilters.status, malformedFilters.message(error.message));
  }
}

function listsOf(decoded: () => unknown): FilterValues | undefined {
  try {
    const values = decoded() as Record<string, string[] | null> | null;
    return Object.fromEntries(Object.entries(values ?? {}).map(([key, list]) => [key, list ?? []]));
  } catch {
    return undefined;
  }
}
