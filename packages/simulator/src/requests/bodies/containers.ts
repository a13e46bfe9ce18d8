import type { ContainerCreateRequest, ContainerUpdateRequest } from "@dryharbor/sdk/port";
import { configShape } from "../../core/containers/config-shape.js";
import { everyRelease } from "../../core/json/every-release.js";
import { embed, map, pointer, type Shape, struct, text } from "../../core/json/shape.js";
import type { Body } from "../body.js";
import { hostConfig, resources, restartPolicy } from "./host-config.js";
import { endpointSettings } from "./networks.js";

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
    embed("Config", configShape[name]),
    embed("HostConfig", hostConfig[name], outside),
  );
  return pick(wrapper, wrapper, struct("container.CreateRequest", own, embed("Config", configShape[name])));
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
  // Since 29 there is only the configuration in it.
  shape: everyRelease((pick, name) => {
    const before = createShape[name];
    return pick(
      before,
      before,
      before,
      struct("container.commitRequest", {}, embed("Config", configShape[name])),
    );
  }),
};

/** The body of `POST /containers/{id}/update`. */
export const containerUpdate: Body<ContainerUpdateRequest> = {
  reading: "update",
  shape: everyRelease((_, name) =>
    struct(
      "container.UpdateConfig",
      { RestartPolicy: restartPolicy[name] },
      embed("Resources", resources[name]),
    ),
  ),
};
