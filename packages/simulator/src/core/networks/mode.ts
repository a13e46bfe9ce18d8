/** Network modes, and names of networks, that the engine reserves. */
const ownModes: readonly string[] = ["default", "bridge", "host", "none"];

/** Returns whether a container's mode, or a network's name, is that of a user-defined network. */
export function isUserDefinedMode(mode: string): boolean {
  return !ownModes.includes(mode) && !isContainerMode(mode);
}

/** Returns whether a container of this mode lives in another one's network namespace: `container:ID`. */
export function isContainerMode(mode: string): boolean {
  return mode.startsWith("container:");
}
