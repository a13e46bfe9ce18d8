// The error of a context that is not there. There is `default` alone.

import { sha256 } from "@dryharbor/kernel";
import type { Release } from "../releases.js";
import type { Call } from "./command.js";
import { CommandError } from "./errors.js";

/** The error of a context that is not there. */
export function contextNotFound(
  { release, session }: Pick<Call, "release" | "session">,
  name: string,
): CommandError {
  return new CommandError(noContext(release, session.configFolder, name));
}

/** What docker says of a context that is not there. */
export function noContext(release: Release, configFolder: string, name: string): string {
  if (release.name === "20.10") return `context "${name}" does not exist`;
  const digest = [...sha256(new TextEncoder().encode(name))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  return `context "${name}": context not found: open ${configFolder}/contexts/meta/${digest}/meta.json: no such file or directory`;
}
