import { FileError } from "@dryharbor/kernel";
import type { Container } from "../containers/container.js";
import { ownFiles } from "../containers/files.js";
import type { Daemon } from "../daemon.js";
import { mountSettings } from "./spec.js";

/** Paths that are mounts of every container, so directories below them are not part of its layer. */
const elsewhere = ["/dev", "/proc", "/sys", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf"];

/** The path on which Docker's init is mounted. */
const initPath = "/sbin/docker-init";

/**
 * Makes the mount points that runc makes at each start: directories for bind mounts, and a file for an init.
 * They stay in the container's layer, and so in a diff, an export and a commit.
 */
export function makeMountPoints(daemon: Daemon, container: Container): void {
  const { hostConfig, mounts } = container;
  if (!mounts && hostConfig.Init !== true) return;
  const all = [
    ...(mounts ?? []).map(({ destination }) => destination),
    ...Object.keys(mountSettings(hostConfig).tmpfs),
  ];
  const covers = [...elsewhere, ...all];
  const files = ownFiles(daemon, container);
  for (const { type, destination: path } of mounts ?? []) {
    if (type !== "bind") continue;
    if (covers.some((cover) => path.startsWith(`${cover}/`)) || elsewhere.includes(path)) continue;
    unlessRefused(() => files.makeDirectories(path, 0o755));
  }
  if (hostConfig.Init === true) {
    unlessRefused(() => {
      if (files.exists(initPath)) return;
      files.makeDirectories("/sbin", 0o755);
      files.write(initPath, "", { mode: 0o755 });
    });
  }
}

/** Ignores that a file is in the place of a directory. */
function unlessRefused(make: () => void): void {
  try {
    make();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}
