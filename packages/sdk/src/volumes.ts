import type { CallOptions } from "./call.js";
import type { VolumeListFilters, VolumePruneFilters } from "./filters.js";

/** Body of `POST /volumes/create`. */
export interface VolumeCreateRequest {
  /** Default: a random one of 64 hexadecimal digits, which makes the volume anonymous. */
  Name?: string;
  /** Default: `local`. */
  Driver?: string;
  /** For `local`: what `mount` is called with, as `type`, `device` and `o`. */
  DriverOpts?: Record<string, string> | null;
  Labels?: Record<string, string> | null;
}

/** A volume as `GET /volumes` and `GET /volumes/{name}` show it. */
export interface Volume {
  /** RFC 3339, in whole seconds. */
  CreatedAt: string;
  Driver: string;
  Labels: Record<string, string> | null;
  /** A directory of the engine's host. */
  Mountpoint: string;
  Name: string;
  Options: Record<string, string> | null;
  /** `local` or `global`. */
  Scope: string;
  /** In {@link System.df} only. */
  UsageData?: VolumeUsage;
}

/** What {@link System.df} knows of a volume. */
export interface VolumeUsage {
  /** Containers that have it; -1 for not known. */
  RefCount: number;
  /** Bytes; -1 for not known. */
  Size: number;
}

/** `GET /volumes`. */
export interface VolumeListResponse {
  Volumes: Volume[];
  Warnings: string[] | null;
}

/** Answer of `POST /volumes/prune`. */
export interface VolumePruneResponse {
  VolumesDeleted: string[] | null;
  /** Bytes. */
  SpaceReclaimed: number;
}

/** Body of `PUT /volumes/{name}`. */
export interface VolumeUpdateRequest {
  /** Of a volume of the swarm's own. */
  Spec?: Record<string, unknown> | null;
}

/**
 * Volumes: routes under `/volumes` (moby: `api/server/router/volume`, `volume/`). A volume is named by its name.
 *
 * @example
 * await engine.volumes.create({ Name: "data" });
 * await run(engine, { Image: "busybox", Cmd: ["touch", "/data/x"], HostConfig: { Binds: ["data:/data"] } });
 */
export interface Volumes {
  /**
   * `POST /volumes/create`: makes a volume. One of that name and driver that is there already is answered as it is.
   * @throws {InvalidParameterError} a name or an option that cannot be (20.10: some are {@link ServerError}).
   * @throws {NotFoundError} no such driver.
   * @throws {ConflictError} a volume of that name with another driver.
   */
  create(request?: VolumeCreateRequest, options?: CallOptions): Promise<Volume>;
  /**
   * `GET /volumes`, in no particular order.
   * @throws {InvalidParameterError} a filter that there is not.
   * @example const { Volumes } = await engine.volumes.list({ filters: { dangling: ["true"] } });
   */
  list(options?: CallOptions & { filters?: VolumeListFilters }): Promise<VolumeListResponse>;
  /** `GET /volumes/{name}`. @throws {NotFoundError} no such volume. */
  inspect(volume: string, options?: CallOptions): Promise<Volume>;
  /**
   * `PUT /volumes/{name}`, 26.1 and up: changes a volume of the swarm's own. `version`: the one that is changed.
   * @throws {UnavailableError} the engine is no manager of a swarm.
   */
  update(
    volume: string,
    request: VolumeUpdateRequest,
    options: CallOptions & { version: number },
  ): Promise<void>;
  /**
   * `DELETE /volumes/{name}`. `force`: a volume that is not there is no error.
   * @throws {NotFoundError} no such volume.
   * @throws {ConflictError} a container has it, running or not.
   */
  remove(volume: string, options?: CallOptions & { force?: boolean }): Promise<void>;
  /**
   * `POST /volumes/prune`: removes the volumes that no container has. From 26.1 on only anonymous ones, unless the filter
   * `all` says otherwise.
   * @throws {InvalidParameterError} a filter that there is not.
   * @example await engine.volumes.prune({ filters: { all: ["true"] } });
   */
  prune(options?: CallOptions & { filters?: VolumePruneFilters }): Promise<VolumePruneResponse>;
}
