// Platforms such as `linux/arm64/v8`.
import { type Platform, PlatformError, readPlatform } from "@dryharbor/sdk/platform";
import { CommandError } from "../command/errors.js";
import { type Flag, readCsv } from "../command/flags.js";
import { isIn, type Release } from "../releases.js";

/** `--platform` of `save` and `load`: one platform, and since 29 several, with commas. */
export const platforms: Flag<readonly string[]> = {
  kind: "strings",
  initial: [],
  since: "28.5",
  api: "1.48",
  read(value, before, release) {
    if (isIn(release, { since: "29" })) return value === "" ? before : [...before, ...readCsv(value)];
    return value === "" ? [] : [value];
  },
};

/** `--platform` of `rmi`: several, with commas. */
export const removedPlatforms: Flag<readonly string[]> = {
  ...platforms,
  api: "1.50",
  read: (value, before) => (value === "" ? before : [...before, ...readCsv(value)]),
};

/** Reads the platform of a container that is to be made. @throws {CommandError} it is none */
export function checkCreationPlatform(text: string): void {
  if (text !== "") parsed(text, "error parsing specified platform: ");
}

/** Since 29 a command reads a platform before it does anything. @throws {CommandError} it is none */
export function checkPlatform(text: string, release: Release): void {
  if (text !== "" && isIn(release, { since: "29" })) parsed(text);
}

/** A platform as the engine takes it: JSON. `before` begins the error. @throws {CommandError} it is none */
export function platformJson(text: string, before = "invalid platform: "): string {
  const { os, architecture, variant } = parsed(text, before);
  return JSON.stringify({ os, architecture, ...(variant && { variant }) });
}

function parsed(text: string, before = ""): Platform {
  try {
    return readPlatform(text);
  } catch (error) {
    throw error instanceof PlatformError ? new CommandError(before + error.message) : error;
  }
}
