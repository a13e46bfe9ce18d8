import type { ByteSource } from "./bytes.js";
import type { CallOptions } from "./call.js";
import type { Healthcheck } from "./containers.js";
import type { ImageListFilters, ImagePruneFilters, ImageSearchFilters } from "./filters.js";
import type { AuthConfig } from "./system.js";

/** An image as `GET /images/json` shows it. */
export interface ImageSummary {
  Id: string;
  ParentId: string;
  RepoTags: string[] | null;
  RepoDigests: string[] | null;
  /** Unix seconds. */
  Created: number;
  /** Bytes. */
  Size: number;
  SharedSize: number;
  Labels: Record<string, string> | null;
  Containers: number;
  /** What the image consists of, where that was asked for. 29 and up. */
  Manifests?: ManifestSummary[];
}

/** A manifest of an image: an image of one platform, or something about one. */
export interface ManifestSummary {
  ID: string;
  /** Whether its content is here. */
  Available: boolean;
  /** Bytes: of its content, and together with the unpacked files. */
  Size: { Content: number; Total: number };
  Kind: "image" | "attestation" | "unknown";
  /** Of an image. */
  ImageData?: {
    Platform: { architecture: string; os: string; variant?: string; "os.version"?: string };
    Size: { Unpacked: number };
    /** The ids of the containers that were made of it. */
    Containers: string[] | null;
  };
  readonly [field: string]: unknown;
}

/** The part of an image that containers start from. */
export interface ImageConfig {
  User: string;
  ExposedPorts?: Record<string, Record<string, never>> | null;
  Env: string[] | null;
  Cmd: string[] | null;
  Volumes: Record<string, Record<string, never>> | null;
  WorkingDir: string;
  Entrypoint: string[] | null;
  OnBuild: string[] | null;
  Labels: Record<string, string> | null;
  /** Absent where the image says nothing: then it is SIGTERM. */
  StopSignal?: string;
  Healthcheck?: Healthcheck | null;
  /** Of images for Windows: the command is one line, whose words are escaped already. */
  ArgsEscaped?: boolean;
  /** The shell that runs commands of a Dockerfile which are no lists. */
  Shell?: string[] | null;
}

/** `GET /images/{name}/json`. */
export interface ImageInspect {
  Id: string;
  RepoTags: string[];
  RepoDigests: string[];
  Parent: string;
  Comment: string;
  /** Absent from 26.1 on where the image does not tell it. */
  Created?: string;
  Author: string;
  Config: ImageConfig | null;
  Architecture: string;
  /** The variant of the architecture, such as `v7`. Absent where the image names none. */
  Variant?: string;
  Os: string;
  /** The version of the system, which images for Windows have. */
  OsVersion?: string;
  /** Bytes. */
  Size: number;
  RootFS: { Type: string; Layers?: string[] };
  Metadata: { LastTagTime: string };
  /** What the image consists of, where that was asked for. 29 and up. */
  Manifests?: ManifestSummary[];
  readonly [field: string]: unknown;
}

/** One line of the progress of a pull. */
export interface PullProgress {
  status: string;
  id?: string;
  progress?: string;
  progressDetail?: { current?: number; total?: number };
}

/** One step of an image's removal. */
export type ImageRemoval = { Untagged: string } | { Deleted: string };

/** One line of the progress of a load, an import, a push or a build. */
export interface ImageProgress {
  /** What is going on; of an import, the id of the image. */
  status?: string;
  /** For people, of a load and a build: e.g. `Loaded image: busybox:latest`. */
  stream?: string;
  id?: string;
  progress?: string;
  progressDetail?: { current?: number; total?: number };
  /** For programs, of a push and a build: what was made. */
  aux?: Record<string, unknown>;
}

/** What the methods take that tell what goes on. */
export interface ProgressOptions<Step> extends CallOptions {
  /** Called for each line as it comes. */
  onProgress?: (step: Step) => void;
}

/** One line of `GET /images/{name}/history`. */
export interface ImageHistoryItem {
  /** `<missing>` where it is of no image that is here. */
  Id: string;
  /** Unix seconds. */
  Created: number;
  CreatedBy: string;
  Tags: string[] | null;
  /** Bytes that it added. */
  Size: number;
  Comment: string;
}

/** One repository of `GET /images/search`. */
export interface ImageSearchResult {
  name: string;
  description: string;
  star_count: number;
  is_official: boolean;
  is_automated: boolean;
}

/** Answer of `POST /images/prune`. */
export interface ImagePruneResponse {
  ImagesDeleted: ImageRemoval[] | null;
  /** Bytes. */
  SpaceReclaimed: number;
}

