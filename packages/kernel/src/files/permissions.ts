// Who may do what with a file: the permission bits of its owner, its group and others.
import { type Capabilities, isCapable } from "../capabilities.js";
import type { Inode } from "./inode.js";

/** The user for whom files are opened. */
export interface Credentials {
  /** 0 is root, who may do what its capabilities allow. */
  readonly uid: number;
  readonly gid: number;
  /** The supplementary groups. */
  readonly groups: readonly number[];
  /** What the user may do when it is root. Default: everything, except to execute what nobody may. */
  readonly capabilities?: Capabilities;
}

/** What is wanted of a file, as in a mode: 4 reads, 2 writes, 1 executes a file or looks names up in a directory. */
export type Access = number;

export const readAccess: Access = 4;
export const writeAccess: Access = 2;
export const searchAccess: Access = 1;

const sticky = 0o1000;
const setUser = 0o4000;
const setGroup = 0o2000;

/** Returns whether a user may do all that is wanted. The first of owner, group and others that the user is decides. */
export function permits(user: Credentials, inode: Inode, wanted: Access): boolean {
  const { uid, gid, groups } = user;
  const isDirectory = inode.type === "directory";
  if (isCapable(user, "dac_override")) {
    return (wanted & searchAccess) === 0 || isDirectory || (inode.mode & 0o111) !== 0;
  }
  const onlyLooks = (wanted & ~(readAccess | (isDirectory ? searchAccess : 0))) === 0;
  if (onlyLooks && isCapable(user, "dac_read_search")) return true;
  const isInGroup = inode.gid === gid || groups.includes(inode.gid);
  const bits = inode.uid === uid ? inode.mode >> 6 : isInGroup ? inode.mode >> 3 : inode.mode;
  return (bits & wanted) === wanted;
}

/** Returns whether a user has the rights of a file's owner. */
export function owns(user: Credentials, inode: Inode): boolean {
  return user.uid === inode.uid || isCapable(user, "fowner");
}

/** Returns whether a user may remove a file's name from a sticky directory, as `/tmp` is, or any other. */
export function mayRemoveFrom(user: Credentials, directory: Inode, inode: Inode): boolean {
  return (directory.mode & sticky) === 0 || owns(user, inode) || owns(user, directory);
}

/** Returns whether a user may give a file to somebody: root may, and an owner to a group of which it is a member. */
export function mayGive(user: Credentials, inode: Inode, uid: number, gid: number): boolean {
  if (isCapable(user, "chown")) return true;
  const isMember = gid === inode.gid || gid === user.gid || user.groups.includes(gid);
  return user.uid === inode.uid && uid === inode.uid && isMember;
}

/** Returns whether a user may give a file another name (`fs.protected_hardlinks`, which is on). */
export function mayLink(user: Credentials, inode: Inode): boolean {
  if (owns(user, inode)) return true;
  const runsAsAnother =
    (inode.mode & setUser) !== 0 || (inode.mode & (setGroup | 0o010)) === (setGroup | 0o010);
  return inode.type === "file" && !runsAsAnother && permits(user, inode, readAccess | writeAccess);
}
