import { emptyTree } from "@dryharbor/kernel/host";
import { TarError } from "@dryharbor/kernel/tar";
import { engineError } from "@dryharbor/sdk/port";
import type { Archive } from "../archive/archive.js";
import { UnpackError } from "../archive/unpack-error.js";
import type { Daemon } from "../daemon.js";
import { quotedText } from "../quote.js";
import { applyChanges } from "./changes/apply.js";
import { wholeConfig } from "./config.js";
import { emitImageEvent } from "./events.js";
import type { Image } from "./image.js";
import type { Layer } from "./layer.js";
import { contentLayerOf, layerOf, packedLayer, storedLayer } from "./layer-files.js";
import { addImage } from "./new-image.js";
import { hostPlatform, parsePlatform } from "./platform.js";
import { canonicalString, parseReference, type Reference, withDefaultTag, withTag } from "./reference.js";
import { addTag, toldTag } from "./tag.js";
import { unpackFailure, unpackingOf } from "./unpacking.js";

/** The parameters of `POST /images/create?fromSrc=-` beside the archive. */
export interface ImportRequest {
  /** The repository of the new image; empty for an image without a name. */
  readonly repo?: string;
  readonly tag?: string;
  /** The image's comment. Default: a note of its source. */
  readonly message?: string;
  /** Lines of a Dockerfile. */
  readonly changes?: readonly string[];
  /** The platform, such as `linux/arm64`; empty for the host's. */
  readonly platform?: string;
}

/**
 * Answers `POST /images/create?fromSrc=-`: makes an image of one layer from a tar archive.
 *
 * @throws 400 for an invalid name, platform or change; 500 if the archive cannot be unpacked
 */
export function importImage(daemon: Daemon, archive: Archive, request: ImportRequest): Image {
  const { repo = "", tag = "", message = "", changes = [], platform = "" } = request;
  const wanted = platform === "" ? hostPlatform : parsePlatform(daemon.release, platform);
  const reference = readName(daemon, repo, tag);
  const { importsForHostOnly } = daemon.release.images;
  if (wanted.os !== "linux" && importsForHostOnly) {
    throw engineError(400, "operating system is not supported");
  }
  const config = applyChanges(daemon.release, wholeConfig({}), changes);
  const created = daemon.clock.now();
  const comment = message || "Imported from -";
  const layer = unpacked(daemon, archive);
  const image = addImage(daemon, {
    created,
    config: wholeConfig(config),
    ...(daemon.release.images.importsForPlatform ? wanted : hostPlatform),
    layers: [layer],
    history: [{ created, createdBy: "", author: "", comment, empty: false }],
    parent: "",
    author: "",
    comment,
    container: null,
  });
  if (reference) addTag(daemon, reference, image, toldTag(daemon, reference));
  if (layer.problem) {
    const name = reference ? canonicalString(withDefaultTag(reference)) : `moby-dangling@${image.id}`;
    throw engineError(500, `failed to unpack image: ${unpackFailure(daemon, layer, name)}`);
  }
  emitImageEvent(daemon, "import", image.id, image.id, image);
  return image;
}

/**
 * `POST /images/create` with another `fromSrc`: what is wrong with it before anything is fetched.
 *
 * @param source a URL, or what one becomes with `http://` before it; empty where the request names none
 * @throws 400 what cannot be a name, a platform or a change; 500 a URL that leads nowhere
 */
export function checkSource(daemon: Daemon, source: string, request: ImportRequest): void {
  const { repo = "", tag = "", changes = [], platform = "" } = request;
  const wanted = platform === "" ? hostPlatform : parsePlatform(daemon.release, platform);
  readName(daemon, repo, tag);
  if (daemon.release.images.checksImportFirst) {
    if (wanted.os !== "linux") throw engineError(400, "operating system is not supported");
    applyChanges(daemon.release, wholeConfig({}), changes);
  }
  const url = source.includes("://") ? source : `http://${source}`;
  const [, scheme = "", rest = ""] = /^(.*?):\/\/(.*)$/s.exec(url) ?? [];
  const failed = (why: string) =>
    engineError(500, `Get ${quotedText(rest === "" ? `${scheme}:` : url)}: ${why}`);
  if (!/^https?$/i.test(scheme)) throw failed(`unsupported protocol scheme ${quotedText(scheme)}`);
  if (rest === "" || rest.startsWith("/")) throw failed("http: no Host in request URL");
}

function readName(daemon: Daemon, repo: string, tag: string): Reference | undefined {
  if (repo === "") return undefined;
  const reference = parseReference(daemon.release, repo);
  if (reference.digest !== "") throw engineError(400, "cannot import digest reference");
  return tag === "" ? reference : withTag(reference, tag);
}

/** Returns the layer of an archive. A store of content keeps what cannot be unpacked, and then tells of it. */
function unpacked(daemon: Daemon, archive: Archive): Layer {
  const { release } = daemon;
  if (release.images.storesContent) return contentLayer(daemon, archive);
  try {
    return layerOf(archive.read(), emptyTree, release).layer;
  } catch (error) {
    if (!(error instanceof TarError || error instanceof UnpackError)) throw error;
    throw engineError(500, release.archives.unpackFailure(error.message));
  }
}

function contentLayer(daemon: Daemon, archive: Archive): Layer {
  const { release } = daemon;
  const unpacking = unpackingOf(daemon, false);
  try {
    const { layer } = contentLayerOf(archive.read(), emptyTree, unpacking);
    return storedLayer(release, layer, archive.compressed);
  } catch (error) {
    if (!(error instanceof TarError || error instanceof UnpackError)) throw error;
    return packedLayer(release, archive.read(), { ...unpacking, why: error.message }, archive.compressed);
  }
}
