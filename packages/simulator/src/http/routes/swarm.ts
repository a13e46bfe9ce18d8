import { engineError } from "@dryharbor/sdk/port";
import { initSwarm } from "../../core/swarm/init.js";
import { joinSwarm } from "../../core/swarm/join.js";
import { leaveSwarm } from "../../core/swarm/leave.js";
import { managedSwarm } from "../../core/swarm/manager.js";
import { inspectTask, listTasks } from "../../core/swarm/networks/tasks.js";
import { inspectNode, listNodes, removeNode, updateNode } from "../../core/swarm/nodes/nodes.js";
import { createObject } from "../../core/swarm/objects/create.js";
import { configs, type ObjectKind, secrets } from "../../core/swarm/objects/kind.js";
import { inspectObject, listObjects } from "../../core/swarm/objects/list.js";
import { removeObject, updateObject } from "../../core/swarm/objects/update.js";
import { checkNewService, inspectService, listServices, readServiceSpec } from "../../core/swarm/services.js";
import { showSwarm, showUnlockKey } from "../../core/swarm/show.js";
import { unlockSwarm, updateSwarm } from "../../core/swarm/update.js";
import { unservedError } from "../../engine/unserved.js";
import { serviceSpec } from "../../requests/bodies/services.js";
import {
  configSpec,
  nodeUpdate,
  secretSpec,
  swarmInit,
  swarmJoin,
  swarmUnlock,
  swarmUpdate,
} from "../../requests/bodies/swarm.js";
import { empty, json } from "../answer.js";
import type { Call } from "../call.js";
import type { HttpResponse } from "../message.js";
import { del, get, post, type Route, unread } from "../route.js";

export const swarmRoutes: readonly Route[] = [
  get("/swarm", ({ daemon }) => json(showSwarm(daemon)), unread),
  get("/swarm/unlockkey", ({ daemon }) => json(showUnlockKey(daemon)), unread),
  post(
    "/swarm/init",
    async (call) => json(initSwarm(call.daemon, await call.body(swarmInit), call.apiVersion)),
    unread,
  ),
  post("/swarm/join", async (call) => joinSwarm(call.daemon, await call.body(swarmJoin)), unread),
  post(
    "/swarm/update",
    async (call) => {
      const spec = await call.body(swarmUpdate);
      const version = call.query.uint("version", invalidVersion("swarm"));
      const rotates = (flag: string) => call.query.strictBool(flag, { tellsWhy: false });
      updateSwarm(call.daemon, version, spec, {
        workerToken: rotates("rotateWorkerToken"),
        managerToken: rotates("rotateManagerToken"),
        unlockKey: rotates("rotateManagerUnlockKey"),
      });
      return empty(200);
    },
    unread,
  ),
  post(
    "/swarm/unlock",
    async (call) => {
      await call.body(swarmUnlock);
      return unlockSwarm(call.daemon);
    },
    unread,
  ),
  post("/swarm/leave", ({ daemon, query }) => {
    leaveSwarm(daemon, { force: query.bool("force") });
    return empty(200);
  }),

  get("/nodes", ({ daemon, query }) => json(listNodes(daemon, query.filters(daemon)))),
  get("/nodes/{id}", (call) => json(inspectNode(call.daemon, call.variable("id"))), unread),
  post(
    "/nodes/{id}/update",
    async (call) => {
      const spec = await call.body(nodeUpdate);
      const version = call.query.uint("version", invalidVersion("node"));
      updateNode(call.daemon, call.variable("id"), version, spec);
      return empty(200);
    },
    unread,
  ),
  del("/nodes/{id}", (call) => removeNode(call.daemon, call.variable("id"))),

  get("/services", ({ daemon, query }) => {
    // 20.10 answers 400 here for filters that do not parse, not 500 as elsewhere.
    const filters = query.filters(daemon, 400);
    query.strictBool("status");
    return json(listServices(daemon, filters));
  }),
  get(
    "/services/{id}",
    (call) => {
      call.query.strictBool("insertDefaults");
      return inspectService(call.daemon, call.variable("id"));
    },
    unread,
  ),
  post(
    "/services/create",
    async (call) => {
      checkNewService(call.daemon, await call.body(serviceSpec));
      throw unservedError("POST /services/create");
    },
    unread,
  ),
  post(
    "/services/{id}/update",
    async (call) => {
      const spec = await call.body(serviceSpec);
      call.query.uint("version", invalidVersion("service"));
      managedSwarm(call.daemon);
      readServiceSpec(spec);
      return inspectService(call.daemon, call.variable("id"));
    },
    unread,
  ),
  get("/services/{id}/logs", (call) => logs("service", call)),
  del("/services/{id}", (call) => inspectService(call.daemon, call.variable("id")), unread),
  get("/tasks", ({ daemon, query }) => json(listTasks(daemon, query.filters(daemon)))),
  get("/tasks/{id}", (call) => json(inspectTask(call.daemon, call.variable("id"))), unread),
  get("/tasks/{id}/logs", (call) => logs("task", call)),

  ...objectRoutes("/secrets", secrets, secretSpec),
  ...objectRoutes("/configs", configs, configSpec),
];

function objectRoutes(path: string, kind: ObjectKind, spec: typeof secretSpec): Route[] {
  return [
    get(path, ({ daemon, query }) => json(listObjects(daemon, kind, query.filters(daemon)))),
    get(`${path}/{id}`, (call) => json(inspectObject(call.daemon, kind, call.variable("id"))), unread),
    post(
      `${path}/create`,
      async (call) => json(createObject(call.daemon, kind, await call.body(spec), call.apiVersion), 201),
      unread,
    ),
    post(
      `${path}/{id}/update`,
      async (call) => {
        const asked = await call.body(spec);
        const version = call.query.uint("version", () => `invalid ${kind.what} version`);
        updateObject(call.daemon, kind, call.variable("id"), version, asked);
        return empty(200);
      },
      unread,
    ),
    del(
      `${path}/{id}`,
      (call) => {
        removeObject(call.daemon, kind, call.variable("id"));
        return empty(204);
      },
      unread,
    ),
  ];
}

function invalidVersion(what: string): (text: string, why: string) => string {
  return (text, why) => `invalid ${what} version '${text}': ${why}`;
}

function noSuch(what: string, call: Call): HttpResponse {
  managedSwarm(call.daemon);
  throw engineError(404, `${what} ${call.variable("id")} not found`);
}

function logs(what: string, call: Call): HttpResponse {
  if (!call.query.bool("stdout") && !call.query.bool("stderr")) {
    throw engineError(500, "Bad parameters: you must choose at least one stream");
  }
  return noSuch(what, call);
}
