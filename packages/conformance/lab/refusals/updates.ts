import type { Refusal } from "./refusal.js";

const swapped = {
  Image: "busybox",
  Cmd: ["sleep", "1000000"],
  HostConfig: { Memory: 67_108_864, MemorySwap: 134_217_728 },
};

/** Refusals of `docker update`, and of starts after an update. */
export const updateRefusals: readonly Refusal[] = [
  ...([1, -1, 262_145] as const).map((CpuShares): Refusal => {
    const limit =
      CpuShares === 1 ? "minimum allowed cpu-shares is 2" : "maximum allowed cpu-shares is 262144";
    const failure = `500 Cannot update container <running>: runc did not terminate successfully: exit status 1: the ${limit}\n`;
    return {
      request: ["POST /containers/running/update", { CpuShares }],
      says: { "20.10": `${failure}: unknown`, "26.1": `${failure}: unknown`, "28.5": failure },
    };
  }),
  {
    request: ["POST /containers/created/update", { IOMaximumIOps: 5 }],
    says: "400 Invalid QoS settings: linux does not support Maximum IO Bandwidth or Maximum IO IOps",
  },
  {
    request: ["POST /containers/created/update", { IOMaximumBandwidth: 5, CpusetMems: "x" }],
    says: "400 Invalid value x for cpuset mems: invalid format: x",
  },
  {
    request: ["POST /containers/nope/update", { IOMaximumIOps: 5, RestartPolicy: { Name: "x" } }],
    says: {
      "20.10": "404 No such container: nope",
      "26.1":
        "400 invalid restart policy: unknown policy 'x'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
      "28.5":
        "400 invalid restart policy: unknown policy 'x'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
    },
  },
  {
    // A restart policy without a name changes nothing, so its count is not looked at.
    request: ["POST /containers/nope/update", { RestartPolicy: { Name: "", MaximumRetryCount: -3 } }],
    says: "404 No such container: nope",
  },
  {
    given: [
      ["POST /containers/create?name=swapped", swapped],
      ["POST /containers/swapped/update", { MemorySwap: 5 }],
    ],
    request: ["POST /containers/swapped/start"],
    says: "400 Minimum memoryswap limit should be larger than memory limit, see usage",
  },
  {
    given: [["POST /containers/create?name=swapped", { ...swapped, HostConfig: { AutoRemove: true } }]],
    request: ["POST /containers/swapped/update", { RestartPolicy: { Name: "always" } }],
    says: "409 Cannot update container <swapped>: Restart policy cannot be updated because AutoRemove is enabled for the container",
  },
];
