import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";

/** Returns the rows and columns that the terminals of a container have at first, if anybody has said so. */
export function consoleSizeOf({ release }: Daemon, { hostConfig }: Container): readonly number[] | undefined {
  return release.containers.sizesConsole
    ? (hostConfig.ConsoleSize as readonly number[] | undefined)
    : undefined;
}