/** `GET /distribution/{name}/json`: what the registry has under a reference. */
export interface DistributionInspect {
  Descriptor: { mediaType: string; digest: string; size: number };
  Platforms: { architecture: string; os: string; variant?: string }[];
}

/** What {@link Images.import} takes. */
export interface ImageImportOptions extends ProgressOptions<ImageProgress> {
  /** What the image is to be called; without it, nothing. */
  repo?: string;
  tag?: string;
  /** Its comment. Default: where it is from. */
  message?: string;
  /** Lines of a Dockerfile. */
  changes?: string[];
  /** E.g. `linux/arm64`; default the host's. */
  platform?: string;
}

/** What {@link Images.build} takes. */
export interface ImageBuildOptions extends ProgressOptions<ImageProgress> {
  /** Default: `Dockerfile`. */
  dockerfile?: string;
  /** Names of the image, as `name:tag`. */
  t?: string | string[];
  /** `null`: the name alone, which a warning tells of where no `ARG` has it. */
  buildargs?: Record<string, string | null>;
  labels?: Record<string, string>;
  /** The stage to build. */
  target?: string;
  /** E.g. `linux/arm64`. */
  platform?: string;
  /** Do not use what was built before. */
  nocache?: boolean;
  /** Images whose steps count as built before, and no others. */
  cachefrom?: string[];
  /** Pull the images to build on, although they are here. */
  pull?: boolean;
  /** No output but the image's id. */
  q?: boolean;
  /** Remove intermediate containers: after a success, always. Default: true, false. */
  rm?: boolean;
  forcerm?: boolean;
  networkmode?: string;
  /** Lines for `/etc/hosts` of those containers, as `name:address`. */
  extrahosts?: string[];
  /** Bytes that one of those containers may use. */
  memory?: number;
  /** Bytes of memory and swap together; -1 for no limit. */
  memswap?: number;
  /** Bytes of `/dev/shm` in those containers. */
  shmsize?: number;
  cpushares?: number;
  cpuperiod?: number;
  cpuquota?: number;
  cpusetcpus?: string;
  cpusetmems?: string;
  cgroupparent?: string;
  ulimits?: readonly { Name: string; Soft: number; Hard: number }[];
  /** Where the engine gets the context from: a URL. */
  remote?: string;
  /** `1` (default) or `2` (BuildKit, which needs a session). */
  version?: "1" | "2";
}

/**
 * Images: routes under `/images` (moby: `api/server/router/image`). An image is named by a reference, whose tag is
 * `latest` where it has none, or by its id or a prefix of it.
 */
