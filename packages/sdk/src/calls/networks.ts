import type { Networks } from "../networks.js";
import { body, type CallsOf, json, nothing, path, query } from "./call.js";

const network = path("network");

/** moby: `api/server/router/network`. */
export const networkCalls = {
  create: {
    route: "POST /networks/create",
    arguments: [body],
    answer: json(201),
    errors: [400, 403, 404, 409, 500],
  },
  list: {
    route: "GET /networks",
    options: { filters: query },
    answer: json(),
    errors: [400, 500],
  },
  inspect: {
    route: "GET /networks/{network}",
    arguments: [network],
    options: { verbose: query, scope: query },
    answer: json(),
    errors: [400, 404, 500],
  },
  remove: {
    route: "DELETE /networks/{network}",
    arguments: [network],
    answer: nothing(),
    errors: [400, 403, 404, 500],
  },
  prune: {
    route: "POST /networks/prune",
    options: { filters: query },
    answer: json(),
    errors: [400, 500],
  },
  connect: {
    route: "POST /networks/{network}/connect",
    arguments: [network, body],
    answer: nothing(200),
    errors: [400, 403, 404, 409, 500],
  },
  disconnect: {
    route: "POST /networks/{network}/disconnect",
    arguments: [network, body],
    answer: nothing(200),
    errors: [400, 403, 404, 500],
  },
} as const satisfies CallsOf<Networks>;
