import type { Container } from "./container.js";

/** What `container:NAME` names; `undefined` for the other modes. */
export function joinedContainer(mode: string): string | undefined {
  return mode.startsWith("container:") ? mode.slice("container:".length) : undefined;
}

/** Whether the container has a network namespace that it shares with nobody. */
export function hasOwnNetwork({ config, hostConfig }: Container): boolean {
  return joinedContainer(hostConfig.NetworkMode) === undefined && config.NetworkDisabled !== true;
}
