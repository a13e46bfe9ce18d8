// The value of `--restart`.
import type { RestartPolicy } from "@dryharbor/sdk/port";
import type { Release } from "../releases.js";
import { CommandError } from "./errors.js";

/** Reads a restart policy, such as `on-failure:3`. @throws {CommandError} */
export function restartPolicy(value: string, release: Release): RestartPolicy {
  if (value === "") return {};
  const prefix = release.name === "20.10" ? "" : "invalid restart policy format: ";
  const at = value.indexOf(":");
  const name = at < 0 ? value : value.slice(0, at);
  const count = at < 0 ? undefined : value.slice(at + 1);
  if (release.name !== "20.10" && count !== undefined && name === "") {
    throw new CommandError(`${prefix}no policy provided before colon`);
  }
  if (count === undefined || count === "") return { Name: name, MaximumRetryCount: 0 };
  if (!/^[+-]?\d+$/.test(count)) throw new CommandError(`${prefix}maximum retry count must be an integer`);
  return { Name: name, MaximumRetryCount: Number(count) };
}
