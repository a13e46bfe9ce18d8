import { engineError } from "@dryharbor/sdk/port";
import { json } from "../answer.js";
import type { Call } from "../call.js";
import type { HttpResponse } from "../message.js";
import { del, get, post, type Route } from "../route.js";

// There are no plugins.

function notFound(call: Call): HttpResponse {
  throw engineError(404, `plugin "${call.variable("name")}" not found`);
}

export const pluginRoutes: readonly Route[] = [
  get("/plugins", () => json([])),
  get("/plugins/{name:.*}/json", notFound),
  del("/plugins/{name:.*}", notFound),
  post("/plugins/{name:.*}/disable", notFound),
];
