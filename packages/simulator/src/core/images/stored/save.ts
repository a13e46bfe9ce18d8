// Saves images of a store of content: the OCI layout with the files as the store has them, and Docker's manifest beside it.

import type { TarEntry } from "@dryharbor/kernel/tar";
import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../../daemon.js";
import { compareText } from "../../go-order.js";
import { goJson } from "../../json/encode.js";
import { contentOf, type Descriptor, ociTypes } from "../content.js";
import { digestOfBytes, hexOf } from "../digest.js";
import { emitImageEvent } from "../events.js";
import { findImage, tagsOfRepository } from "../find.js";
import type { Image } from "../image.js";
import { storedLayer } from "../layer-files.js";
import { madeUpArchive } from "../made-up-archive.js";
import { isSamePlatform, type Platform, platformText } from "../platform.js";
import {
  canonicalString,
  familiarString,
  isNameOnly,
  parseReference,
  type Reference,
  withDefaultTag,
} from "../reference.js";

/** Answers `GET /images/get` and `GET /images/{name}/get` in a store of content. @throws 404, 400 */
export function saveStored(daemon: Daemon, names: readonly string[], platform?: Platform): TarEntry[] {
  const wanted = names.flatMap((name) => meant(daemon, name));
  for (const [image] of wanted) {
    if (platform && !isSamePlatform(image, platform)) {
      throw engineError(
        404,
        `no suitable export target found: image with reference ${image.references[0] ? familiarString(image.references[0]) : image.id} was found but does not provide the specified platform (${platformText(platform)})`,
      );
    }
    emitImageEvent(daemon, "save", image.id, image.id, image);
  }
  const blobs = new Map<string, Uint8Array>();
  const index: object[] = [];
  const manifests = new Map<Image, { config: string; names: string[]; layers: string[] }>();
  for (const [image, reference] of wanted) {
    const saved = filesOf(daemon, image);
    for (const [digest, bytes] of saved.blobs) blobs.set(digest, bytes);
    const { mediaType, digest, size } = saved.target;
    index.push({
      mediaType,
      digest,
      size,
      ...(reference && {
        annotations: {
          "io.containerd.image.name": canonicalString(reference),
          "org.opencontainers.image.ref.name": reference.tag || canonicalString(reference),
        },
      }),
    });
    const line = manifests.get(image) ?? { config: saved.config, names: [], layers: saved.layers };
    if (reference) line.names.push(familiarString(reference));
    manifests.set(image, line);
  }
  const path = (digest: string) => `blobs/sha256/${hexOf(digest)}`;
  const manifest = [...manifests.values()].map((line) => ({
    Config: path(line.config),
    RepoTags: line.names.length > 0 ? line.names : null,
    Layers: line.layers.length > 0 ? line.layers.map(path) : null,
  }));
  const text = (value: unknown) => new TextEncoder().encode(goJson(daemon.release, value));
  return [
    ...(blobs.size > 0
      ? [entry("blobs/", "directory", 0o755), entry("blobs/sha256/", "directory", 0o755)]
      : []),
    ...[...blobs]
      .sort(([one], [other]) => compareText(one, other))
      .map(([digest, content]) => entry(path(digest), "file", 0o444, content)),
    entry(
      "index.json",
      "file",
      0o644,
      text({ schemaVersion: 2, mediaType: ociTypes.index, manifests: index }),
    ),
    ...(manifest.length > 0 ? [entry("manifest.json", "file", 0o644, text(manifest))] : []),
    entry("oci-layout", "file", 0o444, text({ imageLayoutVersion: "1.0.0" })),
  ];
}

/** Returns the images that a name stands for, each with the name that is saved with it. @throws 404, 400 */
function meant(daemon: Daemon, name: string): [Image, Reference | undefined][] {
  let image: Image | undefined;
  let problem: unknown;
  try {
    image = findImage(daemon, name);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    problem = error;
  }
  const reference = readName(daemon, name);
  const byDigest =
    (image !== undefined && hexOf(image.id).startsWith(name.replace(/^sha256:/, ""))) ||
    (reference?.digest ?? "") !== "";
  if (!byDigest && reference && isNameOnly(reference)) {
    const tags = tagsOfRepository(daemon, reference.repository).sort(([, one], [, other]) =>
      compareText(one.tag, other.tag),
    );
    if (tags.length > 0) return tags;
    throw engineError(404, `No such image: ${familiarString(withDefaultTag(reference))}`);
  }
  if (!image) throw problem;
  return [[image, byDigest ? undefined : reference]];
}

function readName({ release }: Daemon, name: string): Reference | undefined {
  try {
    return parseReference(release, name);
  } catch {
    return undefined;
  }
}

const savedIds = new WeakMap<Image, string>();

/** Returns the id that an image has in archives. It differs from the id here for an image that was defined. */
export function savedStoredIdOf(daemon: Daemon, image: Image): string {
  if (image.layers.every(({ archive }) => archive !== null)) return image.id;
  const id = savedIds.get(image) ?? filesOf(daemon, image).target.digest;
  savedIds.set(image, id);
  return id;
}

/** The files of an image, with what names them. */
interface SavedFiles {
  readonly target: Descriptor;
  readonly config: string;
  readonly layers: string[];
  readonly blobs: ReadonlyMap<string, Uint8Array>;
}

/** Returns the files of an image. The layer of one that was defined is made here, and what names it changes with it. */
function filesOf(daemon: Daemon, image: Image): SavedFiles {
  const { release } = daemon;
  const isDefined = image.layers.some(({ archive }) => archive === null);
  const whole = isDefined ? withLayers(daemon, image) : image;
  const { target, manifest, config, layers } = contentOf(release, whole);
  const encoded = (text: string) => new TextEncoder().encode(text);
  const blobs = new Map<string, Uint8Array>([
    [manifest.digest, encoded(manifest.text)],
    [config.digest, encoded(config.text)],
    ...(whole.index ? [[target.digest, encoded(whole.index.text)] as const] : []),
  ]);
  for (const [at, { digest, bytes }] of layers.entries()) {
    const content = bytes ?? whole.layers[at]?.archive;
    if (content) blobs.set(digest, content);
  }
  return { target, config: config.digest, layers: layers.map(({ digest }) => digest), blobs };
}

/** Returns what an image that was defined is once its files are looked at. */
function withLayers(daemon: Daemon, image: Image): Omit<Image, "id"> {
  const layers = image.layers.map((layer, at) => {
    if (layer.archive !== null) return layer;
    const archive = madeUpArchive(daemon, { ...image, layers: image.layers.slice(0, at + 1) });
    return storedLayer(daemon.release, { ...layer, digest: digestOfBytes(archive), archive });
  });
  const { id: _, index: __, ...made } = image;
  return { ...made, layers };
}

function entry(
  name: string,
  type: "file" | "directory",
  mode: number,
  content: Uint8Array = new Uint8Array(),
): TarEntry {
  return {
    name,
    type,
    mode,
    uid: 0,
    gid: 0,
    userName: "",
    groupName: "",
    mtime: 0n,
    linkName: "",
    major: 0,
    minor: 0,
    content,
  };
}
