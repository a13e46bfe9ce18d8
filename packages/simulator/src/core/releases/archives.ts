import type { TarEntryType } from "@dryharbor/kernel/tar";
import { row, since26, since28, since29 } from "./row.js";
import type { MountAt } from "./volumes.js";

/** How a release unpacks archives, and how it words what it refuses to unpack. */
export interface UnpackStyle {
  /**
   * No symbolic link is followed out of the directory that is unpacked to, and an absolute one is followed within
   * it. Earlier releases follow links as they are.
   */
  readonly beneath: boolean;
  /** Symbolic links that lead out of the directory are refused. */
  readonly refusesLinksOut: boolean;
  /** What leads out of the directory stays within it, and what cannot be a whiteout is none. */
  readonly lenient?: true;
  /** Returns the message about an entry that leads out of the directory. */
  readonly outside: (name: string, directory: string) => string;
  /** Returns the message about a hard link that leads out of the directory. */
  readonly badHardLink: (target: string, linkName: string) => string;
  /** Returns the message about what an entry is to replace and cannot be removed, and why. */
  readonly notRemoved: (path: string, name: string, why: string) => string;
  /** Returns the message about an entry that cannot be made, and why. */
  readonly notMade: (entry: MadeEntry, why: string) => string;
  /** Returns the message about a link that cannot be followed or made, and why. */
  readonly notLinked: (target: string, shown: string, why: string) => string;
  /** Returns the message about a directory whose time cannot be set, and why. */
  readonly notTimed: (shown: string, why: string) => string;
  /** Returns the message about a whiteout that cannot be made, and why. */
  readonly badWhiteout: (shown: string, why: string) => string;
  /** Returns the message about an entry whose owner cannot be set, and why. */
  readonly notGiven: (
    entry: MadeEntry & { readonly uid: number; readonly gid: number },
    why: string,
  ) => string;
}

/** An entry of an archive, as texts name it: absolute by `path`, and in the archive by `name`. */
interface MadeEntry {
  readonly path: string;
  readonly name: string;
  readonly type: TarEntryType;
  readonly linkName: string;
}

/** The reasons of a release not to mount something to read or write an archive. */
interface EngineMountStyle {
  /** A directory onto a file, or a file onto a directory. */
  readonly ontoOther: (at: MountAt) => string;
  /** Onto a path below a file. `missing` is the part below that `file`. */
  readonly belowFile: (at: MountAt & { readonly missing: string; readonly file: string }) => string;
  /** What is mounted on cannot be made. `missing` is its first part that does not exist. */
  readonly notMade: (at: MountAt & { readonly missing: string }, why: string) => string;
}

/** The system call that makes what is mounted on, by its first missing part. */
const making = ({ destination, isDirectory }: MountAt, missing: string): "mkdir" | "open" =>
  isDirectory || missing !== destination ? "mkdir" : "open";

const ontoOther26 = ({ destination, isDirectory }: MountAt): string =>
  isDirectory ? `mkdir ${destination.slice(1)}: not a directory` : ontoDirectory(destination);
const ontoOther28 = ({ destination, isDirectory }: MountAt): string =>
  isDirectory ? `mkdirat ${destination.slice(1)}: file exists` : ontoDirectory(destination);
const ontoDirectory = (destination: string): string => `openat ${destination.slice(1)}: is a directory`;
const notMade26: EngineMountStyle["notMade"] = (at, why) =>
  `${making(at, at.missing)}at ${at.missing.slice(1)}: ${why}`;

const belowFile26: EngineMountStyle["belowFile"] = ({ root, destination, missing }) =>
  `resolve mount destination ${JSON.stringify(destination)}: lstat ${root}${missing}: not a directory`;

/** The system calls by which Go makes entries of an archive; it names none for a pipe or a device. */
function madeBy({ type, linkName }: MadeEntry, shown: string, at: "" | "at"): string {
  if (type === "directory") return `mkdir${at} ${shown}: `;
  if (type === "file") return `open${at} ${shown}: `;
  return type === "symlink" ? `symlink${at} ${linkName} ${shown}: ` : "";
}

/** How releases before 28.5 unpack, but for the owner. */
export const earlyUnpacking: Omit<UnpackStyle, "notGiven"> = {
  beneath: false,
  refusesLinksOut: true,
  outside: (name, directory) => `${JSON.stringify(name)} is outside of ${JSON.stringify(directory)}`,
  badHardLink: (target, linkName) =>
    `invalid hardlink ${JSON.stringify(target)} -> ${JSON.stringify(linkName)}`,
  // Go puts a slash between the directory and the name, also after the root. Seen: a file on /f, and one on /.
  notRemoved: (path, _name, why) =>
    `unlinkat ${path === "/" ? ".//" : path.replace(/^\/(?=[^/]*$)/, "//")}: ${why}`,
  notLinked: (target, shown, why) => `link ${target} ${shown}: ${why}`,
  notTimed: (shown, why) => `chtimes ${shown}: ${why}`,
  badWhiteout: (shown, why) => `failed to mknod(${JSON.stringify(shown)}, S_IFCHR, 0): ${why}`,
  notMade: (entry, why) => `${madeBy(entry, entry.path, "")}${why}`,
};

/**
 * Differences between releases in archives of files (`GET`, `HEAD` and `PUT /containers/{id}/archive`,
 * import). The comment of a boolean row describes `true`. "Seen" names the request that showed the
 * difference.
 */
