// A build as the classic builder carries it out. The route and the driver call `build`, which tells what goes on as it does.

import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { Archive } from "../../core/archive/archive.js";
import type { BuildRequest, BuildStep } from "../../core/builds/build-request.js";
import { buildCache, noCache } from "../../core/builds/cache.js";
import { type Context, readContext } from "../../core/builds/context.js";
import { planOf, upTo } from "../../core/builds/dockerfile/stages.js";
import { shortId } from "../../core/id.js";
import { hexOf } from "../../core/images/digest.js";
import type { Image } from "../../core/images/image.js";
import { type Platform, parsePlatform } from "../../core/images/platform.js";
import {
  canonicalString,
  familiarString,
  parseReference,
  type Reference,
  withDefaultTag,
} from "../../core/images/reference.js";
import { addTag } from "../../core/images/tag.js";
import type { Session } from "../session.js";
import { Builder } from "./builder.js";
import { inRed } from "./in-red.js";
import { refuseRemote } from "./remote.js";

/**
 * `POST /build`.
 *
 * @param tell is called with each line as it comes
 * @param signal ends the build
 * @returns the image
 * @throws 400 what cannot be understood; 500 what cannot be done
 */
export async function build(
  session: Session,
  request: BuildRequest,
  archive: () => Promise<Archive>,
  tell: (step: BuildStep) => void,
  signal: AbortSignal | undefined,
): Promise<Image> {
  const { daemon } = session;
  session.runtime.loadPrograms();
  await session.runtime.loading;
  const tags = tagsOf(session, request.tags);
  refuseRemote(daemon, request.remote);
  const context: Context = readContext(daemon, await archive(), request.dockerfile);
  const platform = platformOf(session, request.platform);
  const plan = upTo(daemon.release, planOf(daemon.release, context.dockerfile), request.target);
  const said = (text: string) => tell({ stream: text });
  for (const warning of context.dockerfile.warnings) said(inRed(warning));
  const builder = new Builder({
    session,
    request,
    source: context.source,
    escape: context.dockerfile.escape,
    platform,
    cache: request.noCache ? noCache : buildCache(daemon, request.cacheFrom),
    tell,
    signal,
  });
  const image = await builder.build(plan);
  said(`Successfully built ${shortId(hexOf(image.id))}\n`);
  for (const tag of tags) {
    addTag(daemon, tag, image, familiarString(tag));
    said(`Successfully tagged ${familiarString(tag)}\n`);
  }
  return image;
}

function tagsOf({ daemon }: Session, names: readonly string[]): Reference[] {
  const tags = new Map<string, Reference>();
  for (const name of names) {
    if (name === "") continue;
    const reference = read(daemon.release, name);
    if (reference.digest !== "") throw engineError(500, "build tag cannot contain a digest");
    const tag = withDefaultTag(reference);
    tags.set(canonicalString(tag), tag);
  }
  return [...tags.values()];
}

function read(release: Parameters<typeof parseReference>[0], name: string): Reference {
  try {
    return parseReference(release, name);
  } catch (error) {
    throw error instanceof EngineError ? engineError(500, error.message) : error;
  }
}

function platformOf({ daemon, apiVersion: _ }: Session, text: string): Platform | undefined {
  return text === "" ? undefined : parsePlatform(daemon.release, text);
}
