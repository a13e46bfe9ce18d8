import { engineError, type HostConfig } from "@dryharbor/sdk/port";
import { quotedText } from "../quote.js";
import type { Release } from "../releases/release.js";
import { parseBool } from "./log-driver.js";

/**
 * Checks `SecurityOpt`. Each option is `name`, `name=value` or, in the old form, `name:value`.
 *
 * @throws 500
 */
export function checkSecurityOptions({ containers }: Release, { SecurityOpt }: HostConfig): void {
  const flags = ["no-new-privileges", ...(containers.cgroupsMadeWritable ? ["writable-cgroups"] : [])];
  for (const option of Array.isArray(SecurityOpt) ? SecurityOpt.map(String) : []) {
    if (flags.includes(option) || option === "disable") continue;
    const cut = option.indexOf(option.includes("=") ? "=" : ":");
    if (cut === -1) throw refusal(1, option);
    const [name, value] = [option.slice(0, cut), option.slice(cut + 1)];
    if (["label", "apparmor", "seccomp"].includes(name)) continue;
    if (!flags.includes(name) || parseBool(value) === undefined) throw refusal(2, option);
  }
}

/** Makes the error. moby numbers the two ways in which an option can be wrong. */
function refusal(way: 1 | 2, option: string): Error {
  return engineError(500, `invalid --security-opt ${way}: ${quotedText(option)}`);
}
