import { EngineError, engineError } from "@dryharbor/sdk/port";
import { createVolume } from "../../core/volumes/create.js";
import { findVolume } from "../../core/volumes/find.js";
import { listVolumes } from "../../core/volumes/list.js";
import { pruneVolumes } from "../../core/volumes/prune.js";
import { removeVolume } from "../../core/volumes/remove.js";
import { showVolume } from "../../core/volumes/show.js";
import { updateVolume } from "../../core/volumes/update.js";
import { volumeCreate } from "../../requests/bodies/volumes.js";
import { empty, json } from "../answer.js";
import type { Call } from "../call.js";
import { del, get, post, put, type Route, unread } from "../route.js";

export const volumeRoutes: readonly Route[] = [
  get("/volumes", (call) => json(listVolumes(call.daemon, listFilters(call)))),
  get("/volumes/{name:.*}", (call) =>
    json(showVolume(call.daemon, findVolume(call.daemon, call.variable("name")))),
  ),
  post("/volumes/create", async (call) => {
    const { daemon } = call;
    return json(showVolume(daemon, createVolume(daemon, await call.body(volumeCreate))), 201);
  }),
  post("/volumes/prune", ({ daemon, query, apiVersion }) =>
    json(pruneVolumes(daemon, query.filters(daemon), apiVersion)),
  ),
  put("/volumes/{name:.*}", updateVolume, unread),
  del("/volumes/{name:.*}", (call) => {
    removeVolume(call.daemon, call.variable("name"), { force: call.query.bool("force") });
    return empty(204);
  }),
];

/** Returns the filters. An error of theirs gets a prefix here, and is 400 on 20.10 too. */
function listFilters({ daemon, query }: Call) {
  try {
    return query.filters(daemon);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw engineError(400, `error reading volume filters: ${error.message}`);
  }
}
