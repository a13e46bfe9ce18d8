// The values of `--security-opt`.
import { FileError } from "@dryharbor/kernel";
import { CommandError } from "../command/errors.js";
import { quoted } from "../command/quoted.js";
import type { CommandIo } from "../io.js";
import { isIn, type Release } from "../releases.js";

/** Reads them. Files with a profile are sent with their content. @throws {CommandError} */
export function readSecurityOptions(
  io: CommandIo,
  release: Release,
  values: readonly string[],
): { readonly options: readonly string[]; readonly seesSystemPaths: boolean } {
  const options = values.map((value) => {
    const at = value.includes("=") ? value.indexOf("=") : value.indexOf(":");
    const name = at < 0 ? value : value.slice(0, at);
    const rest = at < 0 ? "" : value.slice(at + 1);
    if (rest === "" && name !== "no-new-privileges") {
      const invalid = isIn(release, { since: "29" }) ? "invalid" : "Invalid";
      throw new CommandError(`${invalid} --security-opt: ${quoted(value)}`);
    }
    const isFile = name === "seccomp" && rest !== "builtin" && rest !== "unconfined";
    return isFile ? `seccomp=${profile(io, rest)}` : value;
  });
  const kept = options.filter((option) => option !== "systempaths=unconfined");
  return { options: kept, seesSystemPaths: kept.length < options.length };
}

function profile(io: CommandIo, path: string): string {
  let text: string;
  try {
    text = new TextDecoder().decode(io.files.read(path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new CommandError(
      `opening seccomp profile (${path}) failed: open ${path}: ${error.message.toLowerCase()}`,
    );
  }
  try {
    return JSON.stringify(JSON.parse(text));
  } catch (error) {
    throw new CommandError(
      `compacting json for seccomp profile (${path}) failed: ${(error as Error).message}`,
    );
  }
}
