import { engineError } from "@dryharbor/sdk/port";
import { isOlder } from "../../core/api-version.js";
import { findContainer } from "../../core/containers/find.js";
import { updateContainer } from "../../core/containers/update.js";
import { readTerminalSize, resizeContainer } from "../../engine/resize.js";
import { oneStats, statsStream } from "../../engine/stats.js";
import { topOf } from "../../engine/top.js";
import { containerUpdate } from "../../requests/bodies/containers.js";
import { empty, json } from "../answer.js";
import type { Call } from "../call.js";
import { lines } from "../lines.js";
import type { HttpResponse } from "../message.js";
import { get, post, type Route } from "../route.js";

/** Routes for the processes and resources of a container: top, stats, update and resize. */
export const processRoutes: readonly Route[] = [
  get("/containers/{name:.*}/top", (call) => {
    const { daemon, session, query } = call;
    const { Processes, Titles } = topOf(
      session,
      findContainer(daemon, call.variable("name")),
      query.text("ps_args"),
    );
    return json({ Processes, Titles });
  }),
  get("/containers/{name:.*}/stats", stats),
  post("/containers/{name:.*}/update", async (call) => {
    const request = await call.body(containerUpdate);
    return json(updateContainer(call.daemon, call.variable("name"), request));
  }),
  post("/containers/{name:.*}/resize", (call) => {
    const { query } = call;
    const size = readTerminalSize(call.daemon, { h: query.text("h"), w: query.text("w") });
    resizeContainer(call.session, findContainer(call.daemon, call.variable("name")), size);
    return empty(200);
  }),
];

function stats(call: Call): HttpResponse {
  const { daemon, session, query, request, apiVersion } = call;
  const streams = !query.has("stream") || query.bool("stream");
  const oneShot = !isOlder(apiVersion, "1.41") && query.bool("one-shot");
  const container = findContainer(daemon, call.variable("name"));
  if (streams && oneShot && daemon.release.containers.refusesOneShotStream)
    throw engineError(400, "cannot have stream=true and one-shot=true");
  if (!streams) return json(oneStats(session, container, oneShot));
  return {
    status: 200,
    headers: {},
    body: lines(daemon.release, statsStream(session, container, request.signal)),
  };
}
