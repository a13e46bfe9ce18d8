import { engineError } from "@dryharbor/sdk/port";
import { base64 } from "../../core/base64.js";
import {
  archiveContainerPath,
  containerChanges,
  exportContainer,
  extractToContainer,
  type PathStat,
  statContainerPath,
} from "../../core/containers/archive.js";
import { commitContainer, readCommitName } from "../../core/containers/commit.js";
import { hasConfig } from "../../core/containers/config.js";
import { findContainer } from "../../core/containers/find.js";
import { validateModes } from "../../core/containers/validate.js";
import type { Image } from "../../core/images/image.js";
import { commitConfig } from "../../requests/bodies/containers.js";
import { empty, json } from "../answer.js";
import type { Call } from "../call.js";
import { compressed, decompressed } from "../compression.js";
import { get, head, post, put, type Route } from "../route.js";
import { tarBody } from "../tar-body.js";

/** The files of containers. */
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
  post("/commit", async (call) => json({ Id: (await commit(call)).id }, 201)),
  get("/containers/{name:.*}/changes", (call) => json(containerChanges(call.daemon, call.variable("name")))),
  get("/containers/{name:.*}/export", (call) => ({
    status: 200,
    headers: { "Content-Type": "application/octet-stream" },
    body: tarBody(exportContainer(call.daemon, call.variable("name"))),
  })),
];

async function commit(call: Call): Promise<Image> {
  const { daemon, runtime, query } = call;
  const given = await call.body(commitConfig);
  if (given) validateModes(daemon, given);
  const [repo, tag] = [query.text("repo"), query.text("tag")];
  if (daemon.release.images.commitReadsNameFirst) readCommitName(daemon, { repo, tag });
  const name = query.text("container");
  const container = findContainer(daemon, name);
  const pauses = query.boolOr("pause", true) && container.state.status === "running";
  if (pauses) runtime.pause(container);
  try {
    return commitContainer(daemon, container, {
      repo,
      tag,
      author: query.text("author"),
      comment: query.text("comment"),
      changes: query.texts("changes"),
      config: given && hasConfig(given) ? given : null,
    });
  } finally {
    if (pauses) runtime.unpause(container);
  }
}

function pathOf({ query }: Call): string {
  const path = query.text("path");
  // The engine's own words.
  if (path === "") throw engineError(400, "bad parameter: pathcannot be empty");
  return path;
}

function statHeader(stat: PathStat): Readonly<Record<string, string>> {
  const text = new TextEncoder().encode(JSON.stringify(stat));
  return { "X-Docker-Container-Path-Stat": base64(text) };
}
