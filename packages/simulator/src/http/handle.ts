import { EngineError, engineError } from "@dryharbor/sdk/port";
import { isOlder } from "../core/api-version.js";
import type { Release } from "../core/releases/release.js";
import type { Session } from "../engine/session.js";
import { Call } from "./call.js";
import type { HttpHeaders, HttpRequest, HttpResponse } from "./message.js";
import { Query } from "./query.js";
import { type Match, router } from "./router.js";
import { routes } from "./routes/table.js";

/** Answers requests as the engine does: whatever carries HTTP hands them over here. Never rejects. */
export type Handle = (request: HttpRequest) => Promise<HttpResponse>;

const route = router(routes);

/**
 * The Engine API over HTTP.
 *
 * @param sessionAt the client that speaks that API version
 */
export function httpApi(release: Release, sessionAt: (apiVersion: string) => Session): Handle {
  const { apiVersion: newest, version } = release.system;
  const common: HttpHeaders = {
    "Api-Version": newest,
    "Docker-Experimental": "false",
    Ostype: "linux",
    Server: `Docker/${version} (linux)`,
  };

  return async (request) => {
    const mark = request.target.indexOf("?");
    const path = mark < 0 ? request.target : request.target.slice(0, mark);
    const { apiVersion, rest } = versionOf(path);
    const found = route(request.method, unescaped(rest));
    if (!found) return request.method === "OPTIONS" ? { status: 200, headers: common } : notFound;
    const response = await answer(request, found, apiVersion, mark < 0 ? "" : request.target.slice(mark + 1));
    if (response.bare) return response;
    return { ...response, headers: { ...common, ...response.headers } };
  };

  async function answer(
    request: HttpRequest,
    { route, variables }: Match,
    apiVersion: string | undefined,
    query: string,
  ): Promise<HttpResponse> {
    try {
      checkVersion(release, apiVersion);
      const session = sessionAt(apiVersion ?? newest);
      return await route.answer(new Call(request, session, variables, new Query(query)));
    } catch (error) {
      return errorResponse(release, error, apiVersion);
    }
  }
}

/** `/v1.41/networks` is `/networks` at API version 1.41. */
function versionOf(path: string): { readonly apiVersion?: string; readonly rest: string } {
  const [, apiVersion, rest] = /^\/v([0-9][0-9.]*)(\/.*)$/s.exec(path) ?? [];
  return apiVersion === undefined || rest === undefined ? { rest: path } : { apiVersion, rest };
}

/** @throws 400 */
function checkVersion({ system }: Release, asked: string | undefined): void {
  const { apiVersion: newest, minApiVersion: oldest } = system;
  if (isOlder(asked, oldest)) {
    throw engineError(
      400,
      `client version ${asked} is too old. Minimum supported API version is ${oldest}, please upgrade your client to a newer version`,
    );
  }
  if (asked !== undefined && isOlder(newest, asked)) {
    throw engineError(400, `client version ${asked} is too new. Maximum supported API version is ${newest}`);
  }
}

/** What has no route is answered before the engine's own headers are put on. */
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
  return {
    status,
    headers: { "Content-Type": "application/json" },
    body: `${JSON.stringify({ message })}\n`,
  };
}

const plainText: HttpHeaders = {
  "Content-Type": "text/plain; charset=utf-8",
  "X-Content-Type-Options": "nosniff",
};

function unescaped(path: string): string {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
