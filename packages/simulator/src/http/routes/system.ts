import { showDiskUsage } from "../../core/system/disk-usage.js";
import { showInfo } from "../../core/system/info.js";
import { showPing } from "../../core/system/ping.js";
import { showVersion } from "../../core/system/version.js";
import { json } from "../answer.js";
import type { Call } from "../call.js";
import type { HttpHeaders, HttpResponse } from "../message.js";
import { get, head, type Route, unread } from "../route.js";

export const systemRoutes: readonly Route[] = [
  get("/_ping", (call) => ({ ...ping(call), body: "OK" }), unread),
  head("/_ping", (call) => withHeader(ping(call), "Content-Length", "0"), unread),
  get("/version", ({ daemon }) => json(showVersion(daemon)), unread),
  get("/system/df", ({ daemon, query, apiVersion }) =>
    json(showDiskUsage(daemon, query.texts("type"), apiVersion, query.bool("verbose"))),
  ),
  get("/info", ({ daemon, apiVersion }) => json(showInfo(daemon, apiVersion)), unread),
];

function ping({ daemon }: Call): HttpResponse {
  const { BuilderVersion, Swarm } = showPing(daemon);
  const headers: HttpHeaders = {
    ...(BuilderVersion !== "" && { "Builder-Version": BuilderVersion }),
    "Cache-Control": "no-cache, no-store, must-revalidate",
    "Content-Type": "text/plain; charset=utf-8",
    Pragma: "no-cache",
    ...(Swarm !== "" && { Swarm }),
  };
  return { status: 200, headers };
}

function withHeader(response: HttpResponse, name: string, value: string): HttpResponse {
  return { ...response, headers: { ...response.headers, [name]: value } };
}
