// Which of root's capabilities a container leaves to its processes.

import {
  allCapabilities,
  type Capabilities,
  type Capability,
  capabilityNames,
  capabilitySet,
} from "@dryharbor/kernel";
import type { HostConfig } from "@dryharbor/sdk/port";

const byDefault: readonly Capability[] = [
  "chown",
  "dac_override",
  "fsetid",
  "fowner",
  "mknod",
  "net_raw",
  "setgid",
  "setuid",
  "setfcap",
  "setpcap",
  "net_bind_service",
  "sys_chroot",
  "kill",
  "audit_write",
];
const defaultSet = capabilitySet(byDefault);

/** The word for all capabilities. */
const all = "ALL";

/** Returns the name of a capability in the engine's form, such as `CAP_CHOWN`, and whether there is one. */
export function capabilityNamed(text: string): { readonly name: string; readonly isKnown: boolean } {
  const name = text.toUpperCase().replace(/^(?!CAP_|ALL$)/, "CAP_");
  return { name, isKnown: name === all || known.has(name) };
}

const known: ReadonlyMap<string, Capability> = new Map(
  capabilityNames.map((name) => [`CAP_${name.toUpperCase()}`, name]),
);

/** Returns the capabilities of a container's processes, as moby's `TweakCapabilities` finds them. */
export function capabilitiesOf({ Privileged, CapAdd, CapDrop }: HostConfig): Capabilities {
  if (Privileged) return allCapabilities;
  if (!CapAdd?.length && !CapDrop?.length) return defaultSet;
  const added = named(CapAdd);
  const dropped = new Set(named(CapDrop));
  const without = (from: readonly Capability[]) => from.filter((name) => !dropped.has(name));
  if (isAll(CapAdd)) return capabilitySet(without(capabilityNames));
  if (isAll(CapDrop)) return capabilitySet(added);
  return capabilitySet([...without(byDefault), ...added]);
}

function isAll(texts: readonly string[] | null | undefined): boolean {
  return (texts ?? []).some((text) => capabilityNamed(text).name === all);
}

function named(texts: readonly string[] | null | undefined): Capability[] {
  return (texts ?? []).flatMap((text) => known.get(capabilityNamed(text).name) ?? []);
}
