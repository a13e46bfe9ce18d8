/** Modes, and names of networks, that are the engine's own. */
const ownModes: readonly string[] = ["default", "bridge", "host", "none"];

/** A container of this mode, or a network of this name, has the comforts of user-defined networks. */
export function isUserDefinedMode(mode: string): boolean {
  return !ownModes.includes(mode) && !isContainerMode(mode);
}

/** The mode of a container that lives in another's network namespace: `container:ID`. */
export function isContainerMode(mode: string): boolean {
  return mode.startsWith("container:");
}
