// Images in a store of content, as containerd keeps them: an image is a manifest (or an index of manifests), which names
// its configuration and its layers by the digests of their bytes. The id of an image is the digest of that manifest.

import type { ContentDescriptor, ImageConfig } from "@dryharbor/sdk/port";
import { formatTime } from "../clock.js";
import { shownHealthcheck } from "../containers/healthcheck.js";
import type { Daemon } from "../daemon.js";
import { sortedByKey } from "../go-order.js";
import { goJson } from "../json/encode.js";
import type { Release } from "../releases/release.js";
import { digestOf } from "./digest.js";
import type { Image } from "./image.js";
import type { Layer, LayerBlob } from "./layer.js";

/** A file of the store, as manifests name it. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

export const ociTypes = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar",
  gzipLayer: "application/vnd.oci.image.layer.v1.tar+gzip",
  zstdLayer: "application/vnd.oci.image.layer.v1.tar+zstd",
} as const;

export const dockerTypes = {
  index: "application/vnd.docker.distribution.manifest.list.v2+json",
  manifest: "application/vnd.docker.distribution.manifest.v2+json",
  config: "application/vnd.docker.container.image.v1+json",
  layer: "application/vnd.docker.image.rootfs.diff.tar",
  gzipLayer: "application/vnd.docker.image.rootfs.diff.tar.gzip",
} as const;

/** The files of the store that an image consists of. */
export interface Content {
  /** What the image's id is the digest of: its manifest, or the index that this is in. */
  readonly target: Descriptor;
  readonly manifest: Descriptor & { readonly text: string };
  readonly config: Descriptor & { readonly text: string };
  readonly layers: readonly LayerBlob[];
}

/** What an image's manifest is made of. */
type Described = Pick<
  Image,
  | "author"
  | "architecture"
  | "variant"
  | "os"
  | "osVersion"
  | "config"
  | "created"
  | "createdInZone"
  | "history"
  | "layers"
  | "file"
  | "manifest"
  | "index"
  | "blobs"
  | "parent"
  | "container"
>;

const contents = new WeakMap<Described, Content>();

/** Returns the files of an image in the store. */
export function contentOf(release: Release, image: Described & { readonly id?: string }): Content {
  const known = contents.get(image);
  if (known) return known;
  const configText = image.file ?? ociConfigFile(release, image);
  const config = {
    ...describe(image.manifest ? configType(image.manifest) : ociTypes.config, configText),
    text: configText,
  };
  const layers = image.blobs ?? image.layers.map(blobOf);
  const text = image.manifest?.text ?? manifestFile(release, image, config, layers);
  const own = { ...describe(image.manifest?.mediaType ?? ociTypes.manifest, text), text };
  const manifest = image.id !== undefined && !image.index ? { ...own, digest: image.id } : own;
  const target = image.index ? describe(image.index.mediaType, image.index.text) : untitled(manifest);
  const content = {
    target: image.id === undefined ? target : { ...target, digest: image.id },
    manifest,
    config,
    layers,
  };
  contents.set(image, content);
  return content;
}

function untitled({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size };
}

function describe(mediaType: string, text: string): Descriptor {
  return { mediaType, digest: digestOf(text), size: new TextEncoder().encode(text).length };
}

function configType({ text }: { readonly text: string }): string {
  return (JSON.parse(text) as { config?: { mediaType?: string } }).config?.mediaType ?? ociTypes.config;
}

/** A layer that was loaded from nowhere has no blob of its own: its archive stands for it. */
function blobOf({ blob, digest, size }: Layer): LayerBlob {
  return blob ?? { mediaType: ociTypes.gzipLayer, digest, size, bytes: null };
}

/** Returns the bytes of all files of an image in the store. */
export function contentSize(release: Release, image: Image): number {
  const { target, manifest, config, layers } = contentOf(release, image);
  const index = image.index ? target.size : 0;
  return layers.reduce((sum, { size }) => sum + size, index + manifest.size + config.size);
}

