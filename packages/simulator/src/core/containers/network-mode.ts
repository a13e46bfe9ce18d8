import type { Container } from "./container.js";

/** Returns the container that a mode `container:NAME` names; `undefined` for every other mode. */
export function joinedContainer(mode: string): string | undefined {
  return mode.startsWith("container:") ? mode.slice("container:".length) : undefined;
}

/**
 * Returns whether the container attaches networks itself: it joins no other container's namespace, and has
 * networking.
 */
export function hasOwnNetwork({ config, hostConfig }: Container): boolean {
  return joinedContainer(hostConfig.NetworkMode) === undefined && config.NetworkDisabled !== true;
}
