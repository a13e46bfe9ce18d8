import { EngineError, engineError } from "@dryharbor/sdk/port";
import { isOlder } from "../../core/api-version.js";
import { pruneBuildCache } from "../../core/system/build-cache.js";
import { json } from "../answer.js";
import type { Call } from "../call.js";
import { post, type Route } from "../route.js";

// The simulator has no builder, so there is nothing to cancel and nothing to prune.

export const buildRoutes: readonly Route[] = [
  post("/build/prune", (call) => {
    const { daemon, query } = call;
    checkSizes(call);
    const filters = told(daemon.release.system.buildFiltersPrefix, () => query.filters(daemon));
    return json(pruneBuildCache(daemon, filters));
  }),
  post("/build/cancel", ({ daemon, query }) => {
    if (query.text("id") !== "") return { status: 200, headers: { "Content-Type": "application/json" } };
    throw engineError(daemon.release.system.noBuildIdStatus, "build ID not provided");
  }),
];

/** Checks the size parameters. @throws {EngineError} 400, or 500 on 20.10, if one is no integer */
function checkSizes({ daemon, query, apiVersion }: Call): void {
  const { status, since } = daemon.release.system.buildCacheSizes;
  for (const [name, version] of Object.entries(since)) {
    if (version !== "" && isOlder(apiVersion, version)) continue;
    const given = query.text(name);
    told(`${name} is in bytes and expects an integer, got ${given}: `, () => query.int(name, status));
  }
}

/** Returns what `read` returns. An engine error gets a prefix. */
function told<T>(before: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof EngineError ? engineError(error.status, before + error.message) : error;
  }
}
