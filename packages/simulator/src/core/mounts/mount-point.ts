/** A mount of a container. Plain data, and part of a snapshot. */
export interface MountPoint {
  readonly type: "bind" | "volume" | "tmpfs" | "image";
  /** The name of the volume or image, or an empty text. On 28.5 anonymous volumes have none either. */
  readonly name: string;
  /** The directory on the host. Empty if the engine has not stored it; inspect then asks the volume. */
  readonly source: string;
  readonly destination: string;
  readonly driver: string;
  readonly mode: string;
  readonly writable: boolean;
  readonly propagation: string;
  /** What is mounted was named, so it outlives the container. */
  readonly named: boolean;
  /** An empty volume is filled with the image's files at the destination. */
  readonly copies: boolean;
  /** A bind's source must exist: no start makes it. */
  readonly keepsSource?: boolean;
  /** The directory in the volume or image that is mounted; empty for all of it. */
  readonly subpath: string;
  /**
   * The name of the volume that the container uses for this mount. For a mount from another container, it is
   * empty until the first start.
   */
  volume: string;
}
