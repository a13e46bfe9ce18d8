// The list of all routes that real engines have. It says what exists, not what answers: the files beside it
// serve routes, and `table.ts` answers the rest with 501.

import { type ReleaseName, type Row, row } from "../../core/releases/row.js";
import type { Method } from "../route.js";

const everywhere = row(true, true, true);
const only20 = row(true, false, false);
const since26 = row(false, true, true);
const since29 = row(false, false, false, true);

/** A route of the engine, and the releases that have it (all, if left out). */
type EngineRoute = readonly [method: Method, path: string, has?: Row<boolean>];

/**
 * Every route that an engine has, whether the simulator serves it or not: what moby's `api/server/router`
 * registers at v20.10.24, v26.1.5, v28.5.2 and 29.7.2, by router, except `OPTIONS`, which every path answers. No
 * route depends on the API version; the handlers check it.
 */
const table: readonly EngineRoute[] = [
  // build
  ["POST", "/build"],
  ["POST", "/build/cancel"],
  ["POST", "/build/prune"],
  // checkpoint
  ["GET", "/containers/{name:.*}/checkpoints"],
  ["POST", "/containers/{name:.*}/checkpoints"],
  ["DELETE", "/containers/{name}/checkpoints/{checkpoint}"],
  // container
  ["POST", "/commit"],
  ["POST", "/containers/create"],
  ["GET", "/containers/json"],
  ["POST", "/containers/prune"],
  ["DELETE", "/containers/{name:.*}"],
  ["GET", "/containers/{name:.*}/archive"],
  ["HEAD", "/containers/{name:.*}/archive"],
  ["PUT", "/containers/{name:.*}/archive"],
  ["POST", "/containers/{name:.*}/attach"],
  ["GET", "/containers/{name:.*}/attach/ws"],
  ["GET", "/containers/{name:.*}/changes"],
  ["POST", "/containers/{name:.*}/copy", only20],
  ["POST", "/containers/{name:.*}/exec"],
  ["GET", "/containers/{name:.*}/export"],
  ["GET", "/containers/{name:.*}/json"],
  ["POST", "/containers/{name:.*}/kill"],
  ["GET", "/containers/{name:.*}/logs"],
  ["POST", "/containers/{name:.*}/pause"],
  ["POST", "/containers/{name:.*}/rename"],
  ["POST", "/containers/{name:.*}/resize"],
  ["POST", "/containers/{name:.*}/restart"],
  ["POST", "/containers/{name:.*}/start"],
  ["GET", "/containers/{name:.*}/stats"],
  ["POST", "/containers/{name:.*}/stop"],
  ["GET", "/containers/{name:.*}/top"],
  ["POST", "/containers/{name:.*}/unpause"],
  ["POST", "/containers/{name:.*}/update"],
  ["POST", "/containers/{name:.*}/wait"],
  ["GET", "/exec/{id:.*}/json"],
  ["POST", "/exec/{name:.*}/resize"],
  ["POST", "/exec/{name:.*}/start"],
  // debug
  ["GET", "/debug/pprof/"],
  ["GET", "/debug/pprof/cmdline"],
  ["GET", "/debug/pprof/profile"],
  ["GET", "/debug/pprof/symbol"],
  ["GET", "/debug/pprof/trace"],
  ["GET", "/debug/pprof/{name}"],
  ["GET", "/debug/vars"],
  // distribution
  ["GET", "/distribution/{name:.*}/json"],
  // grpc
  ["POST", "/grpc"],
  // image
  ["POST", "/images/create"],
  ["GET", "/images/get"],
  ["GET", "/images/json"],
  ["POST", "/images/load"],
  ["POST", "/images/prune"],
  ["GET", "/images/search"],
  ["DELETE", "/images/{name:.*}"],
  ["GET", "/images/{name:.*}/attestations", since29],
  ["GET", "/images/{name:.*}/get"],
  ["GET", "/images/{name:.*}/history"],
  ["GET", "/images/{name:.*}/json"],
  ["POST", "/images/{name:.*}/push"],
  ["POST", "/images/{name:.*}/tag"],
  // network
  ["GET", "/networks"],
  ["GET", "/networks/"],
  ["POST", "/networks/create"],
  ["POST", "/networks/prune"],
  ["DELETE", "/networks/{id:.*}"],
  ["POST", "/networks/{id:.*}/connect"],
  ["POST", "/networks/{id:.*}/disconnect"],
  ["GET", "/networks/{id:.+}"],
  // plugin
  ["GET", "/plugins"],
  ["POST", "/plugins/create"],
  ["GET", "/plugins/privileges"],
  ["POST", "/plugins/pull"],
  ["DELETE", "/plugins/{name:.*}"],
  ["POST", "/plugins/{name:.*}/disable"],
  ["POST", "/plugins/{name:.*}/enable"],
  ["GET", "/plugins/{name:.*}/json"],
  ["POST", "/plugins/{name:.*}/push"],
  ["POST", "/plugins/{name:.*}/set"],
  ["POST", "/plugins/{name:.*}/upgrade"],
  // session
  ["POST", "/session"],
  // swarm
  ["GET", "/configs"],
  ["POST", "/configs/create"],
  ["DELETE", "/configs/{id}"],
  ["GET", "/configs/{id}"],
  ["POST", "/configs/{id}/update"],
  ["GET", "/nodes"],
  ["DELETE", "/nodes/{id}"],
  ["GET", "/nodes/{id}"],
  ["POST", "/nodes/{id}/update"],
  ["GET", "/secrets"],
  ["POST", "/secrets/create"],
  ["DELETE", "/secrets/{id}"],
  ["GET", "/secrets/{id}"],
  ["POST", "/secrets/{id}/update"],
  ["GET", "/services"],
  ["POST", "/services/create"],
  ["DELETE", "/services/{id}"],
  ["GET", "/services/{id}"],
  ["GET", "/services/{id}/logs"],
  ["POST", "/services/{id}/update"],
  ["GET", "/swarm"],
  ["POST", "/swarm/init"],
  ["POST", "/swarm/join"],
  ["POST", "/swarm/leave"],
  ["POST", "/swarm/unlock"],
  ["GET", "/swarm/unlockkey"],
  ["POST", "/swarm/update"],
  ["GET", "/tasks"],
  ["GET", "/tasks/{id}"],
  ["GET", "/tasks/{id}/logs"],
  // system
  ["GET", "/_ping"],
  ["HEAD", "/_ping"],
  ["POST", "/auth"],
  ["GET", "/events"],
  ["GET", "/info"],
  ["GET", "/system/df"],
  ["GET", "/version"],
  // volume
  ["GET", "/volumes"],
  ["POST", "/volumes/create"],
  ["POST", "/volumes/prune"],
  ["DELETE", "/volumes/{name:.*}"],
  ["GET", "/volumes/{name:.*}"],
  ["PUT", "/volumes/{name:.*}", since26],
];

interface Named {
  readonly method: Method;
  readonly path: string;
}

function routesIn(release: ReleaseName): ReadonlyMap<string, Named> {
  const routes = table.filter(([, , has = everywhere]) => has[release]);
  return new Map(routes.map(([method, path]) => [routeKey({ method, path }), { method, path }]));
}

/** The engine's routes of each release, by {@link routeKey}. */
export const engineRoutes: Row<ReadonlyMap<string, Named>> = row(
  routesIn("20.10"),
  routesIn("26.1"),
  routesIn("28.5"),
  routesIn("29"),
);

/** Returns a key that is equal for routes whose paths differ only in the names of their variables. */
export function routeKey({ method, path }: Named): string {
  return `${method} ${path.replaceAll(/\{\w+:?([^}]*)\}/g, "{$1}")}`;
}
