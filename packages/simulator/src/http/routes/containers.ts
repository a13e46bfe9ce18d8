import { engineError, type HostConfig } from "@dryharbor/sdk/port";
import { isOlder } from "../../core/api-version.js";
import { createContainer } from "../../core/containers/create.js";
import { findContainer } from "../../core/containers/find.js";
import { inspectContainer } from "../../core/containers/inspect.js";
import { listContainers } from "../../core/containers/list.js";
import { pruneContainers } from "../../core/containers/prune.js";
import { renameContainer } from "../../core/containers/rename.js";
import { unservedError } from "../../engine/unserved.js";
import { containerCreate, containerStart } from "../../requests/bodies/containers.js";
import { empty, json } from "../answer.js";
import type { Call } from "../call.js";
import { del, get, post, type Route, unread } from "../route.js";

export const containerRoutes: readonly Route[] = [
  get("/containers/json", ({ daemon, query }) => {
    const filters = query.filters(daemon);
    const limit = query.int("limit", daemon.release.requests.badIntegerStatus) ?? 0;
    const [all, size] = [query.bool("all"), query.bool("size")];
    return json(listContainers(daemon, { all, limit, size, filters }));
  }),
  get(
    "/containers/{name:.*}/json",
    (call) =>
      json(
        inspectContainer(call.daemon, container(call), {
          apiVersion: call.apiVersion,
          size: call.query.bool("size"),
        }),
      ),
    unread,
  ),
  post("/containers/create", async (call) => {
    const { daemon, query, apiVersion } = call;
    const [name, platform] = [query.text("name"), query.text("platform")];
    const created = createContainer(daemon, await call.body(containerCreate), name, apiVersion, platform);
    const { path, args } = findContainer(daemon, created.Id);
    await call.runtime.loadPrograms([path, ...args]);
    return json(created, 201);
  }),
  post("/containers/{name:.*}/kill", (call) => {
    call.runtime.kill(call.variable("name"), call.query.text("signal"));
    return empty(204);
  }),
  post("/containers/{name:.*}/pause", (call) => {
    call.runtime.pause(container(call));
    return empty(204);
  }),
  post("/containers/{name:.*}/unpause", (call) => {
    call.runtime.unpause(container(call));
    return empty(204);
  }),
  post("/containers/{name:.*}/restart", async (call) => {
    const options = stopOptions(call, 500);
    await call.runtime.restart(container(call), call.variable("name"), options);
    return empty(204);
  }),
  post("/containers/{name:.*}/start", async (call) => {
    const hostConfig = await startBody(call);
    const started = await call.runtime.afterTrial(
      () => ({ container: container(call), hostConfig }),
      () => call.runtime.start(container(call), hostConfig),
    );
    return empty(started ? 204 : 304);
  }),
  post("/containers/{name:.*}/stop", async (call) => {
    const options = stopOptions(call, call.daemon.release.requests.badIntegerStatus);
    return empty((await call.runtime.stop(container(call), call.variable("name"), options)) ? 204 : 304);
  }),
  post("/containers/{name:.*}/rename", (call) => {
    renameContainer(call.daemon, call.variable("name"), call.query.text("name"));
    return empty(204);
  }),
  post(
    "/containers/{name:.*}/copy",
    ({ apiVersion }) => {
      // 20.10 still has this route, for clients of API versions before 1.24.
      if (isOlder(apiVersion, "1.24")) throw unservedError("POST /containers/{name}/copy");
      return empty(404);
    },
    unread,
  ),
  post("/containers/prune", ({ daemon, query }) => json(pruneContainers(daemon, query.filters(daemon, 400)))),
  del("/containers/{name:.*}", (call) => {
    const { query } = call;
    call.runtime.remove(call.variable("name"), {
      force: query.bool("force"),
      v: query.bool("v"),
      link: query.bool("link"),
    });
    return empty(204);
  }),
];

function container(call: Call) {
  return findContainer(call.daemon, call.variable("name"));
}

/** What clients of old API versions say of the host's side. @throws 400, 500 */
async function startBody(call: Call): Promise<HostConfig | undefined> {
  // Longer than `{}` and a line feed: something is in it.
  const { length } = call.request.body;
  if (length <= 7 && length !== -1) return undefined;
  if (isOlder(call.apiVersion, "1.24")) return (await call.body(containerStart)).HostConfig ?? undefined;
  throw engineError(
    400,
    "starting container with non-empty request body was deprecated since API v1.22 and removed in v1.24",
  );
}

function stopOptions({ query }: Call, badStatus: number) {
  const timeout = query.int("t", badStatus);
  const signal = query.text("signal");
  return { ...(timeout !== undefined && { timeout }), ...(signal !== "" && { signal }) };
}
