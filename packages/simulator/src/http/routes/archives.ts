import type { PathStat } from "@dryharbor/sdk/port";
import { base64 } from "../../core/base64.js";
import {
  archiveContainerPath,
  containerChanges,
  exportContainer,
  extractToContainer,
  statContainerPath,
} from "../../core/containers/archive.js";
import { archivePath } from "../../engine/archives.js";
import { commit } from "../../engine/commit.js";
import { decompressed } from "../../engine/decompression.js";
import { commitConfig } from "../../requests/bodies/containers.js";
import { empty, json } from "../answer.js";
import type { Call } from "../call.js";
import { compressed } from "../compression.js";
import type { HttpResponse } from "../message.js";
import { get, head, post, put, type Route } from "../route.js";
import { tarBody } from "../tar-body.js";

/** Routes for the files of containers: archive, changes, export and commit. */
export const archiveRoutes: readonly Route[] = [
  head("/containers/{name:.*}/archive", (call) => ({
    status: 200,
    headers: statHeader(statContainerPath(call.daemon, call.variable("name"), pathOf(call))),
  })),
  get("/containers/{name:.*}/archive", (call) => {
    const { stat, entries } = archiveContainerPath(call.daemon, call.variable("name"), pathOf(call));
    return compressed(call.request, {
      status: 200,
      headers: { ...statHeader(stat), "Content-Type": "application/x-tar" },
      body: tarBody(entries),
    });
  }),
  put("/containers/{name:.*}/archive", async (call) => {
    const { query, daemon } = call;
    const path = pathOf(call);
    const archive = await decompressed(daemon.release, call.request.body);
    extractToContainer(daemon, call.variable("name"), path, archive, {
      noOverwriteDirNonDir: query.bool("noOverwriteDirNonDir"),
      copyUIDGID: query.bool("copyUIDGID"),
    });
    return empty(200);
  }),
  post("/commit", commitContainer),
  get("/containers/{name:.*}/changes", (call) => json(containerChanges(call.daemon, call.variable("name")))),
  get("/containers/{name:.*}/export", (call) => ({
    status: 200,
    headers: { "Content-Type": "application/octet-stream" },
    body: tarBody(exportContainer(call.daemon, call.variable("name"))),
  })),
];

async function commitContainer(call: Call): Promise<HttpResponse> {
  const { session, query } = call;
  const config = await call.body(commitConfig);
  const asked = {
    container: query.text("container"),
    repo: query.text("repo"),
    tag: query.text("tag"),
    author: query.text("author"),
    comment: query.text("comment"),
    changes: query.texts("changes"),
    pause: query.boolOr("pause", true),
    config,
  };
  return json(commit(session, asked), 201);
}

function pathOf({ daemon, query }: Call): string {
  return archivePath(daemon.release, query.text("path"));
}

function statHeader(stat: PathStat): Readonly<Record<string, string>> {
  const text = new TextEncoder().encode(JSON.stringify(stat));
  return { "X-Docker-Container-Path-Stat": base64(text) };
}
