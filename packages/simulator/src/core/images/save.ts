import type { TarEntry } from "@dryharbor/kernel/tar";
import { EngineError, engineError } from "@dryharbor/sdk/port";
import { unixMode } from "../archive/mode.js";
import type { Daemon } from "../daemon.js";
import { compareText, sortedByKey } from "../go-order.js";
import { goJson } from "../json/encode.js";
import { digestOfBytes, hexOf } from "./digest.js";
import { emitImageEvent } from "./events.js";
import { findImage, isIdPrefix, tagsOfRepository } from "./find.js";
import type { Image } from "./image.js";
import { madeUpArchive } from "./made-up-archive.js";
import { configFile } from "./new-image.js";
import { isSamePlatform, type Platform, platformText } from "./platform.js";
import {
  canonicalString,
  familiarName,
  familiarString,
  isNameOnly,
  parseReference,
  type Reference,
  withDefaultTag,
} from "./reference.js";
import { saveStored } from "./stored/save.js";
import { versionOneOf } from "./version-one.js";

/**
 * Answers `GET /images/get` and `GET /images/{name}/get`: an archive of images with their layers and names,
 * in Docker's own layout, from 26.1 on together with the OCI layout.
 *
 * @param names a repository name alone means all its tags; an id means the image without names
 * @param platform the platform that the images must be for; default any
 * @throws 404, or 500 for an invalid reference and for an image of another platform
 */
export function saveImages(daemon: Daemon, names: readonly string[], platform?: Platform): TarEntry[] {
  if (daemon.release.images.storesContent) return saveStored(daemon, names, platform);
  const wanted = new Map<Image, Reference[]>();
  for (const name of names) {
    for (const [image, reference] of meant(daemon, name)) {
      if (platform && !isSamePlatform(image, platform)) {
        throw engineError(500, `no suitable export target found for platform ${platformText(platform)}`);
      }
      const its = wanted.get(image) ?? [];
      wanted.set(image, its);
      if (!reference || its.some((other) => canonicalString(other) === canonicalString(reference))) continue;
      its.push(reference);
    }
  }
  const saved = Array.from(wanted, ([image, references]) => savedImage(daemon, image, references));
  for (const image of wanted.keys()) emitImageEvent(daemon, "save", image.id, image.id, image);
  return daemon.release.images.savesOci ? ociLayout(daemon, saved) : dockerLayout(daemon, saved);
}

/** Returns the images that a name stands for, each with the tag that is saved with it. @throws 404, 500 */
function meant(daemon: Daemon, name: string): [Image, Reference | undefined][] {
  const tags = allTags(daemon, name);
  if (tags.length > 0) return tags;
  const image = findSaved(daemon, name);
  if (isIdPrefix(image, name)) return [[image, undefined]];
  const reference = parseReference(daemon.release, name);
  return [[image, reference.digest === "" ? withDefaultTag(reference) : undefined]];
}

/** Returns all tags of a repository if the name has no tag. */
function allTags(daemon: Daemon, name: string): [Image, Reference][] {
  const reference = readName(daemon, name);
  if (!reference || !isNameOnly(reference)) return [];
  return tagsOfRepository(daemon, reference.repository);
}

function readName({ release }: Daemon, name: string): Reference | undefined {
  try {
    return parseReference(release, name);
  } catch {
    // An id, or an invalid name: the search for the image reports it.
    return undefined;
  }
}

/** Returns the image. @throws 404 with the name as it was given, or of a tag or digest without it */
function findSaved(daemon: Daemon, name: string): Image {
  try {
    return findImage(daemon, name);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (error.status === 400) throw engineError(500, error.message);
    const reference = readName(daemon, name);
    if (!reference) throw error;
    // What looks like the beginning of an id is searched for, as a name alone is.
    const searched = isNameOnly(reference) || familiarName(reference) === "sha256";
    throw engineError(404, searched ? `No such image: ${name}` : "reference does not exist");
  }
}

interface Saved {
  readonly image: Image;
  readonly references: readonly Reference[];
  readonly config: Uint8Array;
  readonly layers: readonly { readonly digest: string; readonly archive: Uint8Array }[];
}

