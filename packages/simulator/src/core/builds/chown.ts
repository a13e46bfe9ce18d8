import type { Files } from "@dryharbor/kernel";
import { engineError } from "@dryharbor/sdk/port";
import { withinScope } from "../archive/scope.js";

/** A user and a group by their numbers. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Reads the value of `--chown`. Names are looked up in the files of the image.
 *
 * @param root the path of those files on the host, which messages name
 * @throws 500 nobody has the name
 */
export function ownerOf(files: Files, text: string, root: string): Owner {
  const refuse = (why: string) =>
    engineError(500, `unable to convert uid/gid chown string to host mapping: ${why}`);
  const parts = text.split(":");
  if (parts.length > 2) throw refuse(`invalid chown string format: ${text}`);
  const [user = "", group = user] = parts;
  const idOf = (name: string, kind: "user" | "group", path: string, id: "uid" | "gid"): number => {
    if (/^[+-]?\d+$/.test(name)) return Number(name);
    const before = `can't find ${id} for ${kind} ${name}: `;
    const real = withinScope(files, path);
    if (!files.exists(real)) throw refuse(`${before}open ${root}${real}: no such file or directory`);
    const lines = new TextDecoder().decode(files.content(real)).split("\n");
    const found = lines.map((line) => line.split(":")).find(([first]) => first === name);
    if (!found) throw refuse(`${before}no such ${kind}: ${name}`);
    return Number(found[2]) || 0;
  };
  const uid = idOf(user, "user", "/etc/passwd", "uid");
  return { uid, gid: idOf(group, "group", "/etc/group", "gid") };
}
