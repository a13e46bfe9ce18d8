// The control API as a function of a request: it finds the route, checks what it is given, and lets it perform. It does no
// I/O. `node/control/` gives it a socket.

import type { Handle } from "../http/handle.js";
import type { HttpRequest, HttpResponse } from "../http/message.js";
import { problemOf, type Schema, shortened } from "../schema.js";
import type { Control } from "./control.js";
import { Problem, problemAnswer } from "./problem.js";
import { readBody } from "./read-body.js";
import { type Answered, type ControlRoute, jsonType } from "./route.js";
import { controlRoutes } from "./routes/table.js";

/** Options of {@link controlApi}. */
export interface ControlApiOptions {
  /** Returns whether a request may name this host. A page of a browser may have made a name of its own lead here. */
  readonly isOwnHost?: (host: string) => boolean;
}

/** Makes the function that answers the control API. Its promise never rejects. */
export function controlApi(control: Control, { isOwnHost = () => true }: ControlApiOptions = {}): Handle {
  return async (request) => {
    try {
      refuseBrowsers(request, isOwnHost);
      const [path = "", query = ""] = split(request.target, "?");
      const { route, variables } = routeOf(request.method, path);
      const given = {
        path: checked(variables, route.variables ?? {}),
        query: checked(queryOf(query), route.query ?? {}),
        body: await bodyOf(request, route),
      };
      return answerOf(await route.perform(control, given));
    } catch (error) {
      return problemAnswer(
        error instanceof Problem
          ? error
          : new Problem(
              "fault",
              "the simulator has stopped at a fault of its own, and nothing of yours is wrong",
            ),
      );
    }
  };
}

/** A program sends no `Origin`, and names the host that it has been given. */
function refuseBrowsers({ headers }: HttpRequest, isOwnHost: (host: string) => boolean): void {
  if (headers.origin !== undefined) {
    throw new Problem("forbidden", "pages of browsers may not control the simulator: send no header Origin");
  }
  const { host = "" } = headers;
  if (!isOwnHost(host)) {
    throw new Problem(
      "forbidden",
      `this is not the host "${shortened(host)}": name the address that serve prints, such as 127.0.0.1`,
    );
  }
}

/** Finds the route of a path, and its variable parts as they are written. @throws {Problem} */
function routeOf(
  method: string,
  path: string,
): { readonly route: ControlRoute; readonly variables: Readonly<Record<string, string>> } {
  const parts = path.split("/");
  const found = controlRoutes.filter(({ path: declared }) => variablesOf(declared, parts) !== undefined);
  if (found.length === 0) {
    throw new Problem("not-found", `there is no ${shortened(path)}: GET /openapi.json shows what there is`);
  }
  // Whoever asks for the head alone gets that of GET.
  const route = found.find((each) => each.method === (method === "HEAD" ? "GET" : method));
  if (!route) {
    const allow = found.map((each) => each.method).join(", ");
    throw new Problem("method-not-allowed", `${shortened(path)} has ${allow}, and not ${shortened(method)}`, {
      Allow: allow,
    });
  }
  return { route, variables: variablesOf(route.path, parts)! };
}

/** Returns the variable parts of a path; `undefined` for another path. */
function variablesOf(declared: string, parts: readonly string[]): Record<string, string> | undefined {
  const expected = declared.split("/");
  if (expected.length !== parts.length) return undefined;
  const variables: Record<string, string> = {};
  for (const [at, part] of expected.entries()) {
    const name = /^\{(.*)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== parts[at] : parts[at] === "") return undefined;
    if (name !== undefined) variables[name] = decoded(parts[at]!);
  }
  return variables;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new Problem(
      "bad-request",
      `"${shortened(text)}" has a % that begins no byte: write it as %25`,
      {},
      { cause },
    );
  }
}

function queryOf(query: string): Record<string, string> {
  const given: Record<string, string> = Object.create(null);
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const [name = "", value = ""] = split(pair, "=").map((part) => decoded(part.replaceAll("+", " ")));
    if (Object.hasOwn(given, name)) {
      throw new Problem("bad-request", `the query has "${shortened(name)}" twice: give it once`);
    }
    given[name] = value;
  }
  return given;
}

function split(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Checks texts by name. @throws {Problem} */
function checked(
  given: Readonly<Record<string, string>>,
  properties: Readonly<Record<string, Schema>>,
): Readonly<Record<string, string>> {
  const problem = problemOf({ type: "object", properties }, given);
  if (problem !== undefined) throw new Problem("bad-request", problem);
  return given;
}

async function bodyOf(request: HttpRequest, { body: kind }: ControlRoute): Promise<unknown> {
  const body = await readBody(request.body);
  if (!kind) {
    if (body === undefined) return {};
    throw new Problem("bad-request", "this request has no body: leave it out");
  }
  if (body === undefined) {
    if (kind.optional) return {};
    throw new Problem(
      "bad-request",
      `the body is missing: send JSON such as ${JSON.stringify(kind.example)}`,
    );
  }
  const problem = kind.checkedByRoute ? undefined : problemOf(kind.schema, body);
  if (problem !== undefined) throw new Problem("invalid", `the body is wrong: ${problem}`);
  return body;
}

function answerOf(answered: Answered): HttpResponse {
  const common = { "Cache-Control": "no-store" };
  const { status } = answered;
  if ("json" in answered) {
    return {
      status,
      headers: { ...common, "Content-Type": jsonType },
      body: `${JSON.stringify(answered.json)}\n`,
    };
  }
  if ("text" in answered) {
    return { status, headers: { ...common, "Content-Type": answered.type }, body: answered.text };
  }
  return { status, headers: common };
}
