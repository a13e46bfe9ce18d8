import { engineError } from "@dryharbor/sdk/port";
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
import type { Body } from "../../requests/body.js";
import type { Call } from "../call.js";
import type { HttpResponse } from "../message.js";
import { del, get, post, type Route, unread } from "../route.js";
import { unservedError } from "./unserved.js";

// The simulator's engines are in no swarm: what an engine outside of one answers.

function noManager(): HttpResponse {
  throw engineError(
    503,
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  );
}

/** What is filtered reads its filters before it looks for a swarm. */
function filtered({ daemon, query }: Call): HttpResponse {
  query.filters(daemon);
  return noManager();
}

/** The same of a body, and, of what is updated, the version that it is said to have. */
function reading(body: Body<object>, badVersion?: (text: string, why: string) => string) {
  return async (call: Call): Promise<HttpResponse> => {
    await call.body(body);
    if (badVersion) call.query.uint("version", badVersion);
    return noManager();
  };
}

const invalidVersion = (what: string) => (text: string, why: string) =>
  `invalid ${what} version '${text}': ${why}`;

function unservedAfter(body: Body<object>, route: string) {
  return async (call: Call): Promise<HttpResponse> => {
    await call.body(body);
    throw unservedError(route);
  };
}

function logs({ query }: Call): HttpResponse {
  if (!query.bool("stdout") && !query.bool("stderr")) {
    throw engineError(500, "Bad parameters: you must choose at least one stream");
  }
  return noManager();
}

export const swarmRoutes: readonly Route[] = [
  get("/swarm", noManager, unread),
  get("/swarm/unlockkey", noManager, unread),
  post("/swarm/init", unservedAfter(swarmInit, "POST /swarm/init"), unread),
  post("/swarm/join", unservedAfter(swarmJoin, "POST /swarm/join"), unread),
  post(
    "/swarm/update",
    async (call) => {
      await call.body(swarmUpdate);
      call.query.uint("version", invalidVersion("swarm"));
      for (const flag of ["rotateWorkerToken", "rotateManagerToken", "rotateManagerUnlockKey"]) {
        call.query.strictBool(flag, { tellsWhy: false });
      }
      return noManager();
    },
    unread,
  ),
  post("/swarm/unlock", reading(swarmUnlock), unread),
  post("/swarm/leave", () => {
    throw engineError(503, "This node is not part of a swarm");
  }),
  get("/services", ({ daemon, query }) => {
    // 20.10 takes filters that it cannot read for the client's fault here.
    query.filters(daemon, 400);
    query.strictBool("status");
    return noManager();
  }),
  get(
    "/services/{id}",
    ({ query }) => {
      query.strictBool("insertDefaults");
      return noManager();
    },
    unread,
  ),
  post("/services/create", reading(serviceSpec), unread),
  post("/services/{id}/update", reading(serviceSpec, invalidVersion("service")), unread),
  get("/services/{id}/logs", logs),
  del("/services/{id}", noManager, unread),
  get("/nodes", filtered),
  get("/nodes/{id}", noManager, unread),
  post("/nodes/{id}/update", reading(nodeUpdate, invalidVersion("node")), unread),
  del("/nodes/{id}", noManager),
  get("/tasks", filtered),
  get("/tasks/{id}", noManager, unread),
  get("/tasks/{id}/logs", logs),
  get("/secrets", filtered),
  get("/secrets/{id}", noManager, unread),
  post("/secrets/create", reading(secretSpec), unread),
  post(
    "/secrets/{id}/update",
    reading(secretSpec, () => "invalid secret version"),
    unread,
  ),
  del("/secrets/{id}", noManager, unread),
  get("/configs", filtered),
  get("/configs/{id}", noManager, unread),
  post("/configs/create", reading(configSpec), unread),
  post(
    "/configs/{id}/update",
    reading(configSpec, () => "invalid config version"),
    unread,
  ),
  del("/configs/{id}", noManager, unread),
];
