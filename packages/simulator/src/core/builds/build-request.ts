import type { HostConfig } from "@dryharbor/sdk/port";

/** What `POST /build` asks for, beside the context. */
export interface BuildRequest {
  /** Names of the image, as the client spelt them. */
  readonly tags: readonly string[];
  /** The Dockerfile within the context; empty for the usual one. */
  readonly dockerfile: string;
  /** `null`: a name without a value. */
  readonly buildArgs: ReadonlyMap<string, string | null>;
  readonly labels: Readonly<Record<string, string>>;
  readonly target: string;
  /** Such as `linux/arm64`; empty for none. */
  readonly platform: string;
  readonly noCache: boolean;
  /** Images whose steps the cache knows. Without any, it knows of all that was built here. */
  readonly cacheFrom: readonly string[];
  /** Images are pulled although they are there. */
  readonly pull: boolean;
  /** Containers are removed after steps that succeed, and after all others. */
  readonly remove: boolean;
  readonly forceRemove: boolean;
  /** Nothing is told but the image's id. */
  readonly quiet: boolean;
  /** Where the context comes from, if the client does not send it. */
  readonly remote: string;
  /** What holds for the containers of all steps. */
  readonly hostConfig: HostConfig;
}

/** One line of what is told of a build. */
export type BuildStep = Readonly<Record<string, unknown>>;
