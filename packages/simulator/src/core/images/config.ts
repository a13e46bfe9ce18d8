import type { ImageConfig } from "@dryharbor/sdk/port";

/** A configuration with all of its fields, in the engine's order. */
export function wholeConfig(config: Partial<ImageConfig>): ImageConfig {
  return {
    User: "",
    Env: null,
    Cmd: null,
    WorkingDir: "",
    Entrypoint: null,
    OnBuild: null,
    ...config,
    ...(config.ExposedPorts && { ExposedPorts: byKey(config.ExposedPorts) }),
    Volumes: config.Volumes ? byKey(config.Volumes) : null,
    Labels: config.Labels ? byKey(config.Labels) : null,
  };
}

/** In order of the keys, as the engine shows every map. */
function byKey<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
