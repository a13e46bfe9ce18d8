import type { HostConfig } from "@dryharbor/sdk/port";
import { compareText } from "../go-order.js";
import type { Release } from "../releases/release.js";

/** The sysctls that each IPC namespace has for itself, as runc knows them. */
const ofIpc: ReadonlySet<string> = new Set([
  "kernel.msgmax",
  "kernel.msgmnb",
  "kernel.msgmni",
  "kernel.sem",
  "kernel.shm_rmid_forced",
  "kernel.shmall",
  "kernel.shmmax",
  "kernel.shmmni",
]);

const ofMessageQueues: ReadonlySet<string> = new Set(
  ["msg_default", "msg_max", "msgsize_default", "msgsize_max", "queues_max"].map(
    (name) => `fs.mqueue.${name}`,
  ),
);

/** The folders of net/ that every network namespace has. Every sysctl in them is assumed to exist. */
const netFolders = ["core", "ipv4", "ipv6", "mptcp", "netfilter", "unix"];

function sysctlsOf({ Sysctls }: HostConfig): [name: string, value: string][] {
  return Object.entries((Sysctls ?? {}) as Readonly<Record<string, string>>).sort(([one], [other]) =>
    compareText(one, other),
  );
}

/**
 * Returns why runc refuses to set a sysctl for a container; `undefined` when it sets all. It checks before
 * there is a process.
 */
export function sysctlRefusal(host: HostConfig): string | undefined {
  for (const [name] of sysctlsOf(host)) {
    if (ofIpc.has(name) || name.startsWith("fs.mqueue.")) {
      if (host.IpcMode !== "host") continue;
      return `sysctl "${name}" is not allowed in the hosts ipc namespace`;
    }
    if (name.startsWith("net.")) {
      if (host.NetworkMode !== "host") continue;
      return `sysctl "${name}" not allowed in host network namespace`;
    }
    if (name === "kernel.hostname") {
      return `sysctl "${name}" is not allowed as it conflicts with the OCI "hostname" field`;
    }
    if (name !== "kernel.domainname" || host.UTSMode === "host") {
      return `sysctl "${name}" is not in a separate kernel namespace`;
    }
  }
  return undefined;
}

/** Returns why a container's process cannot write a sysctl; `undefined` when it can write all. */
export function sysctlFailure({ containers }: Release, host: HostConfig): string | undefined {
  for (const [name, value] of sysctlsOf(host)) {
    if (name === "kernel.domainname") continue;
    const exists = name.startsWith("net.")
      ? netFolders.includes(name.split(".")[1] ?? "")
      : ofIpc.has(name) || ofMessageQueues.has(name);
    if (!exists) return containers.unknownSysctl(name);
    // All sysctls outside of net/ are non-negative numbers. The values in net/ are of many kinds and are not
    // checked.
    if (!name.startsWith("net.") && !/^\s*\d+(\s+\d+)*\s*$/.test(value)) {
      return containers.badSysctl(name, value);
    }
  }
  return undefined;
}
