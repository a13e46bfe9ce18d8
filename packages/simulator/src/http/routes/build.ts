import { BuildCommandError, EngineError, engineError } from "@dryharbor/sdk/port";
import { isOlder } from "../../core/api-version.js";
import type { BuildStep } from "../../core/builds/build-request.js";
import type { Release } from "../../core/releases/release.js";
import { pruneBuildCache } from "../../core/system/build-cache.js";
import { build } from "../../engine/builds/build.js";
import { decompressed } from "../../engine/decompression.js";
import { readBuild } from "../../requests/build.js";
import { channel } from "../../runtime/channel.js";
import { json } from "../answer.js";
import type { Call } from "../call.js";
import { line } from "../lines.js";
import type { HttpResponse } from "../message.js";
import { errorLine } from "../progress.js";
import { post, type Route } from "../route.js";

// The builder is the classic one, which keeps no cache beside its images: there is nothing to prune. A build ends with the
// connection of its client, so there is nothing to cancel, either.

export const buildRoutes: readonly Route[] = [
  post("/build", carryOut),
  post("/build/prune", (call) => {
    const { daemon, query } = call;
    checkSizes(call);
    const filters = told(daemon.release.system.buildFiltersPrefix, () => query.filters(daemon));
    return json(pruneBuildCache(daemon, filters));
  }),
  post("/build/cancel", ({ daemon, query }) => {
    if (query.text("id") !== "") return { status: 200, headers: { "Content-Type": "application/json" } };
    throw engineError(daemon.release.system.noBuildIdStatus, "build ID not provided");
  }),
];

/**
 * Answers `POST /build`. What goes wrong before anything is told of has a status of its own; afterwards it is the last line.
 */
async function carryOut(call: Call): Promise<HttpResponse> {
  const { daemon, session, query, request, apiVersion } = call;
  const asked = readBuild(daemon.release, query, apiVersion);
  if (query.bool("squash")) throw engineError(400, "squash is only supported with experimental mode");
  const steps = channel<BuildStep>();
  const kept: BuildStep[] = [];
  let hasBegun = false;
  let begin = (): void => {};
  const first = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const tell = (step: BuildStep): void => {
    if ("aux" in step && isOlder(apiVersion, "1.30")) return;
    if (asked.quiet) kept.push(step);
    else {
      steps.send(step);
      hasBegun = true;
      begin();
    }
  };
  const left = new AbortController();
  request.signal.addEventListener("abort", () => left.abort(), { once: true });
  const archive = () => decompressed(daemon.release, request.body);
  const done = build(session, asked, archive, tell, left.signal).then(
    (image) => {
      if (asked.quiet) steps.send({ stream: `${image.id}\n` });
      steps.end();
    },
    (error: unknown) => {
      if (!(error instanceof EngineError)) {
        steps.end(error);
        throw error;
      }
      if (kept.length === 0 && !hasBegun) {
        steps.end();
        throw error;
      }
      for (const step of kept) steps.send(step);
      steps.send(failureOf(daemon.release, error));
      steps.end();
    },
  );
  const wait = session.whileReading(done);
  await Promise.race([first, wait]);
  wait.catch(() => {});
  return {
    status: 200,
    headers: { "Content-Type": "application/json" },
    body: (async function* () {
      try {
        for (let step = await steps.receive(); step; step = await steps.receive()) {
          yield line(daemon.release, step, "\r\n");
        }
      } finally {
        left.abort();
      }
    })(),
  };
}

function failureOf(release: Release, error: EngineError): BuildStep {
  const { message } = error;
  const code = error instanceof BuildCommandError ? { code: error.exitCode } : {};
  return errorLine(release, { ...code, message }) as BuildStep;
}

/** Checks the size parameters. @throws {EngineError} 400, or 500 on 20.10, if one is no integer */
function checkSizes({ daemon, query, apiVersion }: Call): void {
  const { status, since } = daemon.release.system.buildCacheSizes;
  for (const [name, version] of Object.entries(since)) {
    if (version !== "" && isOlder(apiVersion, version)) continue;
    const given = query.text(name);
    told(`${name} is in bytes and expects an integer, got ${given}: `, () => query.int(name, status));
  }
}

/** Returns what `read` returns. An engine error gets a prefix. */
function told<T>(before: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof EngineError ? engineError(error.status, before + error.message) : error;
  }
}
