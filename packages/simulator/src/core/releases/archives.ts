import { row, since26, since28 } from "./row.js";

/** How a release unpacks archives, and how it words what it refuses to unpack. */
export interface UnpackStyle {
  /**
   * No symbolic link is followed out of the directory that is unpacked to. Earlier releases refused links
   * that lead out of it.
   */
  readonly beneath: boolean;
  /** Returns the message about an entry that leads out of the directory. */
  readonly outside: (name: string, directory: string) => string;
  /** Returns the message about a hard link that leads out of the directory. */
  readonly badHardLink: (target: string, linkName: string) => string;
  /** Returns the message about an entry whose place is taken by a mount. */
  readonly busy: (path: string, name: string) => string;
}

/**
 * Differences between releases in archives of files (`GET`, `HEAD` and `PUT /containers/{id}/archive`,
 * import). The comment of a boolean row describes `true`. "Seen" names the request that showed the
 * difference.
 */
export const archivesRows = {
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

  /** How archives are unpacked. Seen: PUT archive of links and names that lead out, and over mounts. */
  unpacking: since28<UnpackStyle>(
    {
      beneath: false,
      outside: (name, directory) => `${JSON.stringify(name)} is outside of ${JSON.stringify(directory)}`,
      badHardLink: (target, linkName) =>
        `invalid hardlink ${JSON.stringify(target)} -> ${JSON.stringify(linkName)}`,
      // Go puts a slash between the directory and the name, also after the root. Seen: a file on /f.
      busy: (path) => `unlinkat ${path.replace(/^\/(?=[^/]*$)/, "//")}: device or resource busy`,
    },
    {
      beneath: true,
      outside: (name) => `invalid entry name ${JSON.stringify(name)}`,
      badHardLink: (_target, linkName) => `invalid hardlink target ${JSON.stringify(linkName)}`,
      busy: (_path, name) => `RemoveAll ${name}: device or resource busy`,
    },
  ),
};
