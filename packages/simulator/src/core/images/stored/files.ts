// The JSON in archives of images that a store of content takes: the manifest of Docker's layout, the OCI layout, and the
// configuration of an image in the words of the OCI specification.

import { engineError } from "@dryharbor/sdk/port";
import { healthcheckShape } from "../../containers/config-shape.js";
import { decode, JsonTypeError } from "../../json/decode.js";
import { everyRelease } from "../../json/every-release.js";
import {
  bool,
  embed,
  int,
  list,
  map,
  pointer,
  type Shape,
  type Struct,
  struct,
  text,
  time,
} from "../../json/shape.js";
import { JsonSyntaxError, NoJsonError, parseJson, parseWholeJson } from "../../json/syntax.js";
import type { JsonTree } from "../../json/tree.js";
import type { Release } from "../../releases/release.js";
import type { ConfigFile, ManifestLine } from "../archive-files.js";

const texts = list(text());

/** Go's errors name a field of a type without a name by the field alone. */
const manifestLine: Struct = {
  ...struct("struct { Config string; RepoTags []string; Layers []string }", {
    Config: text(),
    RepoTags: texts,
    Layers: texts,
  }),
  name: "",
};

const platformFields = {
  architecture: text(),
  os: text(),
  "os.version": text(),
  "os.features": texts,
  variant: text(),
};
const platform = struct("v1.Platform", platformFields);

const imageConfig = struct("v1.ImageConfig", {
  User: text(),
  ExposedPorts: map(struct("struct {}", {})),
  Env: texts,
  Entrypoint: texts,
  Cmd: texts,
  Volumes: map(struct("struct {}", {})),
  WorkingDir: text(),
  Labels: map(text()),
  StopSignal: text(),
  ArgsEscaped: bool,
});

const configFile = everyRelease((_, name) => {
  const extra = struct("v1.DockerOCIImageConfigExt", {
    Healthcheck: pointer(healthcheckShape[name]),
    OnBuild: texts,
    Shell: texts,
  });
  const ownConfig = struct(
    "v1.DockerOCIImageConfig",
    {},
    embed("ImageConfig", imageConfig),
    embed("DockerOCIImageConfigExt", extra),
  );
  const image = struct(
    "v1.Image",
    {
      created: time,
      author: text(),
      rootfs: struct("v1.RootFS", { type: text(), diff_ids: list(text("digest.Digest")) }),
      history: list(
        struct("v1.History", {
          created: time,
          created_by: text(),
          author: text(),
          comment: text(),
          empty_layer: bool,
        }),
      ),
    },
    embed("Platform", platform),
  );
  return struct("v1.DockerOCIImage", { config: ownConfig }, embed("Image", image));
});

/** A manifest or an index of the OCI layout, as far as it is read. */
export interface Layout {
  readonly mediaType?: string;
  readonly config?: FileOf;
  readonly layers?: readonly FileOf[];
  readonly manifests?: readonly FileOf[];
}

interface FileOf {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: { readonly os?: string; readonly architecture?: string; readonly variant?: string };
}

const descriptor = struct("v1.Descriptor", {
  mediaType: text(),
  digest: text("digest.Digest"),
  size: int(),
  annotations: map(text()),
  platform: pointer(platform),
});
const layout = struct("v1.Index", {
  mediaType: text(),
  config: descriptor,
  layers: list(descriptor),
  manifests: list(descriptor),
});

/** Reads `manifest.json`. @throws 500; returns `null` for `null` */
export function readManifestFile(release: Release, bytes: Uint8Array): readonly ManifestLine[] | null {
  return told('untar manifest "manifest.json": ', () =>
    decode(parse(release, bytes), list(manifestLine), "", release.requests.decoder.types),
  ) as readonly ManifestLine[] | null;
}

/** Reads `oci-layout`. @throws 500 */
export function readLayoutFile(release: Release, bytes: Uint8Array, name: string): string {
  const shape = struct("v1.ImageLayout", { imageLayoutVersion: text() });
  const file = told(`untar oci layout ${JSON.stringify(name)}: `, () =>
    decode(parse(release, bytes), shape, "ImageLayout", release.requests.decoder.types),
  ) as { imageLayoutVersion?: string } | null | undefined;
  return file?.imageLayoutVersion ?? "";
}

/** Reads a manifest or an index. @throws 500 */
export function readLayout(release: Release, bytes: Uint8Array): Layout {
  return (told("", () => decodeWhole(release, bytes, layout, "Index")) ?? {}) as Layout;
}

/** Reads the platform of a configuration. @throws 500 */
export function readConfigPlatform(release: Release, bytes: Uint8Array): void {
  told("unable to resolve platform: ", () => decodeWhole(release, bytes, platform, "Platform"));
}

/** Reads a configuration. Returns why it cannot be read. */
export function readStoredConfig(
  release: Release,
  bytes: Uint8Array,
): { file: ConfigFile; problem?: string } {
  try {
    return {
      file: (decodeWhole(release, bytes, configFile[release.name], "DockerOCIImage") ?? {}) as ConfigFile,
    };
  } catch (error) {
    if (!isJsonProblem(error)) throw error;
    return { file: {}, problem: error.message };
  }
}

function parse(release: Release, bytes: Uint8Array): JsonTree {
  return parseJson(bytes, release.requests.decoder.syntax).tree;
}

function decodeWhole(release: Release, bytes: Uint8Array, shape: Shape, root: string): unknown {
  const { syntax, types } = release.requests.decoder;
  return decode(parseWholeJson(bytes, syntax), shape, root, types);
}

function told<T>(prefix: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw isJsonProblem(error) ? engineError(500, `${prefix}${error.message}`) : error;
  }
}

function isJsonProblem(error: unknown): error is Error {
  return error instanceof JsonSyntaxError || error instanceof JsonTypeError || error instanceof NoJsonError;
}