/** Returns the bytes that the layers of an image take on the host's disk: none, where one could not be unpacked. */
export function unpackedSize({ layers }: Pick<Image, "layers">): number {
  if (layers.some(({ problem }) => problem)) return 0;
  return layers.reduce((sum, { unpacked = 0, init = 0 }) => sum + unpacked + init, 0);
}

/**
 * Returns the descriptor of an image's manifest with its platform, as containers have it.
 *
 * @param named the name with which the image came, if it has come without an index
 */
export function manifestDescriptor({ release }: Daemon, image: Image, named?: string): ContentDescriptor {
  const { mediaType, digest, size } = contentOf(release, image).manifest;
  const { architecture, os, osVersion, variant } = image;
  return {
    mediaType,
    digest,
    size,
    ...(named !== undefined && { annotations: nameAnnotations(named) }),
    platform: {
      architecture,
      os,
      ...(osVersion && { "os.version": osVersion }),
      ...(variant && { variant }),
    },
  };
}

/** Returns what the descriptor of a loaded image has of the name with which it came. */
export function nameAnnotations(name: string): Readonly<Record<string, string>> {
  return {
    "io.containerd.image.name": name,
    "org.opencontainers.image.ref.name": name.includes("@") ? name : name.slice(name.lastIndexOf(":") + 1),
  };
}

/** Returns the configuration of an image that was made here, in the order of the OCI specification. */
function ociConfigFile(release: Release, image: Described): string {
  const { author, architecture, os, osVersion, variant, config, created, history, layers } = image;
  return goJson(release, {
    created: image.createdInZone ?? formatTime(created),
    ...(author && { author }),
    architecture,
    ...(variant && { variant }),
    os,
    ...(osVersion && { "os.version": osVersion }),
    rootfs: { type: "layers", diff_ids: layers.length > 0 ? layers.map(({ digest }) => digest) : null },
    history: history.map((step) => ({
      created: formatTime(step.created),
      ...(step.createdBy && { created_by: step.createdBy }),
      ...(step.author && { author: step.author }),
      ...(step.comment && { comment: step.comment }),
      ...(step.empty && { empty_layer: true }),
    })),
    config: ociConfig(config),
  });
}

/** Returns what an image's configuration has, without what is empty in it. */
export function ociConfig(config: Image["config"]): Partial<ImageConfig> {
  const { User, ExposedPorts, Env, Entrypoint, Cmd, Volumes, WorkingDir, Labels, StopSignal, ArgsEscaped } =
    config;
  const { Healthcheck, OnBuild, Shell } = config;
  const filled = {
    User,
    ExposedPorts: ExposedPorts && sortedByKey(ExposedPorts),
    Env,
    Entrypoint,
    Cmd,
    Volumes: Volumes && sortedByKey(Volumes),
    WorkingDir,
    Labels: Labels && sortedByKey(Labels),
    StopSignal,
    ArgsEscaped,
    Healthcheck: Healthcheck && shownHealthcheck(Healthcheck),
    OnBuild,
    Shell,
  };
  return Object.fromEntries(
    Object.entries(filled).filter(([, value]) => !isEmpty(value)),
  ) as Partial<ImageConfig>;
}

function isEmpty(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return !value;
}

/**
 * Returns a manifest. That of an import is written in one line; that of a commit or a step of a build begins with its type
 * and has indents.
 */
function manifestFile(
  release: Release,
  { parent, container }: Described,
  config: Descriptor,
  layers: readonly LayerBlob[],
): string {
  const parts = { config: untitled(config), layers: layers.length > 0 ? layers.map(untitled) : null };
  const mediaType = ociTypes.manifest;
  if (parent === "" && container === null) return goJson(release, { schemaVersion: 2, mediaType, ...parts });
  return JSON.stringify({ mediaType, schemaVersion: 2, ...parts }, null, 4);
}
