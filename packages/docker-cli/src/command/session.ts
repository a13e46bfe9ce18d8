// What the commands of one line share: what the engine says of itself, and docker's config.json. Each is asked for
// once, and only when somebody needs it.
import type { Engine, Ping } from "@dryharbor/sdk/port";
import type { CommandIo } from "../io.js";
import type { Release } from "../releases.js";
import { CommandError } from "./errors.js";

/** The parts of docker's config.json that commands follow. */
export interface Configuration {
  /** The format of a list where `--format` is not given, e.g. `psFormat`. */
  readonly [format: `${string}Format`]: unknown;
  readonly detachKeys?: string;
  readonly [other: string]: unknown;
}

export class Session {
  #ping: Promise<Ping> | undefined;
  #configuration: Configuration | undefined;

  constructor(
    readonly engine: Engine,
    readonly io: CommandIo,
    readonly release: Release,
    /** Where the engine is, as errors of connecting show it. */
    readonly host: string,
    /** The folder of config.json. */
    readonly configFolder: string,
  ) {}

  /** What the engine says of itself. It is asked once. */
  ping(): Promise<Ping> {
    this.#ping ??= this.engine.system.ping();
    return this.#ping;
  }

  /** Docker's config.json; empty where there is none. @throws {CommandError} it is no JSON. */
  configuration(): Configuration {
    if (this.#configuration) return this.#configuration;
    const path = `${this.configFolder}/config.json`;
    let parsed: Configuration = {};
    if (this.io.files.exists(path)) {
      try {
        parsed = JSON.parse(new TextDecoder().decode(this.io.files.read(path))) as Configuration;
      } catch {
        throw new CommandError(`WARNING: Error loading config file: ${path}`);
      }
    }
    this.#configuration = parsed;
    return parsed;
  }

  /** The format of a list that config.json sets, e.g. `psFormat`; empty where it sets none. */
  configuredFormat(name: `${string}Format`): string {
    const format = this.configuration()[name];
    return typeof format === "string" ? format : "";
  }
}
