// Whom a process runs as: the user and the groups of a configuration, looked up in the files of the container.

import type { User } from "@dryharbor/kernel";
import type { Files } from "@dryharbor/kernel/host";
import type { HostConfig } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import type { Release } from "../releases/release.js";
import { accountsOf, type Group, groupsOf, integerOf } from "./accounts.js";
import { capabilitiesOf } from "./capabilities.js";
import type { Container } from "./container.js";
import { ownFiles, processFiles } from "./files.js";

const root: User = { uid: 0, gid: 0, groups: [0] };
const highestId = 2 ** 31 - 1;
const outOfRange = `uids and gids must be in range 0-${highestId}`;

/**
 * Returns the user that a configuration's `User` means: `user`, `user:group` or `:group`, each a name or a
 * number. Files that are mounted are not looked at, as the engine looks before it mounts them.
 * A name that nobody has by now is root's: it was there when the process started.
 *
 * @param options of an exec: `Privileged` leaves root all of its capabilities
 */
export function userOf(
  daemon: Daemon,
  container: Container,
  text: string,
  { Privileged = false }: { readonly Privileged?: boolean } = {},
): User {
  const { hostConfig } = container;
  const capabilities = capabilitiesOf(Privileged ? { ...hostConfig, Privileged } : hostConfig);
  const files = ownFiles(daemon, container);
  const groups = groupsOf(files);
  const found = specified(daemon.release, files, groups, text);
  const more = additional(daemon.release, groups, container.hostConfig);
  if (typeof found === "string" || typeof more === "string") return { ...root, capabilities };
  const all = [found.gid, ...found.groups, ...more].sort((one, other) => one - other);
  const repeated = daemon.release.containers.repeatsGroups;
  return { ...found, groups: repeated ? all : [...new Set(all)], capabilities };
}

/** Returns the problem with a `User`, or `undefined`. */
export function userProblem(daemon: Daemon, container: Container, text: string): string | undefined {
  if (text === "") return undefined;
  const files = ownFiles(daemon, container);
  const found = specified(daemon.release, files, groupsOf(files), text);
  return typeof found === "string" ? found : undefined;
}

/** Returns the problem with the additional groups of a container's processes, or `undefined`. */
export function groupsProblem(daemon: Daemon, container: Container): string | undefined {
  if (!container.hostConfig.GroupAdd) return undefined;
  const found = additional(daemon.release, groupsOf(ownFiles(daemon, container)), container.hostConfig);
  return typeof found === "string" ? found : undefined;
}

/** Returns the home directory of a user, as runc finds it in the files that the process sees. */
export function homeOf(daemon: Daemon, container: Container, { uid }: User): string {
  const account = accountsOf(processFiles(daemon, container)).find((each) => each.uid === uid);
  return account ? account.home : "/";
}

/** Returns the user, with the groups that it is a member of, or the problem. */
function specified(
  { containers }: Release,
  files: Files,
  groups: readonly Group[],
  text: string,
): User | string {
  const [user = "", ...rest] = text.split(":");
  const group = containers.groupIsAllBehindUser ? rest.join(":") : (rest[0] ?? "");
  const number = integerOf(user);
  const account = accountsOf(files).find(({ name, uid }) =>
    user === "" ? uid === 0 : number === undefined ? name === user : uid === number,
  );
  if (!account && user !== "") {
    if (number === undefined) return `unable to find user ${user}: no matching entries in passwd file`;
    if (number < 0 || number > highestId) return outOfRange;
  }
  const { uid, gid } = account ?? { uid: number ?? 0, gid: 0 };
  if (group === "") {
    const member = account ? groups.filter(({ members }) => members.includes(account.name)) : [];
    return { uid, gid, groups: member.map((each) => each.gid) };
  }
  const wanted = integerOf(group);
  const found = groups.find((each) => (wanted === undefined ? each.name === group : each.gid === wanted));
  if (found) return { uid, gid: found.gid, groups: [] };
  if (wanted === undefined) return `unable to find group ${group}: no matching entries in group file`;
  return wanted < 0 || wanted > highestId ? outOfRange : { uid, gid: wanted, groups: [] };
}

/** Returns the numbers of the groups of `GroupAdd`, or the problem with one. */
function additional(
  { containers }: Release,
  groups: readonly Group[],
  { GroupAdd }: HostConfig,
): number[] | string {
  const gids = new Set<number>();
  for (const text of (GroupAdd ?? []) as readonly string[]) {
    const found = groups.find(({ name, gid }) => name === text || String(gid) === text);
    // The older releases do not find a group that they have found already.
    if (found && (containers.findsGroupAgain || !gids.has(found.gid))) {
      gids.add(found.gid);
      continue;
    }
    const gid = integerOf(text);
    if (gid === undefined) return containers.unknownGroup(text);
    if (gid < 0 || gid > highestId) return outOfRange;
    gids.add(gid);
  }
  return [...gids];
}
