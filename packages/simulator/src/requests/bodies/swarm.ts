import { everyRelease } from "../../core/json/every-release.js";
import {
  bool,
  bytes,
  embed,
  int,
  list,
  map,
  pointer,
  type Shape,
  struct,
  text,
  uint,
} from "../../core/json/shape.js";
import { prefix } from "../../core/json/text-types.js";
import type { SwarmInitRequest } from "../../core/swarm/init.js";
import type { SwarmJoinRequest } from "../../core/swarm/join.js";
import type { NodeSpec } from "../../core/swarm/nodes/nodes.js";
import type { ObjectSpec } from "../../core/swarm/objects/object.js";
import type { SwarmSpec } from "../../core/swarm/spec.js";
import type { Body } from "../body.js";

const textMap = map(text());

/** The name and labels of an object of a swarm. */
export const annotations = embed(
  "Annotations",
  struct("swarm.Annotations", { Name: text(), Labels: textMap }),
);

/** A driver with its options. */
export const driver = pointer(struct("swarm.Driver", { Name: text(), Options: textMap }));

const spec = struct(
  "swarm.Spec",
  {
    Orchestration: struct("swarm.OrchestrationConfig", { TaskHistoryRetentionLimit: pointer(int()) }),
    Raft: struct("swarm.RaftConfig", {
      SnapshotInterval: uint(64),
      KeepOldSnapshots: pointer(uint(64)),
      LogEntriesForSlowFollowers: uint(64),
      ElectionTick: int("int"),
      HeartbeatTick: int("int"),
    }),
    Dispatcher: struct("swarm.DispatcherConfig", { HeartbeatPeriod: int("time.Duration") }),
    CAConfig: struct("swarm.CAConfig", {
      NodeCertExpiry: int("time.Duration"),
      ExternalCAs: list(
        pointer(
          struct("swarm.ExternalCA", {
            Protocol: text("swarm.ExternalCAProtocol"),
            URL: text(),
            Options: textMap,
            CACert: text(),
          }),
        ),
      ),
      SigningCACert: text(),
      SigningCAKey: text(),
      ForceRotate: uint(64),
    }),
    TaskDefaults: struct("swarm.TaskDefaults", { LogDriver: driver }),
    EncryptionConfig: struct("swarm.EncryptionConfig", { AutoLockManagers: bool }),
  },
  annotations,
);

const availability = text("swarm.NodeAvailability");

export const swarmInit: Body<SwarmInitRequest> = {
  reading: "swarm",
  shape: everyRelease((pick) =>
    struct("swarm.InitRequest", {
      ListenAddr: text(),
      AdvertiseAddr: text(),
      DataPathAddr: text(),
      DataPathPort: uint(32),
      ForceNewCluster: bool,
      Spec: spec,
      AutoLockManagers: bool,
      Availability: availability,
      DefaultAddrPool: list(pick<Shape>(text(), text(), text(), prefix)),
      SubnetSize: uint(32),
    }),
  ),
};

export const swarmJoin: Body<SwarmJoinRequest> = {
  reading: "swarm",
  shape: everyRelease(() =>
    struct("swarm.JoinRequest", {
      ListenAddr: text(),
      AdvertiseAddr: text(),
      DataPathAddr: text(),
      RemoteAddrs: list(text()),
      JoinToken: text(),
      Availability: availability,
    }),
  ),
};

export const swarmUpdate: Body<SwarmSpec> = { reading: "swarm", shape: everyRelease(() => spec) };

export const swarmUnlock: Body<object> = {
  reading: "swarm",
  shape: everyRelease(() => struct("swarm.UnlockRequest", { UnlockKey: text() })),
};

export const nodeUpdate: Body<NodeSpec> = {
  reading: "swarm",
  shape: everyRelease(() =>
    struct("swarm.NodeSpec", { Role: text("swarm.NodeRole"), Availability: availability }, annotations),
  ),
};

export const secretSpec: Body<ObjectSpec> = {
  reading: "swarm",
  shape: everyRelease(() =>
    struct("swarm.SecretSpec", { Data: bytes, Driver: driver, Templating: driver }, annotations),
  ),
};

export const configSpec: Body<ObjectSpec> = {
  reading: "swarm",
  shape: everyRelease(() => struct("swarm.ConfigSpec", { Data: bytes, Templating: driver }, annotations)),
};
