import type { ImageConfig } from "@dryharbor/sdk/port";
import { sortedByKey } from "../go-order.js";

/** Returns a configuration with all its fields, in the engine's order. */
export function wholeConfig(config: Partial<ImageConfig>): ImageConfig {
  return {
    User: "",
    Env: null,
    Cmd: null,
    WorkingDir: "",
    Entrypoint: null,
    OnBuild: null,
    ...config,
    ...(config.ExposedPorts && { ExposedPorts: sortedByKey(config.ExposedPorts) }),
    Volumes: config.Volumes ? sortedByKey(config.Volumes) : null,
    Labels: config.Labels ? sortedByKey(config.Labels) : null,
  };
}
