import { connectContainer } from "../../core/endpoints/connect.js";
import { disconnectContainer } from "../../core/endpoints/disconnect.js";
import { createNetwork } from "../../core/networks/create.js";
import { findNetwork } from "../../core/networks/find.js";
import { listNetworks } from "../../core/networks/list.js";
import { pruneNetworks } from "../../core/networks/prune.js";
import { removeNetwork } from "../../core/networks/remove.js";
import { showAnyNetwork } from "../../core/networks/show.js";
import { countedPools } from "../../core/networks/status.js";
import { publishingChange } from "../../core/ports/trial.js";
import { networkConnect, networkCreate, networkDisconnect } from "../../requests/bodies/networks.js";
import { empty, json } from "../answer.js";
import type { Call } from "../call.js";
import type { HttpResponse } from "../message.js";
import { networkAnswer } from "../network-answer.js";
import { del, get, post, type Route } from "../route.js";

export const networkRoutes: readonly Route[] = [
  get("/networks", list),
  get("/networks/", list),
  get("/networks/{id:.+}", (call) => {
    const { daemon, query } = call;
    const verbose = query.strictBool("verbose");
    const { apiVersion } = call;
    const found = findNetwork(daemon, call.variable("id"), { scope: query.text("scope"), apiVersion });
    return networkAnswer(showAnyNetwork(daemon, found, { verbose }, apiVersion), countedPools(found));
  }),
  post("/networks/create", async (call) => {
    const request = await call.body(networkCreate);
    return json(createNetwork(call.daemon, request, call.apiVersion), 201);
  }),
  post("/networks/{id:.*}/connect", async (call) => {
    const [network, request] = [call.variable("id"), await call.body(networkConnect)];
    await call.runtime.afterTrial(
      () => publishingChange(call.daemon, request.Container, network),
      () => connectContainer(call.daemon, network, request, call.apiVersion),
    );
    return empty(200);
  }),
  post("/networks/{id:.*}/disconnect", async (call) => {
    const [network, request] = [call.variable("id"), await call.body(networkDisconnect)];
    await call.runtime.afterTrial(
      () => publishingChange(call.daemon, request.Container),
      () => disconnectContainer(call.daemon, network, request),
    );
    return empty(200);
  }),
  post("/networks/prune", ({ daemon, query }) => json(pruneNetworks(daemon, query.filters(daemon)))),
  del("/networks/{id:.*}", (call) => {
    removeNetwork(call.daemon, call.variable("id"));
    return empty(204);
  }),
];

function list({ daemon, query, apiVersion }: Call): HttpResponse {
  return json(listNetworks(daemon, query.filters(daemon), apiVersion));
}
