import { everyRelease } from "../../core/json/every-release.js";
import {
  bool,
  embed,
  int,
  list,
  map,
  mapBy,
  pointer,
  type Shape,
  struct,
  text,
  uint,
  wholeStruct,
  words,
} from "../../core/json/shape.js";
import { addr, port } from "../../core/json/text-types.js";
import { mount } from "./mounts.js";

const texts = list(text());
const textMap = map(text());

const throttles = list(pointer(wholeStruct("blkiodev.ThrottleDevice", { Path: text(), Rate: uint(64) })));

export const ulimits = list(pointer(wholeStruct("units.Ulimit", { Name: text(), Hard: int(), Soft: int() })));

/** The resources that a container may use, and that an update can change. */
export const resources = everyRelease((pick) =>
  struct("container.Resources", {
    CpuShares: int(),
    Memory: int(),
    NanoCpus: int(),
    CgroupParent: text(),
    BlkioWeight: uint(16),
    BlkioWeightDevice: list(
      pointer(wholeStruct("blkiodev.WeightDevice", { Path: text(), Weight: uint(16) })),
    ),
    BlkioDeviceReadBps: throttles,
    BlkioDeviceWriteBps: throttles,
    BlkioDeviceReadIOps: throttles,
    BlkioDeviceWriteIOps: throttles,
    CpuPeriod: int(),
    CpuQuota: int(),
    CpuRealtimePeriod: int(),
    CpuRealtimeRuntime: int(),
    CpusetCpus: text(),
    CpusetMems: text(),
    Devices: list(
      wholeStruct("container.DeviceMapping", {
        PathOnHost: text(),
        PathInContainer: text(),
        CgroupPermissions: text(),
      }),
    ),
    DeviceCgroupRules: texts,
    DeviceRequests: list(
      wholeStruct("container.DeviceRequest", {
        Driver: text(),
        Count: int("int"),
        DeviceIDs: texts,
        Capabilities: list(texts),
        Options: textMap,
      }),
    ),
    KernelMemory: pick<Shape | undefined>(int(), int(), int(), undefined),
    KernelMemoryTCP: pick<Shape | undefined>(int(), int(), int(), undefined),
    MemoryReservation: int(),
    MemorySwap: int(),
    MemorySwappiness: pointer(int()),
    OomKillDisable: pointer(bool),
    PidsLimit: pointer(int()),
    Ulimits: ulimits,
    CpuCount: int(),
    CpuPercent: int(),
    IOMaximumIOps: uint(64),
    IOMaximumBandwidth: uint(64),
  }),
);

export const restartPolicy = everyRelease((pick) =>
  struct("container.RestartPolicy", {
    Name: text(pick("string", "container.RestartPolicyMode", "container.RestartPolicyMode")),
    MaximumRetryCount: int("int"),
  }),
);

export const hostConfig = everyRelease((pick, name) => {
  const capabilities = pick<Shape>(words, words, words, texts);
  const older = map(list(struct("nat.PortBinding", { HostIp: text(), HostPort: text() })), "nat.PortMap");
  const bindings = list(struct("network.PortBinding", { HostIp: addr, HostPort: text() }));
  return struct(
    "container.HostConfig",
    {
      Binds: texts,
      ContainerIDFile: text(),
      LogConfig: struct("container.LogConfig", { Type: text(), Config: textMap }),
      NetworkMode: text("container.NetworkMode"),
      PortBindings: pick(older, older, older, mapBy(port, bindings)),
      RestartPolicy: restartPolicy[name],
      AutoRemove: bool,
      VolumeDriver: text(),
      VolumesFrom: texts,
      ConsoleSize: list({ kind: "uint", type: "uint", bits: 64 }, 2),
      Annotations: pick<Shape | undefined>(undefined, textMap, textMap),
      CapAdd: capabilities,
      CapDrop: capabilities,
      CgroupnsMode: text("container.CgroupnsMode"),
      Dns: pick(texts, texts, texts, list(addr)),
      DnsOptions: texts,
      DnsSearch: texts,
      ExtraHosts: texts,
      GroupAdd: texts,
      IpcMode: text("container.IpcMode"),
      Cgroup: text("container.CgroupSpec"),
      Links: texts,
      OomScoreAdj: int("int"),
      PidMode: text("container.PidMode"),
      Privileged: bool,
      PublishAllPorts: bool,
      ReadonlyRootfs: bool,
      SecurityOpt: texts,
      StorageOpt: textMap,
      Tmpfs: textMap,
      UTSMode: text("container.UTSMode"),
      UsernsMode: text("container.UsernsMode"),
      ShmSize: int(),
      Sysctls: textMap,
      Runtime: text(),
      Isolation: text("container.Isolation"),
      Mounts: list(mount[name]),
      MaskedPaths: texts,
      ReadonlyPaths: texts,
      Init: pointer(bool),
    },
    embed("Resources", resources[name]),
  );
});
