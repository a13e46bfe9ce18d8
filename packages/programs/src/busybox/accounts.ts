// The names of users and groups, as programs look them up in /etc/passwd and /etc/group.
import { FileError, type Files } from "@dryharbor/kernel";

/** A line of /etc/passwd. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

/** A line of /etc/group. */
interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** The users and groups of the files that a process sees. Each file is read when somebody first asks. */
export class Accounts {
  readonly #files: Files;
  #users: readonly Account[] | undefined;
  #groups: readonly Group[] | undefined;

  constructor(files: Files) {
    this.#files = files;
  }

  /** Returns all users, in the order of the file. */
  users(): readonly Account[] {
    return this.#allUsers();
  }

  /** Returns all groups, in the order of the file. */
  groups(): readonly Group[] {
    return this.#allGroups();
  }

  userNamed(wanted: string): Account | undefined {
    return this.#allUsers().find(({ name }) => name === wanted);
  }

  userName(number: number): string | undefined {
    return this.#allUsers().find(({ uid }) => uid === number)?.name;
  }

  groupNumber(wanted: string): number | undefined {
    return this.#allGroups().find(({ name }) => name === wanted)?.gid;
  }

  groupName(number: number): string | undefined {
    return this.#allGroups().find(({ gid }) => gid === number)?.name;
  }

  /** Returns the groups of a user as initgroups(3) sets them: its own first, then those that list it. */
  groupsOf({ name, gid }: Account): number[] {
    const listing = this.#allGroups().filter((group) => group.gid !== gid && group.members.includes(name));
    return [gid, ...listing.map((group) => group.gid)];
  }

  #allUsers(): readonly Account[] {
    this.#users ??= recordsIn(this.#files, "/etc/passwd", 7).flatMap(
      ([name = "", , uid = "", gid = "", , home = "", shell = ""]) =>
        isNumber(uid) && isNumber(gid) ? [{ name, uid: Number(uid), gid: Number(gid), home, shell }] : [],
    );
    return this.#users;
  }

  #allGroups(): readonly Group[] {
    this.#groups ??= recordsIn(this.#files, "/etc/group", 4).flatMap(
      ([name = "", , gid = "", members = ""]) =>
        isNumber(gid) ? [{ name, gid: Number(gid), members: members.split(",") }] : [],
    );
    return this.#groups;
  }
}

/** Returns the fields of each line that has as many as it should. */
function recordsIn(files: Files, path: string, fields: number): string[][] {
  let content: Uint8Array;
  try {
    content = files.read(path);
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
  const lines = new TextDecoder().decode(content).split("\n");
  return lines.map((line) => line.split(":")).filter((record) => record.length === fields);
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}
