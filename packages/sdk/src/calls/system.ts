import type { Ping, System } from "../system.js";
import { body, type CallsOf, type HeaderReader, headers, json, queryOf } from "./call.js";

const ping: HeaderReader<Ping> = (header) => ({
  ApiVersion: header("api-version"),
  OSType: header("ostype"),
  Experimental: header("docker-experimental") === "true",
  BuilderVersion: header("builder-version"),
});

/** moby: `api/server/router/system`. */
export const systemCalls = {
  ping: { route: "GET /_ping", answer: headers(ping), errors: [500] },
  version: { route: "GET /version", answer: json(), errors: [500] },
  info: { route: "GET /info", answer: json(), errors: [500] },
  df: {
    route: "GET /system/df",
    options: { type: queryOf({ since: "1.42" }) },
    answer: json(),
    errors: [400, 500],
  },
  auth: { route: "POST /auth", arguments: [body], answer: json(), errors: [400, 401, 500] },
} as const satisfies CallsOf<System>;
