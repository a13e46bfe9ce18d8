import type { User } from "@dryharbor/kernel/host";
import type { HostConfig } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";

/** The only name in /etc/passwd and /etc/group of the simulator's images. */
const known = "root";

const highestId = 2 ** 31 - 1;

/** Returns the problem with a `User`: `user`, `user:group` or `:group`, each a name or a number. */
export function userProblem(text: string): string | undefined {
  const [user = "", group = ""] = text.split(":");
  return problem(user, "user", "passwd") ?? problem(group, "group", "group");
}

/** Returns the problem with the additional groups of a process. */
export function groupsProblem({ containers }: Release, { GroupAdd }: HostConfig): string | undefined {
  for (const group of (GroupAdd ?? []) as readonly string[]) {
    if (group === known) continue;
    if (!/^[+-]?\d+$/.test(group)) return containers.unknownGroup(group);
    const wrong = problem(group, "group", "group");
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function problem(name: string, kind: string, file: string): string | undefined {
  if (name === "" || name === known) return undefined;
  if (!/^[+-]?\d+$/.test(name)) return `unable to find ${kind} ${name}: no matching entries in ${file} file`;
  const id = Number(name);
  return id < 0 || id > highestId ? `uids and gids must be in range 0-${highestId}` : undefined;
}

/**
 * Returns the user and group of a configuration's `User`: `user` or `user:group`, each a name or a number.
 */
export function userOf(text: string): User {
  const [user = "", group = ""] = text.split(":");
  return { uid: numberOf(user), gid: numberOf(group) };
}

function numberOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : 0;
}
