import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { sortedByKey } from "../go-order.js";
import type { MountPoint } from "./mount-point.js";
import { mountSource } from "./mount-source.js";

/** Returns `Mounts` of inspect. */
export function showMounts(daemon: Daemon, { mounts }: Container): unknown[] {
  return (mounts ?? []).map((mount) => shown(mount, mountSource(daemon, mount)));
}

/** Returns `Mounts` of a list, which does not ask volumes for their directory. */
export function listMounts({ mounts }: Container): unknown[] {
  return (mounts ?? []).map((mount) => shown(mount, mount.source));
}

function shown({ type, name, destination, driver, mode, writable, propagation }: MountPoint, source: string) {
  return {
    Type: type,
    ...(name !== "" && { Name: name }),
    Source: source,
    Destination: destination,
    ...(driver !== "" && { Driver: driver }),
    Mode: mode,
    RW: writable,
    Propagation: propagation,
  };
}

type Fields = readonly (readonly [name: string, inner?: Fields | "map"])[];

/** The fields of an entry of `HostConfig.Mounts`, in the engine's order. Empty fields are left out. */
const specFields: Fields = [
  ["Type"],
  ["Source"],
  ["Target"],
  ["ReadOnly"],
  ["Consistency"],
  [
    "BindOptions",
    [
      ["Propagation"],
      ["NonRecursive"],
      ["CreateMountpoint"],
      ["ReadOnlyNonRecursive"],
      ["ReadOnlyForceRecursive"],
    ],
  ],
  [
    "VolumeOptions",
    [["NoCopy"], ["Labels", "map"], ["Subpath"], ["DriverConfig", [["Name"], ["Options", "map"]]]],
  ],
  ["ImageOptions", [["Subpath"]]],
  ["TmpfsOptions", [["SizeBytes"], ["Mode"], ["Options"]]],
  ["ClusterOptions", []],
];

/** Returns `HostConfig.Mounts` of inspect. */
export function showSpecs(specs: unknown): unknown {
  return Array.isArray(specs) ? specs.map((spec) => showFields(spec, specFields)) : specs;
}

function showFields(value: unknown, fields: Fields): Record<string, unknown> {
  const given = (value ?? {}) as Readonly<Record<string, unknown>>;
  const shown: Record<string, unknown> = {};
  for (const [name, inner] of fields) {
    const field = given[name];
    // Go leaves out empty values, but structs only if they are absent.
    if (!field || (Array.isArray(field) && field.length === 0)) continue;
    if (inner === "map") {
      const map = field as Readonly<Record<string, unknown>>;
      if (Object.keys(map).length > 0) shown[name] = sortedByKey(map);
    } else {
      shown[name] = inner ? showFields(field, inner) : field;
    }
  }
  return shown;
}