export const archivesRows = {
  /**
   * The host's directory with all files of a container, below the engine's own. Since 29 containerd keeps them.
   * Seen: a create with a `WorkingDir` below a file.
   */
  rootDirectory: since29(
    (id: string) => `overlay2/${id.slice(32)}${id.slice(0, 32)}/merged`,
    (id: string) => `rootfs/overlayfs/${id}`,
  ),

  /** The message about a request without a path. Seen: GET and PUT archive. */
  noPath: since29("bad parameter: pathcannot be empty", "bad parameter: path cannot be empty"),

  /** The mode of a tar entry includes the file's type. Seen: GET archive of /etc. */
  modeHasType: since26(true, false),

  /**
   * A tar entry carries the owner's name from the container's /etc/passwd and /etc/group. Seen: GET archive
   * of /etc, also with another /etc/group.
   */
  namesOwners: since26(true, false),

  /**
   * The path of a stat is used as given. 20.10 resolves `..` and the like first. Seen: HEAD archive of `..`.
   */
  statsPathAsGiven: since26(false, true),

  /**
   * Errors name files by their path in the container. 20.10 names them by their path on the host. Seen:
   * archive of `/etc/passwd/`.
   */
  namesPathsInContainer: since26(false, true),

  /**
   * Returns the message of a failure to unpack. 20.10 unpacks in a process of its own and puts a prefix
   * before what that process says. Seen: PUT archive and import of bytes that are no tar.
   */
  unpackFailure: since26(
    (message: string) => `Error processing tar file(exit status 1): ${message}`,
    (message: string) => message,
  ),

  /**
   * Returns the message about broken compressed data, which the engine notices outside of the unpacking
   * process. Seen: import of half a gzip and of half a bzip2.
   */
  brokenStream: since26(
    (message: string) => `Error processing tar file(${message}): `,
    (message: string) => message,
  ),

  /**
   * A layer that repeats a name is refused as if it ended there: with the times of directories set, and any other error
   * first. Later releases refuse it at once. The repeated entry is unpacked on all. Seen: import and load of such a layer.
   */
  repeatedNameEndsLayer: since26(true, false),

  /**
   * The message about a build's context with a file whose name ends with a slash, which Go does not write again. Seen: a
   * classic build.
   */
  unwritableContext: since26(
    "unexpected EOF",
    "archive/tar: cannot encode header: filename may not have trailing slash",
  ),

  /** The engine can decompress Zstandard. Seen: import, load and PUT archive of such a tar. */
  readsZstd: since26(false, true),

  /**
   * A file that is missing while unpacking, such as a hard link's target, answers 404. Seen: PUT archive.
   */
  missingIsNotFound: since26(false, true),

  /**
   * Status when the target is no directory or cannot be written. Seen: PUT archive to a file and to a
   * read-only container.
   */
  badTargetStatus: since28(500, 400),

  /**
   * The message when files shall belong to a user other than root. 20.10 and 26.1 ask the host, which has no
   * `getent` here. 28.5 asks the container and has no such error, so its cell is empty. Seen: PUT archive
   * with copyUIDGID.
   */
  userOnHost: row(
    "unable to find getent command",
    'unable to find getent command: exec: "getent": executable file not found in $PATH',
    "",
  ),

  /**
   * Why the engine cannot mount what a container has, to read or write an archive. Seen: GET and PUT archive with
   * binds of the wrong kind, below files, and in what is read-only.
   */
  engineMount: row<EngineMountStyle>(
    {
      ontoOther: ({ source, root, destination, writable }) =>
        `mount ${source}:${root}${destination}, flags: 0x500${writable ? 0 : 1}: not a directory`,
      belowFile: ({ root, missing }) => `lstat ${root}${missing}: not a directory`,
      notMade: (at, why) => `${making(at, at.missing)} ${at.root}${at.missing}: ${why}`,
    },
    {
      ontoOther: ontoOther26,
      belowFile: belowFile26,
      notMade: notMade26,
    },
    {
      ontoOther: ontoOther28,
      // Go makes what is above a file, and there finds another file.
      belowFile: ({ destination, isDirectory, missing, file }) =>
        isDirectory || missing !== destination
          ? `openat ${file.slice(1)}: not a directory`
          : `mkdirat ${file.slice(1)}: file exists`,
      notMade: notMade26,
    },
    { ontoOther: ontoOther28, belowFile: belowFile26, notMade: notMade26 },
  ),

  /**
   * How archives are unpacked. Seen: PUT archive of links and names that lead out, over mounts, and into what is
   * mounted read-only.
   */
  unpacking: row<UnpackStyle>(
    { ...earlyUnpacking, notGiven: ({ path }, why) => `lchown ${path}: ${why}` },
    {
      ...earlyUnpacking,
      notGiven: ({ path, uid, gid }, why) =>
        `failed to Lchown ${JSON.stringify(path)} for UID ${uid}, GID ${gid}: lchown ${path}: ${why}`,
    },
    {
      beneath: true,
      refusesLinksOut: false,
      outside: (name) => `invalid entry name ${JSON.stringify(name)}`,
      badHardLink: (_target, linkName) => `invalid hardlink target ${JSON.stringify(linkName)}`,
      notRemoved: (_path, name, why) => `RemoveAll ${name}: ${why}`,
      notMade: (entry, why) => `${madeBy(entry, entry.name, "at")}${why}`,
      notLinked: (target, shown, why) => `linkat ${target} ${shown}: ${why}`,
      notTimed: (shown, why) => `chtimesat ${shown}: ${why}`,
      badWhiteout: (shown, why) => `failed to mknod('${shown}', S_IFCHR, 0): ${why}`,
      notGiven: ({ name, uid, gid }, why) =>
        `failed to Lchown ${JSON.stringify(name)} for UID ${uid}, GID ${gid}: lchownat ${name}: ${why}`,
    },
  ),
};
