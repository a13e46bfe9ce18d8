import type { Files } from "@dryharbor/kernel";
import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import type { Container } from "./container.js";
import { ownFiles } from "./files.js";

/** The owner of the files that a container's user creates. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Looks up the container's user in its own /etc/passwd and /etc/group. Returns `undefined` when it has none.
 * Before 28.5, the engine looks on the host, which only has root.
 *
 * @throws 400 (500 before 28.5) when there is no such user
 */
export function ownerOf(daemon: Daemon, container: Container): Owner | undefined {
  const User = container.config.User ?? "";
  if (User === "") return undefined;
  const { userOnHost } = daemon.release.archives;
  if (userOnHost !== "") {
    if (User === "root") return { uid: 0, gid: 0 };
    throw engineError(500, userOnHost);
  }
  const [user = "", group = ""] = User.split(":");
  const files = ownFiles(daemon, container);
  const entry = user === "" ? undefined : lookUp(files, "/etc/passwd", user);
  if (user !== "" && !entry && !isNumber(user)) {
    throw engineError(
      400,
      `failed to look up user "${User}" in container: no matching entries in passwd file`,
    );
  }
  const uid = entry ? Number(entry[2]) : Number(user);
  if (group === "") return { uid, gid: Number(entry?.[3] ?? 0) };
  const groupEntry = lookUp(files, "/etc/group", group);
  if (!groupEntry && !isNumber(group)) {
    throw engineError(
      400,
      `failed to look up user "${User}" in container: no matching entries in group file`,
    );
  }
  return { uid, gid: Number(groupEntry?.[2] ?? group) };
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}

/** Returns the fields of the line with this name or number. */
function lookUp(files: Files, path: string, wanted: string): readonly string[] | undefined {
  if (!files.exists(path)) return undefined;
  const lines = new TextDecoder().decode(files.read(path)).split("\n");
  return lines
    .map((line) => line.split(":"))
    .find(([name, , number]) => name === wanted || (isNumber(wanted) && number === wanted));
}
