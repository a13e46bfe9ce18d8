import { FileError } from "@dryharbor/kernel";
import type { Container } from "../containers/container.js";
import { ownFiles } from "../containers/files.js";
import type { Daemon } from "../daemon.js";
import { mountSettings } from "./spec.js";

/** Where the container has something mounted that is not its own, and whose directories are not the layer's. */
const elsewhere = ["/dev", "/proc", "/sys", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf"];

/** What an init is mounted on. */
const initPath = "/sbin/docker-init";

/**
 * What runc makes at each start for what is mounted and has no files here: directories for the host's, and a file for
 * an init. It stays in the container's layer, and so in a diff, an export and a commit.
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

/** A file where a directory should be. */
function unlessRefused(make: () => void): void {
  try {
    make();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}
