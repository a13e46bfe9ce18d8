import type { Volumes } from "../volumes.js";
import { body, type CallsOf, json, nothing, path, query } from "./call.js";

const volume = path("volume");

/** moby: `api/server/router/volume`. */
export const volumeCalls = {
  create: {
    route: "POST /volumes/create",
    arguments: [body],
    answer: json(201),
    errors: [400, 404, 409, 500],
  },
  list: {
    route: "GET /volumes",
    options: { filters: query },
    answer: json(),
    errors: [400, 500],
  },
  inspect: {
    route: "GET /volumes/{volume}",
    arguments: [volume],
    answer: json(),
    errors: [404, 500],
  },
  update: {
    route: "PUT /volumes/{volume}",
    arguments: [volume, body],
    options: { version: query },
    answer: nothing(200),
    errors: [400, 404, 500, 503],
    since: "1.42",
  },
  remove: {
    route: "DELETE /volumes/{volume}",
    arguments: [volume],
    options: { force: query },
    answer: nothing(),
    errors: [404, 409, 500],
  },
  prune: {
    route: "POST /volumes/prune",
    options: { filters: query },
    answer: json(),
    errors: [400, 500],
  },
} as const satisfies CallsOf<Volumes>;
