import { healthcheckShape } from "../../core/containers/config-shape.js";
import { everyRelease } from "../../core/json/every-release.js";
import {
  bool,
  bytes,
  embed,
  float,
  int,
  list,
  map,
  pointer,
  type Shape,
  struct,
  text,
  uint,
} from "../../core/json/shape.js";
import { addr } from "../../core/json/text-types.js";
import type { ServiceSpec } from "../../core/swarm/services.js";
import type { Body } from "../body.js";
import { ulimits } from "./host-config.js";
import { mount } from "./mounts.js";
import { annotations, driver } from "./swarm.js";

const texts = list(text());
const textMap = map(text());
const duration = int("time.Duration");

const networks = list(
  struct("swarm.NetworkAttachmentConfig", { Target: text(), Aliases: texts, DriverOpts: textMap }),
);

const file = (type: string) =>
  pointer(struct(type, { Name: text(), UID: text(), GID: text(), Mode: uint(32, "fs.FileMode") }));

const genericResources = list(
  struct("swarm.GenericResource", {
    NamedResourceSpec: pointer(struct("swarm.NamedGenericResource", { Kind: text(), Value: text() })),
    DiscreteResourceSpec: pointer(struct("swarm.DiscreteGenericResource", { Kind: text(), Value: int() })),
  }),
);

const update = everyRelease((pick) =>
  pointer(
    struct("swarm.UpdateConfig", {
      Parallelism: uint(64),
      Delay: duration,
      FailureAction: text(pick("string", "string", "string", "swarm.FailureAction")),
      Monitor: duration,
      MaxFailureRatio: float,
      Order: text(pick("string", "string", "string", "swarm.UpdateOrder")),
    }),
  ),
);

const container = everyRelease((pick, name) => {
  const from26 = (shape: Shape) => pick<Shape | undefined>(undefined, shape, shape);
  return struct("swarm.ContainerSpec", {
    Image: text(),
    Labels: textMap,
    Command: texts,
    Args: texts,
    Hostname: text(),
    Env: texts,
    Dir: text(),
    User: text(),
    Groups: texts,
    Privileges: pointer(
      struct("swarm.Privileges", {
        CredentialSpec: pointer(
          struct("swarm.CredentialSpec", { Config: text(), File: text(), Registry: text() }),
        ),
        SELinuxContext: pointer(
          struct("swarm.SELinuxContext", {
            Disable: bool,
            User: text(),
            Role: text(),
            Type: text(),
            Level: text(),
          }),
        ),
        Seccomp: from26(
          pointer(struct("swarm.SeccompOpts", { Mode: text("swarm.SeccompMode"), Profile: bytes })),
        ),
        AppArmor: from26(pointer(struct("swarm.AppArmorOpts", { Mode: text("swarm.AppArmorMode") }))),
        NoNewPrivileges: from26(bool),
      }),
    ),
    Init: pointer(bool),
    StopSignal: text(),
    TTY: bool,
    OpenStdin: bool,
    ReadOnly: bool,
    Mounts: list(mount[name]),
    StopGracePeriod: pointer(duration),
    Healthcheck: pointer(healthcheckShape[name]),
    Hosts: texts,
    DNSConfig: pointer(
      struct("swarm.DNSConfig", {
        Nameservers: pick(texts, texts, texts, list(addr)),
        Search: texts,
        Options: texts,
      }),
    ),
    Secrets: list(
      pointer(
        struct("swarm.SecretReference", {
          File: file("swarm.SecretReferenceFileTarget"),
          SecretID: text(),
          SecretName: text(),
        }),
      ),
    ),
    Configs: list(
      pointer(
        struct("swarm.ConfigReference", {
          File: file("swarm.ConfigReferenceFileTarget"),
          Runtime: pointer(struct("swarm.ConfigReferenceRuntimeTarget", {})),
          ConfigID: text(),
          ConfigName: text(),
        }),
      ),
    ),
    Isolation: text("container.Isolation"),
    Sysctls: textMap,
    CapabilityAdd: texts,
    CapabilityDrop: texts,
    Ulimits: ulimits,
    OomScoreAdj: pick<Shape | undefined>(undefined, undefined, int()),
  });
});

