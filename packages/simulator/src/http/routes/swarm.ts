import { engineError } from "@dryharbor/sdk/port";
import type { HttpResponse } from "../message.js";
import { del, get, post, type Route } from "../route.js";

// The simulator's engines are in no swarm: what an engine outside of one answers.

function noManager(): HttpResponse {
  throw engineError(
    503,
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  );
}

export const swarmRoutes: readonly Route[] = [
  get("/swarm", noManager),
  get("/swarm/unlockkey", noManager),
  post("/swarm/unlock", noManager),
  post("/swarm/leave", () => {
    throw engineError(503, "This node is not part of a swarm");
  }),
  get("/services", noManager),
  get("/services/{id}", noManager),
  post("/services/create", noManager),
  del("/services/{id}", noManager),
  get("/nodes", noManager),
  get("/nodes/{id}", noManager),
  del("/nodes/{id}", noManager),
  get("/tasks", noManager),
  get("/tasks/{id}", noManager),
  get("/secrets", noManager),
  post("/secrets/create", noManager),
  del("/secrets/{id}", noManager),
  get("/secrets/{id}", noManager),
  get("/configs", noManager),
  post("/configs/create", noManager),
  del("/configs/{id}", noManager),
  get("/configs/{id}", noManager),
];
