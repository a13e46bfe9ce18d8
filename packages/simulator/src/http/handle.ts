// Answers HTTP requests as the engine's server does: it splits the target, checks the API version, finds the
// route, calls it, and completes the answer's headers. `createSimulator` makes one handle per simulator;
// `fetch`, the Node agent, the servers and msw's handlers call it.

import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { CallLog, OpenRecord } from "../calls/call-log.js";
import { isOlder } from "../core/api-version.js";
import { sortedByKey } from "../core/go-order.js";
import { asGoWrites } from "../core/json/encode.js";
import type { Release } from "../core/releases/release.js";
import type { ReleaseName } from "../core/releases/row.js";
import type { Session } from "../engine/session.js";
import type { StruckRequest } from "../faults/calls/http.js";
import { pathOf } from "../faults/calls/subject.js";
import type { FaultControl } from "../faults/control.js";
import { HandlerPanic } from "../requests/body.js";
import { json, jsonHeaders, noHeaders } from "./answer.js";
import { Call } from "./call.js";
import { type Called, calledBy, parsed } from "./called.js";
import { formOf, hidesQuery } from "./form.js";
import type { HttpHeaders, HttpRequest, HttpResponse } from "./message.js";
import { Query } from "./query.js";
import { KeptRequest } from "./recorded.js";
import { type Match, type Router, router } from "./router.js";
import { routesOf } from "./routes/table.js";
import { routeName } from "./routes/unserved.js";
import { cleanPath, movedTo, targetOf } from "./target.js";

/**
 * Answers one request as the engine does. Whatever carries HTTP passes its requests here. The promise never
 * rejects.
 */
export type Handle = (request: HttpRequest) => Promise<HttpResponse>;

/** Where a request goes, found by its method and target alone. */
interface Destination {
  readonly match: Match;
  readonly apiVersion: string | undefined;
  readonly query: string;
  /** The values of the query, without those of a form in the body. */
  readonly values: Query;
  /** The refusal of the API version, if any. */
  readonly refusal: Error | undefined;
  /** @example "POST /networks/{id}/connect" */
  readonly name: string;
  /** The operation of the port that it is, as far as method and target say. */
  readonly called: Called;
}

/** The number of targets whose destinations are kept, since clients repeat themselves. */
const mostDestinations = 1_000;

/** The routers by release. All simulators of one release share one. */
const routers = new Map<ReleaseName, Router>();

function routerOf(release: ReleaseName): Router {
  let found = routers.get(release);
  if (!found) {
    found = router(routesOf(release));
    routers.set(release, found);
  }
  return found;
}

/**
 * Makes the handle that answers the Engine API over HTTP.
 *
 * @param sessionAt returns the client that speaks an API version
 * @param log keeps what is asked
 */
