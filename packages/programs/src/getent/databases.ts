// The databases that are files: /etc/passwd and its like.
import { FileError, type ProcessContext } from "@dryharbor/kernel";

/** Reads the lines of a file. A file that cannot be read has none. */
export function linesOf({ files }: Pick<ProcessContext, "files">, path: string): readonly string[] {
  try {
    const text = new TextDecoder().decode(files.read(path));
    return text.split("\n").filter((line) => line !== "");
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

/** Reads the words of each line, without comments. */
export function wordsIn(
  process: Pick<ProcessContext, "files">,
  path: string,
): readonly (readonly string[])[] {
  return linesOf(process, path)
    .map((line) => (line.split("#", 1)[0] as string).split(/\s+/).filter((word) => word !== ""))
    .filter((words) => words.length > 0);
}

/** A service of /etc/services. */
export interface Service {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly aliases: readonly string[];
}

/** Reads /etc/services. */
export function servicesOf(process: Pick<ProcessContext, "files">): readonly Service[] {
  return wordsIn(process, "/etc/services").flatMap(([name = "", place = "", ...aliases]) => {
    const [, port, protocol = ""] = /^(\d+)\/(\S+)$/.exec(place) ?? [];
    return port === undefined ? [] : [{ name, port: Number(port), protocol, aliases }];
  });
}

/** A user of /etc/passwd. */
export interface Account {
  readonly name: string;
  /** All fields. */
  readonly fields: readonly string[];
  /** The number of the user or the group. */
  readonly id: number;
}

/**
 * Reads /etc/passwd or /etc/group.
 *
 * @param least the number of fields that a line must have
 */
export function accountsOf(
  process: Pick<ProcessContext, "files">,
  path: string,
  least: number,
): readonly Account[] {
  return linesOf(process, path).flatMap((line) => {
    const fields = line.split(":");
    const [name = "", , id = ""] = fields;
    return fields.length >= least && /^\d+$/.test(id) ? [{ name, fields, id: Number(id) }] : [];
  });
}

/** Reads a key that is a number of 32 bits, as C converts it. Returns `undefined` for any other key. */
export function numberIn(key: string): number | undefined {
  return /^\d+$/.test(key) ? Number(BigInt(key) & 0xffff_ffffn) : undefined;
}

/** The members of a group. */
export function membersOf({ fields }: Account): readonly string[] {
  return (fields[3] ?? "").split(",").filter((member) => member !== "");
}
