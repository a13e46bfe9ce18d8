// Loads archives into a store of content: the OCI layout where there is one, Docker's own otherwise. What cannot be
// unpacked is loaded all the same, since a store of content unpacks images after it has taken them.

import { readTar, TarError } from "@dryharbor/kernel/tar";
import { EngineError, engineError } from "@dryharbor/sdk/port";
import { parseInstant } from "@dryharbor/sdk/timestamp";
import type { ImageArchive } from "../../archive/archive.js";
import { cleanPath, parentOf } from "../../archive/path.js";
import { UnpackError } from "../../archive/unpack-error.js";
import type { Daemon } from "../../daemon.js";
import { goJson } from "../../json/encode.js";
import type { ManifestLine } from "../archive-files.js";
import { wholeConfig } from "../config.js";
import { contentOf, dockerTypes, ociTypes } from "../content.js";
import { digestOfBytes } from "../digest.js";
import { emitImageEvent } from "../events.js";
import type { Image, StoredFile } from "../image.js";
import type { Layer } from "../layer.js";
import { contentLayerOf, type entriesOf, treeOf } from "../layer-files.js";
import type { Loaded } from "../load.js";
import { hostPlatform, type Platform, platformText, runsOn } from "../platform.js";
import {
  canonicalString,
  familiarString,
  parseReference,
  type Reference,
  withDefaultTag,
} from "../reference.js";
import { unpackFailure, unpackingOf } from "../unpacking.js";
import {
  type Layout,
  readConfigPlatform,
  readLayout,
  readLayoutFile,
  readManifestFile,
  readStoredConfig,
} from "./files.js";
import { savedStoredIdOf } from "./save.js";
import { keepNameless } from "./show.js";

type Files = ReadonlyMap<string, Uint8Array>;

/** An image of an archive, by one of its names. */
interface Brought {
  readonly image: Image;
  /** Its whole name; `undefined` for none. */
  readonly name: string | undefined;
  /** Why it could not be unpacked, with the name of the image before it. */
  readonly failure: ((name: string) => string) | undefined;
}

/** Answers `POST /images/load`. Errors are part of the answer. */
export function loadStored(daemon: Daemon, archive: ImageArchive, platform?: Platform): Loaded {
  const steps: { stream: string }[] = [];
  try {
    for (const { image, name, failure } of imagesOf(daemon, archive, platform)) {
      const known = presentImage(daemon, image);
      const kept = known ?? image;
      if (!known) daemon.images.add(image);
      let shown = kept.id;
      if (name !== undefined) {
        const reference = withDefaultTag(parseReference(daemon.release, name));
        shown = familiarString(reference);
        const before = daemon.images.referenced(reference);
        if (before) {
          keepNameless(before, reference);
          before.dangles = true;
        }
        daemon.images.refer(reference, kept);
        kept.broughtAs = { ...kept.broughtAs, [canonicalString(reference)]: name };
      }
      if (name === undefined && kept.references.length > 0) kept.dangles = true;
      kept.taggedAt = daemon.clock.now();
      if (platform && !runsOn(image, platform)) {
        throw engineError(
          404,
          `image ${shown} was loaded, but doesn't provide the requested platform ([${platformText(platform)}])`,
        );
      }
      steps.push({ stream: `${name === undefined ? "Loaded image ID" : "Loaded image"}: ${shown}\n` });
      emitImageEvent(daemon, "load", kept.id, kept.id, kept);
      if (failure)
        steps.push({
          stream: `Error unpacking image ${shown}: ${failure(name ?? `moby-dangling@${image.id}`)}\n`,
        });
    }
    return { steps };
  } catch (error) {
    if (error instanceof EngineError) return { steps, failure: error };
    throw error;
  }
}

/** Returns the same image if the engine has it. One that was defined may come back from an archive. */
function presentImage(daemon: Daemon, { id }: Image): Image | undefined {
  return (
    daemon.images.get(id) ??
    [...daemon.images.values()].find((image) => savedStoredIdOf(daemon, image) === id)
  );
}

