import type { ContainerCreateRequest, ContainerUpdateRequest } from "@dryharbor/sdk/port";
import { type Body, everyRelease } from "../body.js";
import { bool, embed, int, list, map, pointer, type Shape, struct, text, words } from "../shape.js";
import { hostConfig, resources, restartPolicy } from "./host-config.js";
import { endpointSettings } from "./networks.js";

const texts = list(text());
const nothing = struct("struct {}", {});

export const healthcheck = everyRelease((pick) =>
  struct(pick("container.HealthConfig", "v1.HealthcheckConfig", "v1.HealthcheckConfig"), {
    Test: texts,
    Interval: int("time.Duration"),
    Timeout: int("time.Duration"),
    StartPeriod: int("time.Duration"),
    StartInterval: pick<Shape | undefined>(undefined, int("time.Duration"), int("time.Duration")),
    Retries: int("int"),
  }),
);

const config = everyRelease((_, name) =>
  struct("container.Config", {
    Hostname: text(),
    Domainname: text(),
    User: text(),
    AttachStdin: bool,
    AttachStdout: bool,
    AttachStderr: bool,
    ExposedPorts: map(nothing, "nat.PortSet"),
    Tty: bool,
    OpenStdin: bool,
    StdinOnce: bool,
    Env: texts,
    Cmd: words,
    Healthcheck: pointer(healthcheck[name]),
    ArgsEscaped: bool,
    Image: text(),
    Volumes: map(nothing),
    WorkingDir: text(),
    Entrypoint: words,
    NetworkDisabled: bool,
    MacAddress: text(),
    OnBuild: texts,
    Labels: map(text()),
    StopSignal: text(),
    StopTimeout: pointer(int("int")),
    Shell: words,
  }),
);

/** The key under which settings of the host are kept that old clients send outside of `HostConfig`. */
const outside = "outside";

const createShape = everyRelease((pick, name) => {
  const own = {
    HostConfig: pointer(hostConfig[name]),
    Cpuset: pick<Shape | undefined>(text(), text(), undefined),
    NetworkingConfig: pointer(
      struct("network.NetworkingConfig", { EndpointsConfig: map(pointer(endpointSettings[name])) }),
    ),
  };
  const wrapper = struct(
    "runconfig.ContainerConfigWrapper",
    own,
    embed("Config", config[name]),
    embed("HostConfig", hostConfig[name], outside),
  );
  return pick(wrapper, wrapper, struct("container.CreateRequest", own, embed("Config", config[name])));
});

/** The body of `POST /containers/create`, and the container's part of `POST /commit`. */
export const containerCreate: Body<ContainerCreateRequest> = {
  reading: "config",
  // From Go 1.27 on errors name no type, because the engine hands the decoder an interface.
  root: "",
  shape: createShape,
  finish: withHostConfig,
};

/** The body of `POST /containers/{id}/start` in API versions before 1.24. */
export const containerStart: Body<Pick<ContainerCreateRequest, "HostConfig">> = {
  reading: "update",
  shape: createShape,
  finish: withHostConfig,
};

interface Decoded extends Record<string, unknown> {
  readonly [outside]?: Record<string, unknown>;
  readonly HostConfig?: Record<string, unknown> | null;
  readonly Cpuset?: string;
}

/** Merges the settings of the host from both places. Those outside count where `HostConfig` has no value. */
function withHostConfig(decoded: Record<string, unknown>): ContainerCreateRequest {
  const { [outside]: outer, HostConfig: inner, Cpuset: cpuset, ...request } = decoded as Decoded;
  let host = inner ?? outer;
  if (inner && outer) {
    const kept = ["Memory", "MemorySwap", "CpuShares", "CpusetCpus", "VolumeDriver"];
    const filled = kept.filter((key) => !inner[key] && outer[key]).map((key) => [key, outer[key]]);
    host = { ...inner, ...Object.fromEntries(filled) };
  }
  if (host && cpuset && !host.CpusetCpus) host = { ...host, CpusetCpus: cpuset };
  return { ...request, ...(host && { HostConfig: host }) } as unknown as ContainerCreateRequest;
}

/** The container's part of `POST /commit`; `null` if there is none. */
export const commitConfig: Body<ContainerCreateRequest | null> = {
  reading: "commit",
  root: "",
  shape: createShape,
};

/** The body of `POST /containers/{id}/update`. */
export const containerUpdate: Body<ContainerUpdateRequest> = {
  reading: "update",
  shape: everyRelease((_, name) =>
    struct("container.UpdateConfig", { RestartPolicy: restartPolicy[name] }, embed("Resources", resources)),
  ),
};