export function httpApi(release: Release, sessionAt: (apiVersion: string) => Session, log: CallLog): Handle {
  const { apiVersion: newest, version } = release.system;
  const route = routerOf(release.name);
  const common: HttpHeaders = {
    "Api-Version": newest,
    "Docker-Experimental": "false",
    Ostype: "linux",
    Server: `Docker/${version} (linux)`,
  };

  const usual = common;
  const frequent = new Map([jsonHeaders, noHeaders].map((own) => [own, sortedByKey({ ...common, ...own })]));

  const destinations = new Map<string, HttpResponse | Destination>();

  return async (request) => {
    const { method, target } = request;
    const key = `${method} ${target}`;
    let found = destinations.get(key);
    if (!found) {
      found = destinationOf(method, target);
      if (destinations.size === mostDestinations) destinations.clear();
      destinations.set(key, found);
    }
    const destination = "match" in found ? found : undefined;
    const { call, arguments: given = [] } = destination?.called ?? {};
    const record = log.begin("http", call, given);
    record.request = { method, target, route: destination?.name, body: undefined };
    if (!destination) return noted(record, found as HttpResponse);
    const { faults } = log;
    if (faults) return await underFaults(await faults, record, request, destination);
    if (request.body.length === 0) return noted(record, await answer(request, destination));
    const kept = new KeptRequest(request);
    const response = await answer(kept, destination);
    return noted(record, response, kept, destination);
  };

  /** Answers a request that a fault may strike. */
  async function underFaults(
    faults: FaultControl,
    record: OpenRecord,
    request: HttpRequest,
    destination: Destination,
  ): Promise<HttpResponse> {
    const kept = new KeptRequest(request);
    const { match, name: route, called, values } = destination;
    try {
      const { request: ready, struck } = await faults.request(kept, (body) => ({
        ...(body === undefined ? called : calledBy(match.route, match.variables, values, parsed(body))),
        route,
        path: pathOf(route, match.variables),
        query: values.first(),
      }));
      record.fault = struck?.number;
      const response = await answer(ready, destination, struck);
      return noted(record, struck ? await struck.after(response) : response, kept, destination);
    } catch {
      // The client has gone while its request was read, or while it waited.
      return noted(record, { status: 500, headers: {}, dropped: true }, kept, destination);
    }
  }

  /** Notes what became of a request. */
  function noted(
    record: OpenRecord,
    response: HttpResponse,
    kept?: KeptRequest,
    destination?: Destination,
  ): HttpResponse {
    if (kept && destination) {
      const { route, variables } = destination.match;
      const body = parsed(kept.text);
      record.request = { ...record.request!, body };
      record.arguments = calledBy(route, variables, destination.values, body).arguments;
    }
    const { status } = response;
    record.outcome = response.dropped ? "failed" : status < 400 ? "answered" : "refused";
    record.status = response.dropped ? undefined : status;
    if (status >= 400 && typeof response.body === "string") {
      record.message = messageOf(response.body);
    }
    return response;
  }

  function destinationOf(method: string, text: string): HttpResponse | Destination {
    const target = targetOf(text);
    if (!target) return badRequest;
    const { path, query = "" } = target;
    if (method === "OPTIONS" && text === "*") return anyTarget;
    const clean = cleanPath(path);
    if (clean !== path) return movedTo(clean, target.query);
    const { apiVersion, rest } = versionOf(path);
    const match = route(method, rest) ?? (method === "OPTIONS" ? options : undefined);
    if (!match) {
      const { plainNotFoundBefore } = release.requests;
      const plain = plainNotFoundBefore !== "" && isOlder(apiVersion, plainNotFoundBefore);
      return plain ? { status: 404, headers: plainText, body: "page not found\n" } : notFound;
    }
    const values = new Query(query);
    return {
      match,
      name: routeName(match.route),
      called: calledBy(match.route, match.variables, values, undefined),
      apiVersion,
      query,
      values,
      refusal: refusedVersion(release, apiVersion),
    };
  }

  /** Completes an answer: all headers in alphabetical order, as Go sends them, and JSON as Go writes it. */
  function finished(common: HttpHeaders, response: HttpResponse): HttpResponse {
    if (response.bare) return response;
    // When the engine writes the head of an answer itself, its own lines come first.
    if (response.takeOver) return { ...response, headers: { ...response.headers, ...common } };
    const kept = common === usual ? frequent.get(response.headers) : undefined;
    const headers = kept ?? sortedByKey({ ...common, ...response.headers });
    const { body } = response;
    return typeof body === "string"
      ? { ...response, headers, body: asGoWrites(body, release) }
      : { ...response, headers };
  }

  async function answer(
    request: HttpRequest,
    { match: { route, variables }, apiVersion, query, values: ownValues, refusal }: Destination,
    struck?: StruckRequest,
  ): Promise<HttpResponse> {
    if (refusal) {
      const { "Docker-Experimental": _, ...headers } = common;
      return finished(headers, errorResponse(release, refusal, apiVersion));
    }
    try {
      const session = sessionAt(apiVersion ?? newest);
      const form = formOf(request);
      const values = form === "" ? ownValues : new Query(query, await form);
      const { readsQuery } = route;
      const reads = typeof readsQuery === "boolean" ? readsQuery : readsQuery[release.name];
      if (reads && !hidesQuery(request)) values.check();
      if (struck) await struck.before();
      const call = new Call(request, session, variables, values);
      const response = await (struck?.instead
        ? struck.instead(async () => route.answer(call))
        : route.answer(call));
      return finished(
        common,
        response.status === 304 ? notModified(release, response, apiVersion) : response,
      );
    } catch (error) {
      if (error instanceof HandlerPanic) return { status: 500, headers: {}, dropped: true };
      return finished(common, errorResponse(release, error, apiVersion));
    }
  }
}