function imagesOf(daemon: Daemon, archive: ImageArchive, platform: Platform | undefined): Brought[] {
  const { release } = daemon;
  const files = new Map<string, Uint8Array>();
  const links = new Map<string, string>();
  let layout = "";
  let lines: readonly ManifestLine[] | null = null;
  for (const entry of entries(archive)) {
    const name = cleanPath(entry.name).slice(1) || ".";
    if (entry.type === "symlink")
      links.set(entry.name, cleanPath(`${parentOf(`/${entry.name}`)}/${entry.linkName}`).slice(1));
    if (entry.type !== "file") continue;
    if (name === "oci-layout") layout = readLayoutFile(release, entry.content, entry.name);
    else if (name === "manifest.json") lines = readManifestFile(release, entry.content);
    else files.set(name, entry.content);
  }
  if (layout !== "") {
    if (layout !== "1.0.0") throw engineError(500, `unsupported OCI version ${layout}`);
    const index = files.get("index.json");
    if (!index) throw engineError(500, "missing index.json in OCI layout 1.0.0");
    return ofIndex(daemon, archive, files, index, platform);
  }
  if (lines === null) throw engineError(500, "unrecognized image format");
  for (const [name, to] of links) {
    const file = files.get(to);
    if (!file) {
      throw engineError(
        500,
        `no target for symlink layer from ${JSON.stringify(name)} to ${JSON.stringify(to)}`,
      );
    }
    files.set(name, file);
  }
  const brought = lines.flatMap((line) => ofLine(daemon, archive, files, line));
  if (brought.length === 0) throw engineError(500, "image might be filtered out");
  return brought.sort((one, other) => Number(one.name === undefined) - Number(other.name === undefined) || 0);
}

function entries(archive: ImageArchive): ReturnType<typeof entriesOf> {
  try {
    return [...readTar(archive.read())];
  } catch (error) {
    throw error instanceof TarError ? engineError(500, error.message) : error;
  }
}

/** The image of a line of Docker's manifest, once for each of its names. */
function ofLine(daemon: Daemon, archive: ImageArchive, files: Files, line: ManifestLine): Brought[] {
  const { release } = daemon;
  const { Config = "", Layers, RepoTags } = line;
  const config = files.get(Config);
  if (!config) throw engineError(500, `image config ${JSON.stringify(Config)} not found`);
  const blobs = (Layers ?? []).map((path) => {
    const bytes = files.get(path);
    if (!bytes) throw engineError(500, `failed to resolve layers: layer ${JSON.stringify(path)} not found`);
    return blobOf(daemon, archive, bytes);
  });
  const text = goJson(release, {
    schemaVersion: 2,
    mediaType: dockerTypes.manifest,
    config: { mediaType: dockerTypes.config, digest: digestOfBytes(config), size: config.length },
    layers: blobs.map(({ blob: { mediaType, digest, size } }) => ({ mediaType, digest, size })),
  });
  readConfigPlatform(release, config);
  const names = (RepoTags ?? []).map((name) => normalized(daemon, name));
  const made = imageOf(daemon, config, { mediaType: dockerTypes.manifest, text }, blobs);
  return names.length === 0 ? [{ ...made, name: undefined }] : names.map((name) => ({ ...made, name }));
}

function normalized(daemon: Daemon, name: string): string {
  let reference: Reference;
  try {
    reference = withDefaultTag(parseReference(daemon.release, name));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw engineError(500, `normalize image ref ${JSON.stringify(name)}: ${error.message}`);
  }
  return canonicalString(reference);
}

