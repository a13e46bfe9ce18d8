import type { Machine } from "@dryharbor/kernel";

/** The simulated host machine that every engine reports. Its values are those of the lab's engines. */
export const host = {
  /** The architecture's name in Go. */
  arch: "amd64",
  /** The architecture's name in `uname -m`. */
  machine: "x86_64",
  kernelVersion: "6.12.48",
  operatingSystem: "Debian GNU/Linux 13 (trixie)",
  networkDrivers: ["bridge", "host", "ipvlan", "macvlan", "null", "overlay"],
  /** The files that any Linux has in /dev, without those of particular hardware. */
  devices: [
    "console",
    "full",
    "fuse",
    "kmsg",
    "loop-control",
    "net/tun",
    "null",
    "ptmx",
    "pts/ptmx",
    "random",
    "tty",
    "urandom",
    "zero",
  ],
  cpus: 4,
  memory: 8_589_934_592,
  disk: {
    size: 67_317_620_736,
    used: 4_294_967_296,
    available: 59_550_728_192,
    inodes: 4_194_304,
    usedInodes: 131_072,
  },
} as const;

/** The same machine, as a kernel tells of it. */
export const machine: Machine = {
  architecture: host.machine,
  kernelVersion: host.kernelVersion,
  processors: host.cpus,
  memory: host.memory,
  disk: host.disk,
};
