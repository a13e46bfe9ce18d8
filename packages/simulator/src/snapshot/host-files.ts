import { FileSystem } from "@dryharbor/kernel/host";
import { hostDisk } from "../core/host/disk.js";
import type { HostFiles } from "../core/host/files.js";
import type { DaemonSettings } from "../core/settings.js";
import { restoreInodes, type SavedInode, saveInodes } from "./saved-inodes.js";

/** Saves the disk of the host: nothing as long as it is as it was installed. */
export function saveHostFiles({ disk }: HostFiles): readonly SavedInode[] {
  return disk.changed.size === 0 ? [] : saveInodes(disk.freeze().inodes);
}

/** Restores the disk of the host. What was mounted on the host is mounted again by whoever did so. */
export function restoreHostFiles(settings: DaemonSettings, saved: readonly SavedInode[] = []): HostFiles {
  if (saved.length === 0) return { disk: hostDisk(settings), folders: new Map() };
  const inodes = restoreInodes(saved);
  return { disk: new FileSystem({ inodes, next: Math.max(...inodes.keys()) + 1 }), folders: new Map() };
}
