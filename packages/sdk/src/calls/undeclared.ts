/** A route that engines have and the port does not. */
export interface UndeclaredRoutes {
  readonly reason: string;
  /** Method and path, with the names of moby's routers. */
  readonly routes: readonly string[];
}

/** Every route of the Engine API that the port does not have, with its reason. A test holds it to what engines have. */
export const undeclaredRoutes: readonly UndeclaredRoutes[] = [
  {
    reason: "another spelling of a route that the port has",
    routes: ["GET /networks/", "HEAD /_ping", "GET /images/{name}/get", "GET /containers/{name}/attach/ws"],
  },
  {
    reason: "changes of a swarm: the port reads swarms only",
    routes: [
      "POST /swarm/init",
      "POST /swarm/join",
      "POST /swarm/leave",
      "POST /swarm/unlock",
      "POST /swarm/update",
      "POST /nodes/{id}/update",
      "DELETE /nodes/{id}",
      "POST /services/create",
      "POST /services/{id}/update",
      "DELETE /services/{id}",
      "POST /secrets/create",
      "POST /secrets/{id}/update",
      "DELETE /secrets/{id}",
      "POST /configs/create",
      "POST /configs/{id}/update",
      "DELETE /configs/{id}",
    ],
  },
  {
    reason: "logs of services, which the simulator has none of",
    routes: ["GET /services/{id}/logs", "GET /tasks/{id}/logs"],
  },
  {
    reason: "plugins, which the simulator has none of",
    routes: [
      "GET /plugins",
      "POST /plugins/create",
      "GET /plugins/privileges",
      "POST /plugins/pull",
      "DELETE /plugins/{name}",
      "POST /plugins/{name}/disable",
      "POST /plugins/{name}/enable",
      "GET /plugins/{name}/json",
      "POST /plugins/{name}/push",
      "POST /plugins/{name}/set",
      "POST /plugins/{name}/upgrade",
    ],
  },
  {
    reason: "the builder's own affairs, and BuildKit's connections to its client",
    routes: ["POST /build/cancel", "POST /build/prune", "POST /session", "POST /grpc"],
  },
  {
    reason: "only of a daemon that was started with --experimental",
    routes: [
      "GET /containers/{name}/checkpoints",
      "POST /containers/{name}/checkpoints",
      "DELETE /containers/{name}/checkpoints/{checkpoint}",
    ],
  },
  { reason: "gone since API 1.24", routes: ["POST /containers/{name}/copy"] },
  {
    reason: "what signs an image, which the simulator has none of",
    routes: ["GET /images/{name}/attestations"],
  },
  {
    reason: "for those who look into the engine's own process",
    routes: [
      "GET /debug/vars",
      "GET /debug/pprof/",
      "GET /debug/pprof/cmdline",
      "GET /debug/pprof/profile",
      "GET /debug/pprof/symbol",
      "GET /debug/pprof/trace",
      "GET /debug/pprof/{name}",
    ],
  },
];