/** The images of an OCI layout. Of an index of several platforms the host's is taken, or else the first. */
function ofIndex(
  daemon: Daemon,
  archive: ImageArchive,
  files: Files,
  bytes: Uint8Array,
  platform: Platform | undefined,
): Brought[] {
  const brought: Brought[] = [];
  for (const { digest, mediaType, annotations = {} } of readLayout(daemon.release, bytes).manifests ?? []) {
    const name = annotations["io.containerd.image.name"] ?? annotations["org.opencontainers.image.ref.name"];
    const file = blobFile(files, digest);
    if (!file) continue;
    const isIndex = mediaType === ociTypes.index || mediaType === dockerTypes.index;
    const made = isIndex
      ? bestOf(
          daemon,
          archive,
          files,
          { mediaType, text: new TextDecoder().decode(file) },
          platform ?? hostPlatform,
        )
      : ofManifest(daemon, archive, files, mediaType, file);
    if (made) brought.push({ ...made, name: name === undefined ? undefined : nameOrNothing(daemon, name) });
  }
  if (brought.length === 0) throw engineError(500, "image might be filtered out");
  return brought;
}

function nameOrNothing(daemon: Daemon, name: string): string | undefined {
  try {
    return canonicalString(withDefaultTag(parseReference(daemon.release, name)));
  } catch {
    return undefined;
  }
}

function blobFile(files: Files, digest: string): Uint8Array | undefined {
  return files.get(`blobs/${digest.replace(":", "/")}`);
}

type Made = Omit<Brought, "name">;

function bestOf(
  daemon: Daemon,
  archive: ImageArchive,
  files: Files,
  index: StoredFile,
  wanted: Platform,
): Made | undefined {
  const { manifests = [] } = readLayout(daemon.release, new TextEncoder().encode(index.text));
  const made = manifests
    .filter(({ annotations }) => annotations?.["vnd.docker.reference.type"] === undefined)
    .flatMap(({ digest, mediaType }) => {
      const file = blobFile(files, digest);
      return (file && ofManifest(daemon, archive, files, mediaType, file, index)) ?? [];
    });
  return made.find(({ image }) => runsOn(image, wanted)) ?? made[0];
}

function ofManifest(
  daemon: Daemon,
  archive: ImageArchive,
  files: Files,
  mediaType: string,
  file: Uint8Array,
  index?: StoredFile,
): Made | undefined {
  const manifest: Layout = readLayout(daemon.release, file);
  const config = blobFile(files, manifest.config?.digest ?? "");
  const blobs = (manifest.layers ?? []).map(({ digest, mediaType: type }) => {
    const bytes = blobFile(files, digest);
    return bytes && blobOf(daemon, archive, bytes, type);
  });
  // What the archive lacks stays away, and with it the image.
  if (!config || blobs.includes(undefined)) return undefined;
  const stored = { mediaType, text: new TextDecoder().decode(file) };
  return imageOf(daemon, config, stored, blobs as Blob[], index);
}

/** A layer as the archive has it, and what it is when it is decompressed. */
interface Blob {
  readonly blob: NonNullable<Layer["blob"]>;
  readonly plain: Uint8Array | undefined;
}

