import type { ImageConfig } from "@dryharbor/sdk/port";

/** An image for a simulated engine to have. What is left out is empty or made up, the same each time. */
export interface ImageDefinition {
  /**
   * What containers start from.
   *
   * @example { Env: ["PATH=/bin"], Cmd: ["redis-server"], ExposedPorts: { "6379/tcp": {} } }
   */
  readonly config?: Partial<ImageConfig>;
  /** Absolute paths of the programs in it; by default all that the simulator has, in `/bin`. */
  readonly executables?: readonly string[];
  /**
   * A command of its containers that is no program runs all the same, silent until it is stopped, in place of
   * being refused. Default: `false`.
   */
  readonly inert?: boolean;
  /**
   * Where it is from. `pulled`, the default: the registry has it, and the engine has pulled it.
   * `registry`: a pull can get it. `imported`: made on the engine by `docker import`, so no registry has it.
   */
  readonly origin?: "pulled" | "registry" | "imported";
  /** Default: whichever a pull asks for, and `amd64` where it asks for none. */
  readonly architecture?: string;
  /** Bytes. */
  readonly size?: number;
  /** RFC 3339. Default: a day in 2024, or for an imported image the start of the engine. */
  readonly created?: string;
}

/**
 * Images by reference; without a tag it is `latest`. Tags of one repository that are defined alike
 * are one image.
 *
 * @example { "redis:7": { config: { Cmd: ["redis-server"] } }, "shop/web": { origin: "registry" } }
 */
export type ImageDefinitions = Readonly<Record<string, ImageDefinition>>;