/**
 * Returns an image ready to save. The layer of an image that was defined is made here, and its configuration
 * changes with it.
 */
function savedImage(daemon: Daemon, image: Image, references: readonly Reference[]): Saved {
  const layers = image.layers.map((layer, at) => {
    const archive =
      layer.archive ?? madeUpArchive(daemon, { ...image, layers: image.layers.slice(0, at + 1) });
    return { ...layer, digest: digestOfBytes(archive), archive };
  });
  const config = new TextEncoder().encode(configFile(daemon.release, { ...image, layers }));
  return { image, references, config, layers };
}

const savedIds = new WeakMap<Image, string>();

/**
 * Returns the id that an image has in archives. It differs from the id here for an image that was defined.
 */
export function savedIdOf(daemon: Daemon, image: Image): string {
  if (image.layers[0]?.archive !== null) return image.id;
  const id = savedIds.get(image) ?? digestOfBytes(savedImage(daemon, image, []).config);
  savedIds.set(image, id);
  return id;
}

function repositories(saved: readonly Saved[], layerId: (one: Saved) => string): Record<string, object> {
  const byName: Record<string, Record<string, string>> = {};
  for (const one of saved) {
    for (const reference of one.references) {
      const name = familiarName(reference);
      byName[name] = { ...byName[name], [reference.tag]: layerId(one) };
    }
  }
  return sortedByKey(
    Object.fromEntries(Object.entries(byName).map(([name, tags]) => [name, sortedByKey(tags)])),
  );
}

function tagsOf({ references }: Saved): string[] | null {
  return references.length > 0 ? references.map(familiarString) : null;
}

function dockerLayout(daemon: Daemon, saved: readonly Saved[]): TarEntry[] {
  const made = new Map<string, TarEntry[]>();
  /** Where the first directory with a layer has it. */
  const places = new Map<string, string>();
  const tops = new Map<Saved, string>();
  const manifest = saved.map((one) => {
    const versions = versionOneOf(daemon.release, one.image, one.layers);
    const time = one.image.created;
    for (const [at, { id, json }] of versions.entries()) {
      const { digest, archive } = one.layers[at] as Saved["layers"][number];
      const place = places.get(digest) ?? id;
      places.set(digest, place);
      // Several images may have the directory, which is written once.
      if (made.has(id)) continue;
      made.set(id, [
        directory(daemon, `${id}/`, time),
        file(daemon, `${id}/VERSION`, "1.0", time),
        file(daemon, `${id}/json`, json, time),
        place === id
          ? file(daemon, `${id}/layer.tar`, archive, time)
          : link(daemon, `${id}/layer.tar`, `../${place}/layer.tar`),
      ]);
    }
    const configName = `${hexOf(digestOfBytes(one.config))}.json`;
    made.set(configName, [file(daemon, configName, one.config, time)]);
    tops.set(one, versions.at(-1)?.id ?? "");
    return {
      Config: configName,
      RepoTags: tagsOf(one),
      Layers: versions.map(({ id }) => `${id}/layer.tar`),
      ...parentOf(one, saved),
    };
  });
  const names = repositories(saved, (one) => tops.get(one) ?? "");
  return [
    ...[...made.entries()].sort(([a], [b]) => compareText(a, b)).flatMap(([, entries]) => entries),
    file(daemon, "manifest.json", `${goJson(daemon.release, orNull(manifest))}\n`),
    ...repositoriesFile(daemon, names),
  ];
}

/** A list without items is none to Go. */
function orNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length > 0 ? list : null;
}

/** Returns the image's parent, if that is saved as well. */
function parentOf({ image }: Saved, saved: readonly Saved[]): { readonly Parent?: string } {
  const parent = saved.find((other) => other.image.id === image.parent);
  return parent ? { Parent: digestOfBytes(parent.config) } : {};
}

function repositoriesFile(daemon: Daemon, names: Readonly<Record<string, object>>): TarEntry[] {
  if (Object.keys(names).length === 0) return [];
  return [file(daemon, "repositories", `${goJson(daemon.release, names)}\n`)];
}