const task = everyRelease((pick, name) => {
  const plugin = pick("runtime.PluginSpec", "runtime.PluginSpec", "runtime.PluginSpec", "swarm.RuntimeSpec");
  const privilege = pick(
    "runtime.PluginPrivilege",
    "runtime.PluginPrivilege",
    "runtime.PluginPrivilege",
    "swarm.RuntimePrivilege",
  );
  const swap = pick<Shape | undefined>(undefined, undefined, undefined, pointer(int()));
  return struct("swarm.TaskSpec", {
    ContainerSpec: pointer(container[name]),
    PluginSpec: pointer(
      struct(plugin, {
        name: text(),
        remote: text(),
        privileges: list(pointer(struct(privilege, { name: text(), description: text(), value: texts }))),
        disabled: bool,
        env: texts,
      }),
    ),
    NetworkAttachmentSpec: pointer(struct("swarm.NetworkAttachmentSpec", { ContainerID: text() })),
    Resources: pointer(
      struct("swarm.ResourceRequirements", {
        Limits: pointer(struct("swarm.Limit", { NanoCPUs: int(), MemoryBytes: int(), Pids: int() })),
        Reservations: pointer(
          struct("swarm.Resources", {
            NanoCPUs: int(),
            MemoryBytes: int(),
            GenericResources: genericResources,
          }),
        ),
        SwapBytes: swap,
        MemorySwappiness: swap,
      }),
    ),
    RestartPolicy: pointer(
      struct("swarm.RestartPolicy", {
        Condition: text("swarm.RestartPolicyCondition"),
        Delay: pointer(duration),
        MaxAttempts: pointer(uint(64)),
        Window: pointer(duration),
      }),
    ),
    Placement: pointer(
      struct("swarm.Placement", {
        Constraints: texts,
        Preferences: list(
          struct("swarm.PlacementPreference", {
            Spread: pointer(struct("swarm.SpreadOver", { SpreadDescriptor: text() })),
          }),
        ),
        MaxReplicas: uint(64),
        Platforms: list(struct("swarm.Platform", { Architecture: text(), OS: text() })),
      }),
    ),
    Networks: networks,
    LogDriver: driver,
    ForceUpdate: uint(64),
    Runtime: text("swarm.RuntimeType"),
  });
});

export const serviceSpec: Body<ServiceSpec> = {
  reading: "swarm",
  shape: everyRelease((pick, name) => {
    const spec = struct(
      "swarm.ServiceSpec",
      {
        TaskTemplate: task[name],
        Mode: struct("swarm.ServiceMode", {
          Replicated: pointer(struct("swarm.ReplicatedService", { Replicas: pointer(uint(64)) })),
          Global: pointer(struct("swarm.GlobalService", {})),
          ReplicatedJob: pointer(
            struct("swarm.ReplicatedJob", {
              MaxConcurrent: pointer(uint(64)),
              TotalCompletions: pointer(uint(64)),
            }),
          ),
          GlobalJob: pointer(struct("swarm.GlobalJob", {})),
        }),
        UpdateConfig: update[name],
        RollbackConfig: update[name],
        Networks: pick<Shape | undefined>(networks, networks, networks, undefined),
        EndpointSpec: pointer(
          struct("swarm.EndpointSpec", {
            Mode: text("swarm.ResolutionMode"),
            Ports: list(
              struct("swarm.PortConfig", {
                Name: text(),
                Protocol: text("swarm.PortConfigProtocol"),
                TargetPort: uint(32),
                PublishedPort: uint(32),
                PublishMode: text("swarm.PortConfigPublishMode"),
              }),
            ),
          }),
        ),
      },
      annotations,
    );
    return pick(
      spec,
      spec,
      spec,
      struct("swarm.serviceWithLegacy", { Networks: networks }, embed("ServiceSpec", spec)),
    );
  }),
};
