// What /proc/mounts says of a container.

import type { MountLine } from "@dryharbor/kernel/host";
import type { Daemon } from "../daemon.js";
import { mountSource } from "../mounts/mount-source.js";
import { cleanPath } from "../mounts/path.js";
import { mountSettings } from "../mounts/spec.js";
import type { Container } from "./container.js";
import { controlGroupOf, controllers } from "./control-groups.js";
import { layerDirectory } from "./layer-directory.js";

const isolated = "nosuid,nodev,noexec,relatime";
/** The host's disk, where volumes are, and what the engine writes for a container. */
const disk = { source: "/dev/sda1", type: "ext4" };

/** Lists what is mounted in a container, in the order in which runc mounts it. */
export function mountLines(daemon: Daemon, container: Container): MountLine[] {
  const { ReadonlyRootfs, ShmSize } = container.hostConfig;
  const access = ReadonlyRootfs ? "ro" : "rw";
  const layer = layerDirectory(daemon, container);
  const own = `${daemon.settings.dataRoot}/containers/${container.paths.owner || container.id}`;
  const directories = `lowerdir=${layer}-init/diff,upperdir=${layer}/diff,workdir=${layer}/work`;
  const line = (source: string, path: string, type: string, options: string) => ({
    source,
    path,
    type,
    options,
  });
  const group = controlGroupOf(container);
  const cgroup = (name: string, options = name) => ({
    ...line("cgroup", `/sys/fs/cgroup/${name}`, "cgroup", `ro,${isolated},${options}`),
    root: group,
  });
  const { mountsTmpfsFirst, masks } = daemon.release.containers;
  const ofDisk = (path: string, access: string, root: string) => ({
    ...disk,
    path,
    options: `${access},relatime`,
    root,
  });
  const volumes = (container.mounts ?? [])
    .filter(({ type }) => type === "volume" || type === "bind")
    .map((point) => ofDisk(point.destination, point.writable ? "rw" : "ro", mountSource(daemon, point)));
  const tmpfs = tmpfsLines(container);
  const masked = (path: string) => line("tmpfs", path, "tmpfs", masks.directory);
  return [
    line("overlay", "/", "overlay", `${access},relatime,${directories}`),
    line("proc", "/proc", "proc", `rw,${isolated}`),
    line("tmpfs", "/dev", "tmpfs", "rw,nosuid,size=65536k,mode=755"),
    line("devpts", "/dev/pts", "devpts", "rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666"),
    line("sysfs", "/sys", "sysfs", `ro,${isolated}`),
    line("tmpfs", "/sys/fs/cgroup", "tmpfs", `rw,${isolated},mode=755`),
    ...controllers.map((name) => cgroup(name)),
    cgroup("systemd", "name=systemd"),
    line("mqueue", "/dev/mqueue", "mqueue", `rw,${isolated}`),
    line(
      "shm",
      "/dev/shm",
      "tmpfs",
      `rw,${isolated},size=${Math.floor((Number(ShmSize ?? 0) || 67_108_864) / 1024)}k`,
    ),
    ...(mountsTmpfsFirst ? [...tmpfs, ...volumes] : [...volumes, ...tmpfs]),
    ...["resolv.conf", "hostname", "hosts"].map((name) => ofDisk(`/etc/${name}`, access, `${own}/${name}`)),
    ...["bus", "fs", "irq", "sys"].map((name) => ({
      ...line("proc", `/proc/${name}`, "proc", `ro,${isolated}`),
      root: `/${name}`,
    })),
    masked("/proc/acpi"),
    ...masks.files.map((name) => ({
      ...line("tmpfs", `/proc/${name}`, "tmpfs", "rw,nosuid,size=65536k,mode=755"),
      root: "/null",
    })),
    masked("/sys/firmware"),
  ];
}

function tmpfsLines({ hostConfig }: Container): MountLine[] {
  const { tmpfs, mounts } = mountSettings(hostConfig);
  const asked = [
    ...Object.entries(tmpfs).map(([path, options]) => [path, options.split(",")] as const),
    ...mounts
      .filter(({ Type }) => Type === "tmpfs")
      .map(({ Target = "", ReadOnly }) => [Target, ReadOnly ? ["ro"] : []] as const),
  ];
  return asked.map(([path, options]) => {
    const access = options.includes("ro") ? "ro" : "rw";
    const size = sizeIn(options);
    const shown = [access, isolated, ...(size === undefined ? [] : [`size=${size}k`])];
    return { source: "tmpfs", path: cleanPath(path), type: "tmpfs", options: shown.join(",") };
  });
}

/** In kibibytes. */
function sizeIn(options: readonly string[]): number | undefined {
  const [, digits, unit = ""] =
    options.map((option) => /^size=(\d+)([kmg]?)$/i.exec(option)).find(Boolean) ?? [];
  if (digits === undefined) return undefined;
  return Math.ceil((Number(digits) * 1024 ** " kmg".indexOf(unit.toLowerCase() || " ")) / 1024);
}
