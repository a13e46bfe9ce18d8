import type { ContainerConfig, ImageConfig } from "@dryharbor/sdk/port";
import { showConfig } from "../containers/config.js";
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

/** Returns a configuration of an image or a container in the form that files of images have. */
export function goConfig(config: Partial<ContainerConfig> | Partial<ImageConfig>): ImageConfig {
  return showConfig(
    { Hostname: "", ...config } as ContainerConfig & { Hostname: string },
    "",
  ) as unknown as ImageConfig;
}
