// /etc/passwd and /etc/group of a container, as the engine and runc read them. `user.ts` asks for them.

import { FileError } from "@dryharbor/kernel";
import type { Files } from "@dryharbor/kernel/host";

/** A line of /etc/passwd. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** A line of /etc/group. */
export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** Returns the lines of /etc/passwd; none if there is no such file. */
export function accountsOf(files: Files): readonly Account[] {
  return parsed(files, "/etc/passwd", accounts, ([name = "", , uid = "", gid = "", , home = ""]) => ({
    name,
    uid: integerOf(uid) ?? 0,
    gid: integerOf(gid) ?? 0,
    home,
  }));
}

/** Returns the lines of /etc/group; none if there is no such file. */
export function groupsOf(files: Files): readonly Group[] {
  return parsed(files, "/etc/group", groups, ([name = "", , gid = "", members = ""]) => ({
    name,
    gid: integerOf(gid) ?? 0,
    members: members.split(","),
  }));
}

// By content, since the containers of an image share it.
const accounts = new WeakMap<Uint8Array, readonly Account[]>();
const groups = new WeakMap<Uint8Array, readonly Group[]>();

/** Parses a file as Go does, which leaves out fields that are missing and takes every line for one. */
function parsed<Line>(
  files: Files,
  path: string,
  known: WeakMap<Uint8Array, readonly Line[]>,
  line: (fields: string[]) => Line,
): readonly Line[] {
  let content: Uint8Array;
  try {
    content = files.content(files.realpath(path));
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
  let found = known.get(content);
  if (!found) {
    const lines = new TextDecoder().decode(content).split("\n");
    found = lines.flatMap((text) => (text.trim() === "" ? [] : [line(text.trim().split(":"))]));
    known.set(content, found);
  }
  return found;
}

/** Reads a whole number as Go's `strconv.Atoi` does; `undefined` for any other text. */
export function integerOf(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}
