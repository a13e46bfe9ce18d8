// The control groups of a container's processes, on a host with version 1 of them.

import type { Container } from "./container.js";

/** The controllers, in the order in which they are mounted. */
export const controllers = ["cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "blkio", "pids"];

/** Returns the control group of a container, by its path. */
export function controlGroupOf({ id, hostConfig }: Container): string {
  const { CgroupParent = "" } = hostConfig as { readonly CgroupParent?: string };
  return `${CgroupParent ? CgroupParent.replace(/^\/*/, "/") : "/docker"}/${id}`;
}

/** Writes the text of /proc/PID/cgroup. */
export function controlGroups(container: Container): string {
  const group = container.hostConfig.CgroupnsMode === "private" ? "/" : controlGroupOf(container);
  const hierarchies = [...controllers, "name=systemd"].map((name, at) => `${at + 1}:${name}:${group}\n`);
  return [...hierarchies.reverse(), `0::${group}\n`].join("");
}
