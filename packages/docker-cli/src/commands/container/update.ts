import { allOf } from "../../command/all-of.js";
import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { int, text, uint } from "../../command/flags.js";
import { kernelMemoryGone } from "../../command/going-flags.js";
import { restartPolicy } from "../../command/restart-policy.js";
import { bytes, bytesOrUnlimited, cpus } from "../../command/size-flags.js";
import { isIn } from "../../releases.js";

export const containerUpdate = command({
  name: "update",
  short: "Update configuration of one or more containers",
  usage: "[OPTIONS] CONTAINER [CONTAINER...]",
  arguments: atLeast(1),
  completes: "container",
  flags: {
    "blkio-weight": uint(undefined, { kind: "uint16", bits: 16 }),
    "cpu-period": int(),
    "cpu-quota": int(),
    "cpu-rt-period": int(undefined, { api: "1.25" }),
    "cpu-rt-runtime": int(undefined, { api: "1.25" }),
    "cpu-shares": int("c"),
    cpus: cpus({ api: "1.29" }),
    "cpuset-cpus": text(),
    "cpuset-mems": text(),
    "kernel-memory": bytes(undefined, { hidden: true, deprecated: kernelMemoryGone }),
    memory: bytes("m"),
    "memory-reservation": bytes(),
    "memory-swap": bytesOrUnlimited(),
    "pids-limit": int(undefined, { api: "1.40" }),
    restart: text(undefined, { completes: ["no", "always", "on-failure", "unless-stopped"] }),
  },
  async run(call) {
    const { engine, io, flags, given, release } = call;
    if (given.size === 0)
      throw new CommandError("you must provide one or more flags when using this command");
    const policy = restartPolicy(flags.restart, release);
    const request = {
      BlkioWeight: flags["blkio-weight"],
      CpusetCpus: flags["cpuset-cpus"],
      CpusetMems: flags["cpuset-mems"],
      CpuShares: flags["cpu-shares"],
      Memory: flags.memory,
      MemoryReservation: flags["memory-reservation"],
      MemorySwap: flags["memory-swap"],
      ...(isIn(release, { until: "29" }) && { KernelMemory: flags["kernel-memory"] }),
      CpuPeriod: flags["cpu-period"],
      CpuQuota: flags["cpu-quota"],
      CpuRealtimePeriod: flags["cpu-rt-period"],
      CpuRealtimeRuntime: flags["cpu-rt-runtime"],
      NanoCpus: flags.cpus,
      ...(given.has("pids-limit") && { PidsLimit: flags["pids-limit"] }),
      RestartPolicy: policy,
    };
    const warnings: string[] = [];
    try {
      await allOf(call, async (name) => {
        const { Warnings } = await engine.containers.update(name, request);
        warnings.push(...(Warnings ?? []));
      });
    } finally {
      if (warnings.length > 0) io.stdout(`${warnings.join("\n")}\n`);
    }
  },
});
