import { listImages } from "../../core/images/list.js";
import { pullImage } from "../../core/images/pull.js";
import { removeImage } from "../../core/images/remove.js";
import { inspectImage } from "../../core/images/show.js";
import { tagImage } from "../../core/images/tag.js";
import { empty, json } from "../answer.js";
import { progress } from "../progress.js";
import { del, get, post, type Route } from "../route.js";

export const imageRoutes: readonly Route[] = [
  get("/images/json", ({ daemon, query, apiVersion }) =>
    json(listImages(daemon, query.filters(daemon), apiVersion)),
  ),
  get("/images/{name:.*}/json", (call) =>
    json(inspectImage(call.daemon, call.variable("name"), call.apiVersion)),
  ),
  post("/images/create", ({ daemon, query, apiVersion }) => {
    const [name, tag, platform] = [query.text("fromImage"), query.text("tag"), query.text("platform")];
    return progress(pullImage(daemon, { name, tag, platform }, apiVersion));
  }),
  post("/images/{name:.*}/tag", (call) => {
    const { daemon, query } = call;
    tagImage(daemon, call.variable("name"), { repo: query.text("repo"), tag: query.text("tag") });
    return empty(201);
  }),
  del("/images/{name:.*}", (call) =>
    json(removeImage(call.daemon, call.variable("name"), { force: call.query.bool("force") })),
  ),
];
