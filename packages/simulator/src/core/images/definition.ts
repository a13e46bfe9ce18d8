import type { Program } from "@dryharbor/kernel";
import type { ImageConfig } from "@dryharbor/sdk/port";

/**
 * The definition of an image that a simulated engine has or can pull. Fields that are left out are empty or
 * made up, always in the same way.
 */
export interface ImageDefinition {
  /**
   * The configuration that containers start with.
   *
   * @example { Env: ["PATH=/bin"], Cmd: ["redis-server"], ExposedPorts: { "6379/tcp": {} } }
   */
  readonly config?: Partial<ImageConfig>;
  /**
   * The program of the image: what its containers run where nothing else is said. It is found under the image's
   * name without a tag, with `-` for each `/`, as `/bin/shop-web` for `shop/web`. A snapshot keeps the name, and
   * not the program: give it again under `programs`.
   *
   * @example { "shop/web": { program: http(3000, () => new Response("hello\n")) } }
   */
  readonly program?: Program;
  /**
   * The well-known image whose files it has, as behind `FROM`: its users, its directories and its programs. Default: a
   * small BusyBox with all of BusyBox's programs.
   *
   * @example "alpine:3.22"
   */
  readonly base?: string;
  /** Absolute paths of the image's programs. Default: those of {@link base}, and the programs that were given, in `/bin`. */
  readonly executables?: readonly string[];
  /**
   * A container whose command has no program runs silently until it is stopped; otherwise its start is
   * refused. Default: `false`.
   */
  readonly inert?: boolean;
  /**
   * Where the image comes from.
   * - `"pulled"` (default): the engine has pulled it from the registry.
   * - `"registry"`: a pull can get it.
   * - `"imported"`: `docker import` made it on the engine, so no registry has it.
   */
  readonly origin?: "pulled" | "registry" | "imported";
  /** The processor architecture. Default: the one that a pull asks for, or `amd64`. */
  readonly architecture?: string;
  /** Size in bytes. */
  readonly size?: number;
  /** Time of creation, as RFC 3339. Default: a day in 2024, or the engine's start for an imported image. */
  readonly created?: string;
}

/**
 * Images by reference. A reference without a tag means `latest`. Tags of one repository with equal
 * definitions are one image.
 *
 * @example { "redis:7": { config: { Cmd: ["redis-server"] } }, "shop/web": { origin: "registry" } }
 */
export type ImageDefinitions = Readonly<Record<string, ImageDefinition>>;
