import type { TarEntry } from "@dryharbor/kernel/tar";
import { engineError } from "@dryharbor/sdk/port";
import { isOlder } from "../../core/api-version.js";
import { findImage } from "../../core/images/find.js";
import { imageHistory } from "../../core/images/history.js";
import { checkSource } from "../../core/images/import.js";
import { listImages } from "../../core/images/list.js";
import { loadImages } from "../../core/images/load.js";
import { pruneImages } from "../../core/images/prune.js";
import { pullImage } from "../../core/images/pull.js";
import { removeImage } from "../../core/images/remove.js";
import { saveImages } from "../../core/images/save.js";
import { inspectImage } from "../../core/images/show.js";
import { tagImage } from "../../core/images/tag.js";
import { withHtmlEscapes } from "../../core/json/encode.js";
import { decompressed, decompressedImages } from "../../engine/decompression.js";
import { askedPlatform, inspectedPart } from "../../engine/image-platform.js";
import { importFrom } from "../../engine/import.js";
import { readPlatform } from "../../requests/platform.js";
import { empty, json } from "../answer.js";
import type { Call } from "../call.js";
import type { HttpResponse } from "../message.js";
import { progress } from "../progress.js";
import { del, get, post, type Route } from "../route.js";
import { tarBody } from "../tar-body.js";

export const imageRoutes: readonly Route[] = [
  get("/images/json", ({ daemon, query, apiVersion }) => {
    const asksIdentity = !isOlder(apiVersion, "1.54") && query.bool("identity");
    if (asksIdentity && !query.bool("manifests")) {
      throw engineError(400, "conflicting options: identity requires manifests=1");
    }
    return json(
      listImages(daemon, query.filters(daemon), apiVersion, {
        all: query.bool("all"),
        filter: query.text("filter"),
        sharedSize: query.bool("shared-size"),
        manifests: query.bool("manifests"),
      }),
    );
  }),
  get("/images/{name:.*}/history", (call) => {
    const platform = askedPlatform(call, call.query.texts("platform").slice(0, 1), "1.48");
    return json(imageHistory(call.daemon, call.variable("name"), platform));
  }),
  // No image here has attestations, since nothing signs one.
  get("/images/{name:.*}/attestations", ({ daemon, query, apiVersion, variables }) => {
    if (isOlder(apiVersion, "1.55")) {
      throw engineError(400, "GET /images/{name:.*}/attestations requires minimum API version 1.55");
    }
    const platforms = query.texts("platform");
    if (platforms.length > 1) throw engineError(400, "only one platform value is currently supported");
    if (platforms[0]) readPlatform(daemon.release, platforms[0]);
    findImage(daemon, variables.name ?? "");
    return json([]);
  }),
  get("/images/get", (call) => save(call, call.query.texts("names"))),
  get("/images/{name:.*}/get", (call) => save(call, [call.variable("name")])),
  post("/images/load", async (call) => {
    const { daemon, query, request } = call;
    const platform = askedPlatform(call, query.texts("platform"), "1.48");
    const read = await decompressedImages(daemon.release, request.body);
    return progress(daemon.release, loadImages(daemon, read, platform));
  }),
  post("/images/prune", ({ daemon, query }) => json(pruneImages(daemon, query.filters(daemon)))),
  get("/images/{name:.*}/json", (call) => {
    const { query, apiVersion } = call;
    const part = { platform: query.text("platform"), manifests: query.bool("manifests") };
    const answer = json(
      inspectImage(call.daemon, call.variable("name"), apiVersion, inspectedPart(call, part)),
    );
    const { inspectEscapesHtml } = call.daemon.release.images;
    return inspectEscapesHtml ? { ...answer, body: withHtmlEscapes(String(answer.body)) } : answer;
  }),
  post("/images/create", async (call) => {
    const { daemon, query, apiVersion } = call;
    if (query.text("fromImage") === "") return importArchive(call);
    const [name, tag, platform] = [query.text("fromImage"), query.text("tag"), query.text("platform")];
    return progress(daemon.release, pullImage(daemon, { name, tag, platform }, apiVersion));
  }),
  post("/images/{name:.*}/tag", (call) => {
    const { daemon, query } = call;
    const target = { repo: query.text("repo"), tag: query.text("tag") };
    return empty(tagImage(daemon, call.variable("name"), target) ? 201 : 200);
  }),
  del("/images/{name:.*}", (call) => {
    const { daemon, query } = call;
    const given = isOlder(call.apiVersion, "1.50") ? [] : query.texts("platforms");
    const platforms = given.map((text) => readPlatform(daemon.release, text));
    return json(removeImage(daemon, call.variable("name"), { force: query.bool("force"), platforms }));
  }),
];

function archive(entries: readonly TarEntry[]): HttpResponse {
  return { status: 200, headers: { "Content-Type": "application/x-tar" }, body: tarBody(entries) };
}

async function importArchive({ daemon, session, query, request }: Call): Promise<HttpResponse> {
  const source = query.text("fromSrc");
  const wanted = {
    repo: query.text("repo"),
    tag: query.text("tag"),
    message: query.text("message"),
    changes: query.texts("changes"),
    platform: query.text("platform"),
  };
  if (source !== "-") {
    checkSource(daemon, source, wanted);
    throw engineError(
      501,
      "the simulator has no network to fetch an archive from: download it, and import the file (fromSrc=-)",
    );
  }
  const told = importFrom(session, await decompressed(daemon.release, request.body), wanted);
  return progress(daemon.release, told);
}

function save(call: Call, names: readonly string[]): HttpResponse {
  const platform = askedPlatform(call, call.query.texts("platform"), "1.48");
  return archive(saveImages(call.daemon, names, platform));
}
