import { EngineError, engineError, type ImageConfig } from "@dryharbor/sdk/port";
import type { Archive } from "../archive/archive.js";
import { cleanPath } from "../archive/path.js";
import { UnpackError } from "../archive/unpack.js";
import type { Daemon } from "../daemon.js";
import { emptyTree } from "../filesystem/tree.js";
import { parseInstant } from "../filters/timestamp.js";
import { readTar, TarError } from "../tar/read.js";
import { wholeConfig } from "./config.js";
import { digestOfBytes } from "./digest.js";
import { emitImageEvent } from "./events.js";
import type { Image } from "./image.js";
import { type Layer, layerOf } from "./layer.js";
import { familiarString, parseReference, type Reference, withDefaultTag } from "./reference.js";
import { savedIdOf } from "./save.js";

/** What a load says while it goes on, and why it gave up. */
export interface Loaded {
  readonly steps: readonly { readonly stream: string }[];
  readonly failure?: EngineError;
}

interface ManifestLine {
  readonly Config: string;
  readonly RepoTags: readonly string[] | null;
  readonly Layers: readonly string[] | null;
}

/** An image's configuration as archives have it. */
interface ConfigFile {
  readonly architecture?: string;
  readonly author?: string;
  readonly comment?: string;
  readonly config?: Partial<ImageConfig> | null;
  readonly created?: string;
  readonly docker_version?: string;
  readonly history?: readonly {
    readonly created?: string;
    readonly created_by?: string;
    readonly author?: string;
    readonly comment?: string;
    readonly empty_layer?: boolean;
  }[];
  readonly rootfs?: { readonly diff_ids?: readonly string[] };
}

/** `POST /images/load`: images of an archive that {@link saveImages} or an engine has made. Its errors come in the answer. */
export function loadImages(daemon: Daemon, archive: Archive): Loaded {
  const steps: { stream: string }[] = [];
  try {
    const files = filesIn(daemon, archive);
    for (const line of manifestIn(daemon, files)) {
      const image = loadImage(daemon, files, line);
      const names = (line.RepoTags ?? []).map((name) => withDefaultTag(parseReference(daemon.release, name)));
      for (const reference of names) {
        const renamed = renames(daemon, reference, image);
        if (renamed) steps.push({ stream: renamed });
        daemon.images.refer(reference, image);
        steps.push({ stream: `Loaded image: ${familiarString(reference)}\n` });
      }
      if (names.length === 0) steps.push({ stream: `Loaded image ID: ${image.id}\n` });
      emitImageEvent(daemon, "load", image.id, image.id, image);
    }
    return { steps };
  } catch (error) {
    if (error instanceof EngineError) return { steps, failure: error };
    throw error;
  }
}

function filesIn(daemon: Daemon, archive: Archive): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  try {
    for (const { name, type, content, linkName } of readTar(archive.read())) {
      if (type === "file") files.set(cleanPath(name), content);
      // 20.10 and older let layers that are the same be links to one another.
      const target = type.endsWith("link")
        ? files.get(cleanPath(`${cleanPath(name)}/../${linkName}`))
        : undefined;
      if (target) files.set(cleanPath(name), target);
    }
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    throw engineError(500, daemon.release.archives.unpackFailure(error.message));
  }
  return files;
}

function manifestIn(daemon: Daemon, files: ReadonlyMap<string, Uint8Array>): readonly ManifestLine[] {
  const manifest = files.get("/manifest.json");
  if (manifest) return json(manifest) as readonly ManifestLine[];
  const directory = `${daemon.settings.dataRoot}/tmp/docker-import-${1_000_000_000 + daemon.random.below(2 ** 31)}`;
  throw engineError(500, `open ${directory}/repositories: no such file or directory`);
}

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw engineError(500, "invalid JSON");
  }
}

function renames({ images }: Daemon, reference: Reference, image: Image): string | undefined {
  const old = images.referenced(reference);
  if (!old || old === image) return undefined;
  const name = familiarString(reference);
  return `The image ${name} already exists, renaming the old one with ID ${old.id} to empty string\n`;
}

function loadImage(
  daemon: Daemon,
  files: ReadonlyMap<string, Uint8Array>,
  { Config, Layers }: ManifestLine,
): Image {
  const bytes = files.get(cleanPath(Config));
  if (!bytes) throw engineError(500, `open ${Config}: no such file or directory`);
  const id = digestOfBytes(bytes);
  const existing =
    daemon.images.get(id) ?? [...daemon.images.values()].find((image) => savedIdOf(daemon, image) === id);
  if (existing) return existing;
  const config = json(bytes) as ConfigFile;
  const digests = config.rootfs?.diff_ids ?? [];
  const paths = Layers ?? [];
  if (digests.length !== paths.length) {
    throw engineError(
      500,
      `invalid manifest, layers length mismatch: expected ${digests.length}, got ${paths.length}`,
    );
  }
  const layers = loadLayers(daemon, files, paths, digests);
  const image: Image = {
    id,
    created: instant(daemon, config.created),
    config: wholeConfig(config.config ?? {}),
    architecture: config.architecture ?? "amd64",
    size: layers.reduce((sum, { size }) => sum + size, 0),
    layers,
    history: (config.history ?? []).map((entry) => ({
      created: instant(daemon, entry.created),
      createdBy: entry.created_by ?? "",
      author: entry.author ?? "",
      comment: entry.comment ?? "",
      empty: entry.empty_layer ?? false,
    })),
    parent: "",
    author: config.author ?? "",
    comment: config.comment ?? "",
    container: null,
    dockerVersion: config.docker_version ?? "",
    executables: new Set(),
    inert: false,
    references: [],
    taggedAt: 0n,
  };
  daemon.images.add(image);
  return image;
}

function instant({ clock }: Daemon, time: string | undefined): bigint {
  return time === undefined || time.startsWith("0001-") ? 0n : parseInstant(time, clock);
}

function loadLayers(
  daemon: Daemon,
  files: ReadonlyMap<string, Uint8Array>,
  paths: readonly string[],
  digests: readonly string[],
): Layer[] {
  let below = emptyTree;
  return paths.map((path, at) => {
    const archive = files.get(cleanPath(path));
    if (!archive) throw engineError(500, `open ${path}: no such file or directory`);
    try {
      const { layer, root } = layerOf(archive, below);
      below = root;
      if (layer.digest === digests[at]) return layer;
      throw engineError(
        500,
        `invalid diffID for layer ${at}: expected ${JSON.stringify(digests[at])}, got ${JSON.stringify(layer.digest)}`,
      );
    } catch (error) {
      if (error instanceof TarError || error instanceof UnpackError) {
        throw engineError(500, daemon.release.archives.unpackFailure(error.message));
      }
      throw error;
    }
  });
}