/** Returns a layer of an archive. A layer that the store has compressed is not taken again. */
function blobOf(daemon: Daemon, archive: ImageArchive, bytes: Uint8Array, mediaType?: string): Blob {
  const digest = digestOfBytes(bytes);
  let plain: Uint8Array | undefined;
  try {
    plain = archive.plain(bytes);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
  const type = mediaType ?? (plain === bytes ? dockerTypes.layer : dockerTypes.gzipLayer);
  if (mediaType === undefined) {
    for (const { layers } of daemon.images.values()) {
      for (const { archive: known, blob, digest: own } of layers) {
        if (own !== digest || !blob || blob.digest === digest || !known) continue;
        return { blob: { ...blob, mediaType: dockerTypes.gzipLayer }, plain: known };
      }
    }
  }
  return { blob: { mediaType: type, digest, size: bytes.length, bytes }, plain };
}

const nothing = new Uint8Array(1024);

function imageOf(
  daemon: Daemon,
  bytes: Uint8Array,
  manifest: StoredFile,
  blobs: readonly Blob[],
  index?: StoredFile,
): Made {
  const { file, problem } = readStoredConfig(daemon.release, bytes);
  const { os = "", architecture = "", variant = "" } = file;
  const digests = file.rootfs?.diff_ids ?? [];
  const isHosts = problem === undefined && runsOn({ os, architecture, variant }, hostPlatform);
  const { layers, failure } = unpackedLayers(daemon, blobs, digests, isHosts);
  const history = file.history ?? [];
  const described = {
    created: instant(daemon, file.created),
    ...inZone(file.created),
    config: wholeConfig(file.config ?? {}),
    os,
    ...(file["os.version"] && { osVersion: file["os.version"] }),
    architecture,
    variant,
    file: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
    manifest,
    ...(index && { index }),
    ...(problem !== undefined && { problem }),
    size: layers.reduce((sum, { size }) => sum + size, 0),
    layers,
    blobs: blobs.map(({ blob }) => blob),
    history: history.map((step) => ({
      created: instant(daemon, step.created),
      createdBy: step.created_by ?? "",
      author: step.author ?? "",
      comment: step.comment ?? "",
      empty: step.empty_layer ?? false,
    })),
    parent: "",
    author: file.author ?? "",
    comment: history.at(-1)?.comment ?? "",
    container: null,
  };
  const image: Image = {
    ...described,
    id: contentOf(daemon.release, described).target.digest,
    dockerVersion: "",
    like: null,
    executables: new Set(),
    inert: false,
    references: [],
    taggedAt: 0n,
  };
  return { image, failure };
}

/** Unpacks the layers of an image for the host's platform, as far as they can be. */
function unpackedLayers(
  daemon: Daemon,
  blobs: readonly Blob[],
  digests: readonly string[],
  isHosts: boolean,
): { readonly layers: Layer[]; readonly failure: Made["failure"] } {
  const { unpackImageFailure } = daemon.release.images;
  let failure: Made["failure"];
  if (isHosts && digests.length !== blobs.length)
    failure = () => "mismatched image rootfs and manifest layers";
  const layers: Layer[] = [];
  for (const [at, digest] of digests.entries()) {
    const { blob, plain } = blobs[at] ?? {};
    const packed = { digest, size: 0, archive: nothing, unpacked: 0, ...(blob && { blob }) };
    if (!isHosts || failure || !plain) {
      layers.push(packed);
      continue;
    }
    const own = digestOfBytes(plain);
    const unpacking = unpackingOf(daemon, at > 0);
    try {
      const { layer } = contentLayerOf(plain, treeOf(layers), unpacking);
      if (own !== digest) failure = unpackImageFailure.wrongDigest(own);
      layers.push({ ...layer, digest, ...(blob && { blob }) });
    } catch (error) {
      if (!(error instanceof TarError || error instanceof UnpackError)) throw error;
      const failed = { ...packed, problem: { ...unpacking, why: error.message } };
      failure = (name) => unpackFailure(daemon, failed, name) ?? "";
      layers.push(failed);
    }
  }
  return { layers, failure };
}

function instant({ clock }: Daemon, time: string | undefined): bigint {
  return time === undefined || time === null || time.startsWith("0001-") ? 0n : parseInstant(time, clock);
}

/** Returns a time that is not in UTC as Go writes it: without zeros at the end of its fraction. */
function inZone(time: string | null | undefined): Pick<Image, "createdInZone"> {
  const [, until, fraction = "", zone] = /^([^.]+?)(\.\d+)?([+-]\d{2}:\d{2})$/.exec(time ?? "") ?? [];
  if (until === undefined || zone === "+00:00" || zone === "-00:00") return {};
  return { createdInZone: `${until}${fraction.replace(/\.?0+$/, "")}${zone}` };
}
