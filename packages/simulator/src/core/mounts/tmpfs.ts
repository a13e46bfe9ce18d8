import type { Files } from "@dryharbor/kernel";
import { emptyTree, FileSystem, rootInode } from "@dryharbor/kernel/host";
import type { HostConfig } from "@dryharbor/sdk/port";
import { cleanPath } from "./path.js";
import { mountSettings } from "./spec.js";

/** A file system that lasts as long as the container's run. */
export interface Tmpfs {
  readonly files: FileSystem;
  readonly writable: boolean;
}

/**
 * Makes the tmpfs mounts of a container that starts, by destination; `null` for none. Without a mode option,
 * a tmpfs has the mode of the directory in its place, as runc makes it.
 *
 * @param files the container's files before these mounts
 * @param now nanoseconds
 */
export function newTmpfs(hostConfig: HostConfig, files: Files, now: bigint): Map<string, Tmpfs> | null {
  const wanted = [
    ...Object.entries(mountSettings(hostConfig).tmpfs).map(
      ([path, options]) => [path, options.split(",")] as const,
    ),
    ...mountSettings(hostConfig)
      .mounts.filter(({ Type }) => Type === "tmpfs")
      .map(({ Target = "", ReadOnly, TmpfsOptions }) => {
        const mode = TmpfsOptions?.Mode ? [`mode=${TmpfsOptions.Mode.toString(8)}`] : [];
        return [Target, [...(ReadOnly ? ["ro"] : []), ...mode]] as const;
      }),
  ].map(([path, options]) => [cleanPath(path), made(files, cleanPath(path), options, now)] as const);
  return wanted.length > 0 ? new Map(wanted) : null;
}

/** Returns the options of a tmpfs that go to its file system, in the order in which the engine passes them. */
export function tmpfsData(hostConfig: HostConfig, destination: string): readonly string[] {
  const { tmpfs, mounts } = mountSettings(hostConfig);
  const given = Object.entries(tmpfs).find(([path]) => cleanPath(path) === destination)?.[1];
  if (given !== undefined) return given.split(",").filter((option) => option.includes("="));
  const { Mode, SizeBytes } =
    mounts.find(({ Target = "" }) => cleanPath(Target) === destination)?.TmpfsOptions ?? {};
  return [
    ...(Mode ? [`mode=${Mode.toString(8)}`] : []),
    ...(SizeBytes ? [`size=${shortSize(SizeBytes)}`] : []),
  ];
}

/** Writes a size in the largest unit that divides it. */
function shortSize(bytes: number): string {
  const unit = [30, 20, 10].find((power) => bytes % 2 ** power === 0);
  return unit === undefined ? String(bytes) : `${bytes / 2 ** unit}${{ 30: "g", 20: "m", 10: "k" }[unit]}`;
}

const openToAll = 0o1777;

function made(files: Files, path: string, options: readonly string[], now: bigint): Tmpfs {
  const number = (name: string, radix: number): number | undefined => {
    const text = options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1);
    const value = Number.parseInt(text ?? "", radix);
    return Number.isNaN(value) ? undefined : value;
  };
  const before = files.isDirectory(path) ? files.stat(path).mode : openToAll;
  const system = new FileSystem(emptyTree);
  system.put(rootInode, {
    ...system.directory(rootInode),
    mode: number("mode", 8) ?? before,
    uid: number("uid", 10) ?? 0,
    gid: number("gid", 10) ?? 0,
    mtime: now,
  });
  return { files: system, writable: !options.includes("ro") };
}
