import type { Exec } from "../exec.js";
import { body, type CallsOf, connection, json, nothing, path, query } from "./call.js";

const exec = path("exec");

/** moby: `api/server/router/container/exec.go`. */
export const execCalls = {
  create: {
    route: "POST /containers/{container}/exec",
    arguments: [path("container"), body],
    answer: json(201),
    errors: [400, 404, 409, 500],
  },
  start: {
    route: "POST /exec/{exec}/start",
    arguments: [exec, body],
    answer: connection(),
    errors: [400, 404, 409, 500],
  },
  resize: {
    route: "POST /exec/{exec}/resize",
    arguments: [exec],
    options: { h: query, w: query },
    answer: nothing(200),
    errors: [400, 404, 409, 500],
  },
  inspect: {
    route: "GET /exec/{exec}/json",
    arguments: [exec],
    answer: json(),
    errors: [404, 409, 500],
  },
} as const satisfies CallsOf<Exec>;
