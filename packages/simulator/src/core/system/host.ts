/** The machine that every simulated engine runs on, as far as an engine tells of it. As in the lab's engines. */
export const host = {
  /** As Go has it. */
  arch: "amd64",
  /** As `uname -m` has it. */
  machine: "x86_64",
  kernelVersion: "6.12.48",
  operatingSystem: "Debian GNU/Linux 13 (trixie)",
  networkDrivers: ["bridge", "host", "ipvlan", "macvlan", "null", "overlay"],
  /** What a Linux has in /dev with no machine of any particular kind. */
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
} as const;