const manifestType = "application/vnd.oci.image.manifest.v1+json";
const layerType = "application/vnd.oci.image.layer.v1.tar";

function ociLayout(daemon: Daemon, saved: readonly Saved[]): TarEntry[] {
  const now = daemon.clock.now();
  const { indexHasTimeOfSave } = daemon.release.images;
  const blobs = new Map<string, TarEntry>();
  const blob = (content: Uint8Array, time = 0n) => {
    const digest = digestOfBytes(content);
    blobs.set(digest, file(daemon, `blobs/sha256/${hexOf(digest)}`, content, time));
    return { digest, size: content.length };
  };
  const index: object[] = [];
  const manifest = saved.map((one) => {
    const time = one.image.created;
    const config = blob(one.config, time);
    for (const { json } of versionOneOf(daemon.release, one.image, one.layers)) {
      blob(new TextEncoder().encode(json), time);
    }
    const layers = one.layers.map(({ digest, archive }) => {
      // Several images may have the layer, which is written once.
      if (!blobs.has(digest)) blob(archive, time);
      return { mediaType: layerType, digest, size: archive.length };
    });
    const own = blob(
      new TextEncoder().encode(
        goJson(daemon.release, {
          schemaVersion: 2,
          mediaType: manifestType,
          config: { mediaType: "application/vnd.oci.image.config.v1+json", ...config },
          layers,
        }),
      ),
    );
    for (const reference of one.references) {
      index.push({
        mediaType: manifestType,
        ...own,
        annotations: {
          "io.containerd.image.name": canonicalString(reference),
          "org.opencontainers.image.ref.name": reference.tag,
        },
      });
    }
    if (one.references.length === 0) index.push({ mediaType: manifestType, ...own });
    return {
      Config: `blobs/sha256/${hexOf(config.digest)}`,
      RepoTags: tagsOf(one),
      Layers: layers.map(({ digest }) => `blobs/sha256/${hexOf(digest)}`),
      ...parentOf(one, saved),
      LayerSources: sortedByKey(
        Object.fromEntries(
          layers.map(({ mediaType, size, digest }) => [digest, { mediaType, size, digest }]),
        ),
      ),
    };
  });
  const names = repositories(saved, ({ layers }) => hexOf(layers.at(-1)?.digest ?? ""));
  const indexText = goJson(daemon.release, {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.index.v1+json",
    manifests: orNull(index),
  });
  const [first] = saved;
  return [
    ...(first
      ? [directory(daemon, "blobs/", first.image.created), directory(daemon, "blobs/sha256/", now)]
      : []),
    ...[...blobs.entries()].sort(([a], [b]) => compareText(a, b)).map(([, entry]) => entry),
    file(daemon, "index.json", indexText, indexHasTimeOfSave ? now : 0n),
    file(daemon, "manifest.json", `${goJson(daemon.release, orNull(manifest))}\n`),
    file(daemon, "oci-layout", '{"imageLayoutVersion": "1.0.0"}'),
    ...repositoriesFile(daemon, names),
  ];
}

function file(daemon: Daemon, name: string, content: string | Uint8Array, mtime = 0n): TarEntry {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { ...entry(daemon, name, "file", 0o644, mtime), content: bytes };
}

function link(daemon: Daemon, name: string, linkName: string): TarEntry {
  return { ...entry(daemon, name, "symlink", 0o777, daemon.clock.now()), linkName };
}

function directory(daemon: Daemon, name: string, mtime: bigint): TarEntry {
  return entry(daemon, name, "directory", 0o755, mtime);
}

function entry(
  { release: { archives } }: Daemon,
  name: string,
  type: "file" | "directory" | "symlink",
  mode: number,
  mtime: bigint,
): TarEntry {
  const owner = archives.namesOwners ? "root" : "";
  return {
    name,
    type,
    mode: archives.modeHasType ? unixMode({ type, mode }) : mode,
    uid: 0,
    gid: 0,
    userName: owner,
    groupName: owner,
    mtime,
    linkName: "",
    major: 0,
    minor: 0,
    content: new Uint8Array(),
  };
}
