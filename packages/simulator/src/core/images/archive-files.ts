// The JSON in archives of images: the manifest, and the configuration of each image.

import { type ContainerConfig, engineError, type ImageConfig } from "@dryharbor/sdk/port";
import { configShape } from "../containers/config-shape.js";
import { decode, JsonTypeError } from "../json/decode.js";
import { everyRelease } from "../json/every-release.js";
import { bool, embed, int, list, map, pointer, type Shape, struct, text, time } from "../json/shape.js";
import { JsonSyntaxError, NoJsonError, parseJson, parseWholeJson } from "../json/syntax.js";
import type { JsonTree } from "../json/tree.js";
import type { Release } from "../releases/release.js";
import type { Row } from "../releases/row.js";

/** One image in `manifest.json`. */
export interface ManifestLine {
  readonly Config?: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Layers?: readonly string[] | null;
  readonly Parent?: string;
}

/** An image's configuration file. */
export interface ConfigFile {
  readonly architecture?: string;
  readonly variant?: string;
  readonly os?: string;
  readonly "os.version"?: string;
  readonly author?: string;
  readonly comment?: string;
  readonly config?: Partial<ImageConfig> | null;
  readonly container?: string;
  readonly container_config?: ContainerConfig;
  readonly created?: string;
  readonly docker_version?: string;
  readonly history?:
    | readonly {
        readonly created?: string;
        readonly created_by?: string;
        readonly author?: string;
        readonly comment?: string;
        readonly empty_layer?: boolean;
      }[]
    | null;
  readonly rootfs?: { readonly diff_ids?: readonly string[] | null } | null;
}

/** An image's `json` in an archive of Docker before 1.10. */
export type OldConfig = Pick<ConfigFile, "os" | "author" | "comment" | "created" | "container_config"> & {
  readonly parent?: string;
};

const manifestShape = everyRelease(() =>
  list(
    struct("tarexport.manifestItem", {
      Config: text(),
      RepoTags: list(text()),
      Layers: list(text()),
      Parent: text("image.ID"),
      LayerSources: map(
        struct("distribution.Descriptor", {
          mediaType: text(),
          size: int(),
          digest: text("digest.Digest"),
          urls: list(text()),
          annotations: map(text()),
        }),
        "map[layer.DiffID]distribution.Descriptor",
      ),
    }),
  ),
);

const oldConfigShape = everyRelease((_, name) =>
  struct("image.V1Image", {
    id: text(),
    parent: text(),
    comment: text(),
    created: time,
    container: text(),
    container_config: configShape[name],
    docker_version: text(),
    author: text(),
    config: pointer(configShape[name]),
    architecture: text(),
    variant: text(),
    os: text(),
    Size: int(),
  }),
);

const repositoriesShape = everyRelease(() => map(map(text())));

const configFileShape = everyRelease((pick, name) =>
  struct(
    "image.Image",
    {
      rootfs: pointer(struct("image.RootFS", { type: text(), diff_ids: list(text("layer.DiffID")) })),
      history: list(
        struct(pick("image.History", "v1.History", "v1.History"), {
          created: time,
          author: text(),
          created_by: text(),
          comment: text(),
          empty_layer: bool,
        }),
      ),
      "os.version": text(),
      "os.features": list(text()),
    },
    embed("V1Image", oldConfigShape[name]),
  ),
);

/** Reads `manifest.json`. What follows its first value is not looked at. @throws 500 */
export function readManifest(release: Release, bytes: Uint8Array): readonly ManifestLine[] {
  const lines = read(
    release,
    manifestShape,
    "",
    () => parseJson(bytes, release.requests.decoder.syntax).tree,
  );
  if (lines === null && !release.images.nullManifestIsEmpty) {
    throw engineError(500, "invalid manifest, manifest cannot be null (but can be [])");
  }
  return (lines ?? []) as readonly ManifestLine[];
}

/** Reads an image's configuration. @throws 500 */
export function readConfigFile(release: Release, bytes: Uint8Array): ConfigFile {
  const file = read(release, configFileShape, "Image", () =>
    parseWholeJson(bytes, release.requests.decoder.syntax),
  ) as ConfigFile | undefined | null;
  if (!file?.rootfs) throw engineError(500, "invalid image JSON, no RootFS key");
  return file;
}

/** Reads `repositories` of an archive without a manifest: directories by tag, by repository. @throws 500 */
export function readRepositories(
  release: Release,
  bytes: Uint8Array,
): Readonly<Record<string, Readonly<Record<string, string>> | null>> {
  return (read(
    release,
    repositoriesShape,
    "",
    () => parseJson(bytes, release.requests.decoder.syntax).tree,
  ) ?? {}) as ReturnType<typeof readRepositories>;
}

/** Reads the `json` of one image of such an archive, as Go does, and with all that it has. @throws 500 */
export function readOldConfig(
  release: Release,
  bytes: Uint8Array,
): { readonly known: OldConfig; readonly whole: Readonly<Record<string, unknown>> } {
  const known = read(release, oldConfigShape, "V1Image", () =>
    parseWholeJson(bytes, release.requests.decoder.syntax),
  );
  const whole = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown> | null;
  return { known: (known ?? {}) as OldConfig, whole: whole ?? {} };
}

function read(release: Release, shape: Row<Shape>, root: string, parse: () => JsonTree): unknown {
  try {
    return decode(parse(), shape[release.name], root, release.requests.decoder.types);
  } catch (error) {
    const known =
      error instanceof JsonSyntaxError || error instanceof JsonTypeError || error instanceof NoJsonError;
    throw known ? engineError(500, error.message) : error;
  }
}
