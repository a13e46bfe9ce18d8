/** One place in a container where something else is mounted. Plain data: part of a snapshot. */
export interface MountPoint {
  readonly type: "bind" | "volume" | "tmpfs" | "image";
  /** Empty for none, which on 28.5 also volumes have that nobody named. */
  readonly name: string;
  /** On the host. Empty where the engine has not written it down; inspect knows all the same. */
  readonly source: string;
  readonly destination: string;
  readonly driver: string;
  readonly mode: string;
  readonly writable: boolean;
  readonly propagation: string;
  /** Somebody named what is mounted: it outlives the container. */
  readonly named: boolean;
  /** Where the volume is empty, it gets what the image has at the destination. */
  readonly copies: boolean;
  /** The directory in the volume that is mounted; empty for all of it. */
  readonly subpath: string;
  /** The volume that the container holds for it. What comes from another container is held from the first start on. */
  volume: string;
}
