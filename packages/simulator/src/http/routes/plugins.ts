import { EngineError, engineError } from "@dryharbor/sdk/port";
import { parseReference } from "../../core/images/reference.js";
import { InvalidNumber, parseInteger } from "../../core/strconv.js";
import { listPlugins } from "../../core/system/plugins.js";
import { pluginSettings } from "../../requests/bodies/plugins.js";
import { json } from "../answer.js";
import type { Call } from "../call.js";
import { del, get, post, type Route, unread } from "../route.js";

// The simulated engine has no plugins.

function notFound(call: Call): never {
  throw engineError(404, `plugin "${call.variable("name")}" not found`);
}

export const pluginRoutes: readonly Route[] = [
  get("/plugins", ({ daemon, query }) => json(listPlugins(daemon, query.filters(daemon)))),
  get("/plugins/privileges", (call) => {
    checkRemote(call);
    return json([]);
  }),
  get("/plugins/{name:.*}/json", notFound, unread),
  del("/plugins/{name:.*}", notFound),
  post("/plugins/{name:.*}/enable", (call) => {
    try {
      parseInteger(call.query.text("timeout"));
    } catch (error) {
      const { badIntegerStatus } = call.daemon.release.requests;
      throw error instanceof InvalidNumber ? engineError(badIntegerStatus, error.message) : error;
    }
    return notFound(call);
  }),
  post("/plugins/{name:.*}/disable", notFound),
  post("/plugins/{name:.*}/push", notFound),
  post(
    "/plugins/{name:.*}/set",
    async (call) => {
      await call.body(pluginSettings);
      return notFound(call);
    },
    unread,
  ),
];

/**
 * Checks the reference of a plugin whose privileges a client asks for. @throws {EngineError} 500 or 400
 * for an invalid one
 */
function checkRemote({ daemon, query }: Call): void {
  try {
    parseReference(daemon.release, query.text("remote"));
  } catch (error) {
    const { badPluginReferenceStatus } = daemon.release.system;
    throw error instanceof EngineError ? engineError(badPluginReferenceStatus, error.message) : error;
  }
}