/** Returns what an answer says that is a refusal. */
function messageOf(body: string): string {
  const said = parsed(body) as { readonly message?: unknown } | undefined;
  return typeof said?.message === "string" ? said.message : body.trimEnd();
}

/** The answer to the method OPTIONS, which every path has. */
const options: Match = {
  route: { method: "OPTIONS", path: "", answer: () => ({ status: 200, headers: {} }), readsQuery: false },
  variables: {},
};

/** The answer of Go's server to a request that never reaches the engine. */
const badRequest: HttpResponse = {
  status: 400,
  headers: { "Content-Type": "text/plain; charset=utf-8", Connection: "close" },
  body: "400 Bad Request",
};

const anyTarget: HttpResponse = { status: 200, headers: { "Content-Length": "0" } };

/** Splits the version off a path: `/v1.41/networks` is `/networks` at API version 1.41. */
function versionOf(path: string): { readonly apiVersion?: string; readonly rest: string } {
  const [, apiVersion, rest] = /^\/v([0-9.]+)(\/.*)$/s.exec(path) ?? [];
  return apiVersion === undefined || rest === undefined ? { rest: path } : { apiVersion, rest };
}

/** Returns the refusal of an API version that the engine does not speak, or `undefined`. */
function refusedVersion({ system }: Release, asked: string | undefined): Error | undefined {
  const { apiVersion: newest, minApiVersion: oldest } = system;
  if (isOlder(asked, oldest)) {
    return engineError(
      400,
      `client version ${asked} is too old. Minimum supported API version is ${oldest}, please upgrade your client to a newer version`,
    );
  }
  if (asked !== undefined && isOlder(newest, asked)) {
    return engineError(400, `client version ${asked} is too new. Maximum supported API version is ${newest}`);
  }
  return undefined;
}

/** The answer to a path without a route. It does not have the engine's own headers. */
const notFound: HttpResponse = {
  status: 404,
  headers: { "Content-Type": "application/json" },
  body: '{"message":"page not found"}\n',
};

function errorResponse(release: Release, error: unknown, apiVersion: string | undefined): HttpResponse {
  const { status, message } =
    error instanceof EngineError
      ? error
      : { status: 500, message: error instanceof Error ? error.message : String(error) };
  const { plainErrorsBefore } = release.requests;
  if (plainErrorsBefore !== "" && isOlder(apiVersion, plainErrorsBefore)) {
    return { status, headers: plainText, body: `${message}\n` };
  }
  return json({ message }, status);
}

/**
 * Returns the answer 304 as the version's clients see it. The engine treats it as an error without a body, so
 * old clients get a header of plain-text errors.
 */
function notModified(
  { requests }: Release,
  response: HttpResponse,
  apiVersion: string | undefined,
): HttpResponse {
  const { plainErrorsBefore: before } = requests;
  if (before === "" || !isOlder(apiVersion, before)) return response;
  return { ...response, headers: { "X-Content-Type-Options": "nosniff" } };
}

const plainText: HttpHeaders = {
  "Content-Type": "text/plain; charset=utf-8",
  "X-Content-Type-Options": "nosniff",
};
