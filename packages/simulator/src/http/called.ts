// Which operation of the port a request is, and what it gives it: the declared calls, read the other way round.

import type { NamedCall } from "@dryharbor/sdk/calls";
import type { CallName } from "../calls/call-name.js";
import { anonymous, namedRoutes } from "../faults/calls/subject.js";
import type { Query } from "./query.js";
import type { Route } from "./route.js";
import { routeName } from "./routes/unserved.js";

/** A request as a call of the port. */
export interface Called {
  readonly call: CallName | undefined;
  readonly arguments: readonly unknown[];
}

/**
 * Returns the operation of the port that a request is, with its arguments.
 *
 * @param body the body as JSON, `undefined` where it is none
 */
export function calledBy(
  route: Route,
  variables: Readonly<Record<string, string>>,
  query: Query,
  body: unknown,
): Called {
  const named = operationOf(route, query);
  if (!named) return { call: undefined, arguments: [] };
  const { arguments: places = [], options = {} } = named.call;
  const values = Object.values(variables);
  const given: unknown[] = places.map((place) => {
    switch (place.at) {
      case "path":
        return values.shift();
      case "query":
        return place.name === "names" ? query.texts("names") : imageOf(query);
      case "body":
        return body;
      default:
        return null;
    }
  });
  const chosen: Record<string, unknown> = {};
  for (const [name, place] of Object.entries(options)) {
    const key = "name" in place && place.at === "query" ? (place.name ?? name) : name;
    if (place.at === "query" && query.has(key)) chosen[name] = optionOf(query.texts(key));
  }
  return {
    call: named.name as CallName,
    arguments: Object.keys(chosen).length > 0 ? [...given, chosen] : given,
  };
}

function operationOf(route: Route, query: Query): NamedCall | undefined {
  const all = namedRoutes.get(anonymous(routeName(route))) ?? [];
  if (all.length < 2) return all[0];
  // Two operations of one route differ in a parameter: a stream of use of resources, an image from a file.
  const name = all[0]!.name.startsWith("images.")
    ? query.text("fromImage") === ""
      ? "images.import"
      : "images.pull"
    : query.boolOr("stream", true)
      ? "containers.statsStream"
      : "containers.stats";
  return all.find((each) => each.name === name);
}

/** Returns the reference of an image that a pull names in two parts. */
function imageOf(query: Query): string {
  const [image, tag] = [query.text("fromImage"), query.text("tag")];
  return tag === "" ? image : `${image}${tag.includes(":") ? "@" : ":"}${tag}`;
}

/** Returns what a parameter is: its text, several texts, or JSON. */
function optionOf(texts: readonly string[]): unknown {
  if (texts.length !== 1) return texts;
  const text = texts[0]!;
  return /^[[{]/.test(text) ? (parsed(text) ?? text) : text;
}

/** Returns what a text says as JSON; `undefined` where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
