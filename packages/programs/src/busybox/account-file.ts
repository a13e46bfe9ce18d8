// Files with one account on each line, such as /etc/passwd and /etc/group, and how programs change them.
import { FileError, type Files } from "@dryharbor/kernel";

/** Changes the lines of such a file. Returns `undefined` to leave the file as it is. */
export type Change = (lines: readonly string[]) => readonly string[] | undefined;

/**
 * Changes the lines of a file of accounts. What was there stays in a file with a dash behind the name, as `passwd` and its
 * relatives leave it.
 *
 * @returns whether the file was changed. A missing file is not
 * @throws {FileError}
 */
export function changeAccounts(files: Files, path: string, change: Change): boolean {
  if (!files.exists(path)) return false;
  const { mode, uid, gid } = files.stat(path);
  const before = new TextDecoder().decode(files.read(path)).replace(/\n$/, "");
  const after = change(before === "" ? [] : before.split("\n"));
  if (!after) return false;
  const next = `${path}+`;
  const last = `${path}-`;
  files.write(next, after.map((line) => `${line}\n`).join(""), { mode: 0o600 });
  files.chmod(next, mode & 0o777);
  files.chown(next, uid, gid);
  if (files.isThere(last)) files.unlink(last);
  files.link(path, last);
  files.rename(next, path);
  return true;
}

/** Adds a line at the end. */
export function withLine(line: string): Change {
  return (lines) => [...lines, line];
}

/** Removes the line of an account. */
export function withoutLine(name: string): Change {
  return (lines) => {
    const left = lines.filter((line) => !line.startsWith(`${name}:`));
    return left.length === lines.length ? undefined : left;
  };
}

/** Changes the fields of an account. */
export function withFields(name: string, change: (fields: string[]) => string[]): Change {
  return (lines) => {
    if (!lines.some((line) => line.startsWith(`${name}:`))) return undefined;
    return lines.map((line) => (line.startsWith(`${name}:`) ? change(line.split(":")).join(":") : line));
  };
}

/** Adds a member to a group. The members are the last field, in /etc/group as in /etc/gshadow. */
export function withMember(group: string, member: string): Change {
  return withFields(group, (fields) => {
    const members = membersIn(fields);
    return members.includes(member) ? fields : [...fields.slice(0, -1), [...members, member].join(",")];
  });
}

/** Removes a member from one group, or from all. */
export function withoutMember(member: string, group?: string): Change {
  return (lines) => {
    const changed = lines.map((line) => {
      const fields = line.split(":");
      const members = membersIn(fields);
      if ((group !== undefined && fields[0] !== group) || !members.includes(member)) return line;
      return [...fields.slice(0, -1), members.filter((each) => each !== member).join(",")].join(":");
    });
    return changed.some((line, at) => line !== lines[at]) ? changed : undefined;
  };
}

function membersIn(fields: readonly string[]): string[] {
  const list = fields.at(-1) ?? "";
  return list === "" ? [] : list.split(",");
}

/**
 * Makes a home directory with the files of `/etc/skel`.
 *
 * @returns the error of what could not be made
 */
export function makeHome(
  files: Files,
  home: string,
  {
    uid,
    gid,
    skeleton,
    mode,
  }: { readonly uid: number; readonly gid: number; readonly skeleton: string; readonly mode: number },
): FileError | undefined {
  try {
    if (!files.isThere(home)) {
      files.mkdir(home, 0o755);
      if (files.isDirectory(skeleton)) copyInto(files, skeleton, home, uid, gid);
    }
    files.chown(home, uid, gid);
    files.chmod(home, mode);
    return undefined;
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
}

function copyInto(files: Files, from: string, to: string, uid: number, gid: number): void {
  for (const name of files.list(from)) {
    const [source, copy] = [`${from}/${name}`, `${to}/${name}`];
    const { type, mode } = files.lstat(source);
    if (type === "directory") {
      files.mkdir(copy, mode);
      copyInto(files, source, copy, uid, gid);
    } else if (type === "symlink") files.symlink(files.readlink(source), copy);
    else files.write(copy, files.read(source), { mode });
    files.chown(copy, uid, gid, false);
  }
}

/** The days since 1970, as /etc/shadow counts them. */
export function dayOf(nanoseconds: bigint): number {
  return Number(nanoseconds / 86_400_000_000_000n);
}
