import type { CallOptions } from "./call.js";
import type { Healthcheck } from "./containers.js";
import type { ImageListFilters } from "./filters.js";

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
}

/** `GET /images/{name}/json`. */
export interface ImageInspect {
  Id: string;
  RepoTags: string[];
  RepoDigests: string[];
  Parent: string;
  Comment: string;
  Created: string;
  Author: string;
  Config: ImageConfig | null;
  Architecture: string;
  Os: string;
  /** Bytes. */
  Size: number;
  RootFS: { Type: string; Layers?: string[] };
  Metadata: { LastTagTime: string };
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

/**
 * Images: routes under `/images` (moby: `api/server/router/image`). An image is named by a reference, whose tag is
 * `latest` where it has none, or by its id or a prefix of it.
 */
export interface Images {
  /** `GET /images/json`, newest first. @throws {InvalidParameterError} a filter that there is not. */
  list(options?: CallOptions & { all?: boolean; filters?: ImageListFilters }): Promise<ImageSummary[]>;
  /** `GET /images/{name}/json`. @throws {NotFoundError} no such image. */
  inspect(image: string, options?: CallOptions): Promise<ImageInspect>;
  /**
   * `POST /images/create?fromImage=…`: resolves when the image is there.
   * @throws {NotFoundError} the registry does not have it.
   */
  pull(
    reference: string,
    options?: CallOptions & { onProgress?: (step: PullProgress) => void },
  ): Promise<void>;
  /**
   * `DELETE /images/{name}`: takes a name away, and with its last one the image. `noprune`: the parents of it stay.
   * @throws {NotFoundError} no such image.
   * @throws {ConflictError} a container uses it: a stopped one is no obstacle with `force`.
   */
  remove(
    image: string,
    options?: CallOptions & { force?: boolean; noprune?: boolean },
  ): Promise<ImageRemoval[]>;
  /** `POST /images/{name}/tag`. @throws {NotFoundError} no such image. @throws {InvalidParameterError} no reference. */
  tag(image: string, target: { repo: string; tag?: string }, options?: CallOptions): Promise<void>;
}
