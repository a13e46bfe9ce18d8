// What root may do, divided as capabilities(7) divides it, and who has which part.

const byNumber = [
  "chown",
  "dac_override",
  "dac_read_search",
  "fowner",
  "fsetid",
  "kill",
  "setgid",
  "setuid",
  "setpcap",
  "linux_immutable",
  "net_bind_service",
  "net_broadcast",
  "net_admin",
  "net_raw",
  "ipc_lock",
  "ipc_owner",
  "sys_module",
  "sys_rawio",
  "sys_chroot",
  "sys_ptrace",
  "sys_pacct",
  "sys_admin",
  "sys_boot",
  "sys_nice",
  "sys_resource",
  "sys_time",
  "sys_tty_config",
  "mknod",
  "lease",
  "audit_write",
  "audit_control",
  "setfcap",
  "mac_override",
  "mac_admin",
  "syslog",
  "wake_alarm",
  "block_suspend",
  "audit_read",
  "perfmon",
  "bpf",
  "checkpoint_restore",
] as const;

/** A capability of Linux, in lower case and without `CAP_`, for example `net_raw`. */
export type Capability = (typeof byNumber)[number];

/** The capabilities of Linux, in the order of their numbers. */
export const capabilityNames: readonly Capability[] = byNumber;

/** A set of capabilities: the sum of 2 to the power of each one's number. */
export type Capabilities = number;

/** All capabilities. */
export const allCapabilities: Capabilities = 2 ** byNumber.length - 1;

/** Makes a set of capabilities. Each name counts once. */
export function capabilitySet(names: Iterable<Capability>): Capabilities {
  return [...new Set(names)].reduce((sum, name) => sum + 2 ** byNumber.indexOf(name), 0);
}

const noCapabilities: Capabilities = 0;

/** Returns the capabilities that a user has: root has all that it is left, and nobody else has any. */
export function effectiveCapabilities(user: {
  readonly uid: number;
  readonly capabilities?: Capabilities;
}): Capabilities {
  return user.uid === 0 ? (user.capabilities ?? allCapabilities) : noCapabilities;
}

/** Returns whether a user has a capability. */
export function isCapable(
  user: { readonly uid: number; readonly capabilities?: Capabilities },
  capability: Capability,
): boolean {
  if (user.uid !== 0) return false;
  if (user.capabilities === undefined) return true;
  return Math.floor(user.capabilities / 2 ** byNumber.indexOf(capability)) % 2 === 1;
}
