// Volumes in the short syntax: `data:/data:ro`, `./here:/there`, `/anonymous`.

import { ComposeError } from "./error.js";
import type { TreeMap } from "./tree.js";

const propagations = ["rprivate", "private", "rshared", "shared", "rslave", "slave"];

/** Whether a volume's source is a path of the host. */
export const isPath = (source: string) =>
  /^[./~]/.test(source) || /^\\\\/.test(source) || /^\p{L}:/u.test(source);

/** An absolute path without `.`, `..` and doubled slashes. */
export function cleanPath(path: string): string {
  const kept: string[] = [];
  const absolute = path.startsWith("/");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (!absolute) kept.push(part);
  }
  return (absolute ? "/" : "") + kept.join("/") || ".";
}

/**
 * Reads a volume in the short syntax, as one in the long syntax.
 * @throws {ComposeError} a part of it is empty, or there are too many.
 */
export function parseVolume(spec: string): TreeMap {
  if (spec === "") throw new ComposeError("invalid empty volume spec");
  const fail = (reason: string): never => {
    throw new ComposeError(`invalid spec: ${spec}: ${reason}`);
  };
  const [first = "", second, third] = spec.length < 3 ? [spec] : sections(spec, fail);
  const [source, target] = second === undefined ? ["", first] : [first, second];
  const bind: TreeMap = new Map();
  const volume: TreeMap = new Map();
  let readOnly = false;
  for (const option of third?.split(",") ?? []) {
    if (option === "ro" || option === "rw") readOnly = option === "ro";
    else if (option === "nocopy") volume.set("nocopy", true);
    else if (propagations.includes(option)) bind.set("propagation", option);
    else if (option === "z" || option === "Z") bind.set("selinux", option);
  }
  const mount: TreeMap = new Map();
  mount.set("type", isPath(source) ? "bind" : "volume");
  if (source) mount.set("source", source);
  mount.set("target", cleanPath(target));
  if (readOnly) mount.set("read_only", true);
  if (isPath(source)) {
    bind.set("create_host_path", true);
    mount.set("bind", bind);
    if (volume.size > 0) mount.set("volume", volume);
  } else {
    if (bind.size > 0) mount.set("bind", bind);
    // What is as short as this has no options.
    if (spec.length > 2) mount.set("volume", volume);
  }
  return mount;
}

/** The parts between colons. A letter alone before a colon is a drive of Windows; a variable keeps its colons. */
function sections(spec: string, fail: (reason: string) => never): string[] {
  const found: string[] = [];
  let current = "";
  let variables = 0;
  for (let at = 0; at <= spec.length; at++) {
    const character = spec[at];
    if (character === "$" && spec[at + 1] === "{") variables++;
    if (character === "}" && variables > 0) variables--;
    const end = character === undefined || (character === ":" && variables === 0);
    if (!end || (character === ":" && /^\p{L}$/u.test(current))) {
      current += character ?? "";
      continue;
    }
    if (current === "") fail("empty section between colons");
    if (found.length === 2 && character === ":") fail("too many colons");
    found.push(current);
    current = "";
  }
  return found;
}
