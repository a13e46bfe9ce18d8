import type { Configs, Nodes, Secrets, Services, Swarm, Tasks } from "../swarm.js";
import { type CallsOf, json, path, query, queryOf } from "./call.js";

// moby: `api/server/router/swarm`. Without a swarm, all of these are refused with 503.

export const swarmCalls = {
  inspect: { route: "GET /swarm", answer: json(), errors: [500, 503] },
  unlockKey: { route: "GET /swarm/unlockkey", answer: json(), errors: [500, 503] },
} as const satisfies CallsOf<Swarm>;

export const nodeCalls = {
  list: { route: "GET /nodes", options: { filters: query }, answer: json(), errors: [400, 500, 503] },
  inspect: { route: "GET /nodes/{node}", arguments: [path("node")], answer: json(), errors: [404, 500, 503] },
} as const satisfies CallsOf<Nodes>;

export const serviceCalls = {
  list: {
    route: "GET /services",
    options: { filters: query, status: queryOf({ since: "1.41" }) },
    answer: json(),
    errors: [400, 500, 503],
  },
  inspect: {
    route: "GET /services/{service}",
    arguments: [path("service")],
    options: { insertDefaults: query },
    answer: json(),
    errors: [400, 404, 500, 503],
  },
} as const satisfies CallsOf<Services>;

export const taskCalls = {
  list: { route: "GET /tasks", options: { filters: query }, answer: json(), errors: [400, 404, 500, 503] },
  inspect: { route: "GET /tasks/{task}", arguments: [path("task")], answer: json(), errors: [404, 500, 503] },
} as const satisfies CallsOf<Tasks>;

export const secretCalls = {
  list: { route: "GET /secrets", options: { filters: query }, answer: json(), errors: [400, 500, 503] },
  inspect: {
    route: "GET /secrets/{secret}",
    arguments: [path("secret")],
    answer: json(),
    errors: [404, 500, 503],
  },
} as const satisfies CallsOf<Secrets>;

export const configCalls = {
  list: { route: "GET /configs", options: { filters: query }, answer: json(), errors: [400, 500, 503] },
  inspect: {
    route: "GET /configs/{config}",
    arguments: [path("config")],
    answer: json(),
    errors: [404, 500, 503],
  },
} as const satisfies CallsOf<Configs>;