export interface Images {
  /**
   * `GET /images/json`, newest first. `all`: also images without a name that others stand on. `shared-size`: how much of
   * each is shared with others (API 1.42 and up). `manifests`: what each consists of, where the engine stores content
   * (API 1.47 and up).
   * @throws {InvalidParameterError} a filter that there is not.
   */
  list(
    options?: CallOptions & {
      all?: boolean;
      filters?: ImageListFilters;
      "shared-size"?: boolean;
      manifests?: boolean;
    },
  ): Promise<ImageSummary[]>;
  /**
   * `GET /images/{name}/json`. `manifests`: what it consists of, where the engine stores content (API 1.48 and up).
   * `platform`: what is for it, as JSON such as `{"os":"linux","architecture":"arm64"}` (API 1.49 and up).
   * @throws {NotFoundError} no such image, or none for that platform.
   */
  inspect(
    image: string,
    options?: CallOptions & { manifests?: boolean; platform?: string },
  ): Promise<ImageInspect>;
  /**
   * `GET /images/{name}/history`: what was done to make it, the last first. `platform`: as in {@link Images.inspect}
   * (API 1.48 and up).
   * @throws {NotFoundError} no such image, or none for that platform.
   */
  history(image: string, options?: CallOptions & { platform?: string }): Promise<ImageHistoryItem[]>;
  /**
   * `POST /images/create?fromImage=…`: resolves when the image is there. `all`: all tags of the repository, whatever the
   * reference names. `platform`: e.g. `linux/arm64`; default the host's. `X-Registry-Auth`: who asks.
   * @example await engine.images.pull("busybox:1.36", { onProgress: ({ status }) => console.log(status) });
   * @throws {NotFoundError} the registry does not have it.
   */
  pull(
    reference: string,
    options?: ProgressOptions<PullProgress> & {
      all?: boolean;
      platform?: string;
      "X-Registry-Auth"?: AuthConfig;
    },
  ): Promise<void>;
  /**
   * `POST /images/{name}/push`: gives a tag, or without one all of a repository's, to the registry. `platform`: only
   * what is for it (API 1.46 and up).
   * @throws {NotFoundError} there is no such tag here.
   */
  push(
    image: string,
    options?: ProgressOptions<ImageProgress> & {
      tag?: string;
      platform?: string;
      "X-Registry-Auth"?: AuthConfig;
    },
  ): Promise<void>;
  /**
   * `POST /images/create?fromSrc=-`: makes an image of one layer, with the files of a tar archive, which may be
   * compressed. Its id is the `status` of the last step. It takes effect when the archive has been read.
   * @example
   * const files = await engine.containers.export("web");
   * await engine.images.import(files, { repo: "flat", onProgress: ({ status }) => console.log(status) });
   */
  import(archive: ByteSource, options?: ImageImportOptions): Promise<void>;
  /**
   * `POST /images/load`: images of an archive that {@link Images.save} has made. It takes effect when the archive has
   * been read. `platform`: only images for it, as JSON such as `{"os":"linux","architecture":"arm64"}` (API 1.48 and up);
   * newer engines take several.
   */
  load(
    archive: ByteSource,
    options?: ProgressOptions<ImageProgress> & { platform?: string | string[] },
  ): Promise<void>;
  /**
   * `GET /images/get`: images with their layers and names as a tar archive. A repository's name alone means all its tags.
   * `platform`: the platform that they must be for, as in {@link Images.load}.
   * @example const tar = await engine.images.save(["busybox:latest"]);
   * @throws {NotFoundError} no such image.
   */
  save(
    names: readonly string[],
    options?: CallOptions & { platform?: string | string[] },
  ): Promise<ReadableStream<Uint8Array>>;
  /**
   * `POST /build`: builds an image from a tar archive with a Dockerfile in it, as `docker build` does with `DOCKER_BUILDKIT=0`.
   * Where `abortSignal` aborts, the build ends, and its container is removed.
   *
   * The simulator leaves out each `RUN` that needs a program which it lacks, such as `npm`, and says so in a line of progress;
   * with `strictBuild` the build fails there. Contexts and files that would have to be downloaded are refused, and what
   * BuildKit alone has, too: `RUN --mount`, `COPY --chmod`, texts within a Dockerfile.
   * @example
   * await engine.images.build(context, { t: "mine:1", onProgress: ({ stream = "" }) => process.stdout.write(stream) });
   * @throws {InvalidParameterError} a Dockerfile that cannot be read.
   * @throws {BuildCommandError} a `RUN` ended with another code than 0.
   * @throws {EngineError} 500: another instruction that failed.
   */
  build(context: ByteSource, options?: ImageBuildOptions): Promise<void>;
  /**
   * `DELETE /images/{name}`: takes a name away, and with its last one the image. `noprune`: the parents of it stay.
   * `platforms`: only what is for these, with `force`, each as in {@link Images.inspect} (API 1.50 and up).
   * @throws {NotFoundError} no such image, or none for such a platform.
   * @throws {ConflictError} a container uses it: a stopped one is no obstacle with `force`.
   */
  remove(
    image: string,
    options?: CallOptions & { force?: boolean; noprune?: boolean; platforms?: readonly string[] },
  ): Promise<ImageRemoval[]>;
  /**
   * `POST /images/{name}/tag`: gives it one more name.
   * @example await engine.images.tag("busybox", { repo: "mine", tag: "one" });
   * @throws {NotFoundError} no such image.
   * @throws {InvalidParameterError} no reference.
   */
  tag(image: string, target: CallOptions & { repo: string; tag?: string }): Promise<void>;
  /**
   * `POST /images/prune`: removes the images without a name that no container uses, and with the filter `dangling=false`
   * those with one, too.
   */
  prune(options?: CallOptions & { filters?: ImagePruneFilters }): Promise<ImagePruneResponse>;
  /**
   * `GET /images/search`: repositories of the registry whose name has the term in it. `limit`: at most so many, 1 to 100;
   * default 25.
   * @throws {InvalidParameterError} a filter that there is not, or a limit that cannot be.
   * @throws {ServerError} the registry cannot be reached.
   */
  search(
    term: string,
    options?: CallOptions & { limit?: number; filters?: ImageSearchFilters },
  ): Promise<ImageSearchResult[]>;
  /**
   * `GET /distribution/{name}/json`: what the registry has under a reference, without getting it.
   * @throws {NotFoundError} the registry does not have it.
   * @throws {ServerError} the registry cannot be reached.
   */
  distribution(
    reference: string,
    options?: CallOptions & { "X-Registry-Auth"?: AuthConfig },
  ): Promise<DistributionInspect>;
}
