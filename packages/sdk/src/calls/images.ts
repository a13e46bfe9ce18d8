import type { Images } from "../images.js";
import { pulledReference } from "../pulled-reference.js";
import {
  byDriver,
  bytes,
  type CallsOf,
  header,
  json,
  nothing,
  path,
  progress,
  query,
  queryOf,
  upload,
} from "./call.js";

const image = path("image");
const registryAuth = header("X-Registry-Auth");

/** moby: `api/server/router/image`, `router/build` and `router/distribution`. */
export const imageCalls = {
  list: {
    route: "GET /images/json",
    options: { all: query, filters: query, "shared-size": queryOf({ since: "1.42" }) },
    answer: json(),
    errors: [400, 404, 500],
  },
  inspect: {
    route: "GET /images/{image}/json",
    arguments: [image],
    answer: json(),
    errors: [400, 404, 500],
  },
  history: {
    route: "GET /images/{image}/history",
    arguments: [image],
    answer: json(),
    errors: [400, 404, 500],
  },
  pull: {
    route: "POST /images/create",
    arguments: [queryOf({ name: "fromImage, tag", split: pulledReference })],
    options: { platform: queryOf({ since: "1.32" }), "X-Registry-Auth": registryAuth, onProgress: byDriver },
    answer: progress(),
    errors: [400, 403, 404, 500],
  },
  push: {
    route: "POST /images/{image}/push",
    arguments: [image],
    options: {
      tag: query,
      platform: queryOf({ since: "1.46" }),
      // 20.10 refuses a push that has none.
      "X-Registry-Auth": header("X-Registry-Auth", {}),
      onProgress: byDriver,
    },
    answer: progress(),
    errors: [400, 404, 500],
  },
  import: {
    route: "POST /images/create",
    arguments: [upload],
    options: {
      repo: query,
      tag: query,
      message: query,
      changes: query,
      platform: queryOf({ since: "1.32" }),
      onProgress: byDriver,
    },
    always: { fromSrc: "-" },
    answer: progress(),
    errors: [400, 500, 501],
  },
  load: {
    route: "POST /images/load",
    arguments: [upload],
    options: { platform: queryOf({ since: "1.48" }), onProgress: byDriver },
    answer: progress(),
    errors: [400, 500],
  },
  save: {
    route: "GET /images/get",
    arguments: [queryOf({ name: "names" })],
    options: { platform: queryOf({ since: "1.48" }) },
    answer: bytes(),
    errors: [400, 404, 500],
  },
  build: {
    route: "POST /build",
    arguments: [upload],
    options: {
      dockerfile: query,
      t: query,
      buildargs: query,
      labels: query,
      target: query,
      platform: query,
      nocache: query,
      q: query,
      rm: query,
      forcerm: query,
      networkmode: query,
      version: query,
      onProgress: byDriver,
    },
    answer: progress(),
    errors: [400, 500, 501],
  },
  remove: {
    route: "DELETE /images/{image}",
    arguments: [image],
    options: { force: query, noprune: query },
    answer: json(),
    errors: [400, 404, 409, 500],
  },
  tag: {
    route: "POST /images/{image}/tag",
    arguments: [image],
    options: { repo: query, tag: query },
    answer: nothing(201, 200),
    errors: [400, 404, 409, 500],
  },
  prune: {
    route: "POST /images/prune",
    options: { filters: query },
    answer: json(),
    errors: [400, 500],
  },
  search: {
    route: "GET /images/search",
    arguments: [queryOf({ name: "term" })],
    options: { limit: query, filters: query },
    answer: json(),
    errors: [400, 500],
  },
  distribution: {
    route: "GET /distribution/{image}/json",
    arguments: [image],
    options: { "X-Registry-Auth": registryAuth },
    answer: json(),
    errors: [400, 401, 403, 404, 500],
  },
} as const satisfies CallsOf<Images>;
