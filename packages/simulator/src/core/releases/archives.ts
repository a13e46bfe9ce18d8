import { row, since26, since28 } from "./row.js";

/** How a release unpacks archives, and what it says of what it does not unpack. */
export interface UnpackStyle {
  /** Nothing is followed out of the directory that is unpacked to; before, symbolic links out of it were refused. */
  readonly beneath: boolean;
  /** An entry that leads out of it. */
  readonly outside: (name: string, directory: string) => string;
  /** A hard link that leads out of it. */
  readonly badHardLink: (target: string, linkName: string) => string;
  /** Something is mounted in the way of an entry. */
  readonly busy: (path: string, name: string) => string;
}

/** What differs between releases in archives of files. Each row says where it was seen. */
export const archivesRows = {
  /** Modes in a tar have the type of the file in them, too. Seen: GET archive of /etc. */
  modeHasType: since26(true, false),

  /** What the container calls the owner is in a tar. Seen: GET archive of /etc, and with another /etc/group. */
  namesOwners: since26(true, false),

  /** What is asked about is taken as it is; before, `..` and the like were taken out first. Seen: HEAD archive of `..`. */
  statsPathAsGiven: since26(false, true),

  /** Errors name files as the container sees them, and not by where they lie on the host. Seen: archive of `/etc/passwd/`. */
  namesPathsInContainer: since26(false, true),

  /** An archive is unpacked by a process of its own, whose errors have this in front. Seen: PUT archive and import of nonsense. */
  unpackFailure: since26(
    (message: string) => `Error processing tar file(exit status 1): ${message}`,
    (message: string) => message,
  ),

  /** What is said of compressed data that is broken: it is noticed outside of that process. Seen: import of half a gzip, bzip2. */
  brokenStream: since26(
    (message: string) => `Error processing tar file(${message}): `,
    (message: string) => message,
  ),

  /** Zstandard is known. Seen: import, load and PUT archive of such a tar. */
  readsZstd: since26(false, true),

  /** Unpacking something that is missing, as a hard link's target, is a file that was not found. Seen: PUT archive. */
  missingIsNotFound: since26(false, true),

  /** The status for a target that is no directory or cannot be written. Seen: PUT archive to a file and to a read-only container. */
  badTargetStatus: since28(500, 400),

  /**
   * What is said of a user other than root whose files are to be the container's: until 26.1 the host is asked, which
   * has no means to tell here; then the container, for which this is empty. Seen: PUT archive with copyUIDGID.
   */
  userOnHost: row(
    "unable to find getent command",
    'unable to find getent command: exec: "getent": executable file not found in $PATH',
    "",
  ),

  /** How archives are unpacked. Seen: PUT archive of links and names that lead out, and over what is mounted. */
  unpacking: since28<UnpackStyle>(
    {
      beneath: false,
      outside: (name, directory) => `${JSON.stringify(name)} is outside of ${JSON.stringify(directory)}`,
      badHardLink: (target, linkName) =>
        `invalid hardlink ${JSON.stringify(target)} -> ${JSON.stringify(linkName)}`,
      busy: (path) => `unlinkat ${path}: device or resource busy`,
    },
    {
      beneath: true,
      outside: (name) => `invalid entry name ${JSON.stringify(name)}`,
      badHardLink: (_target, linkName) => `invalid hardlink target ${JSON.stringify(linkName)}`,
      busy: (_path, name) => `RemoveAll ${name}: device or resource busy`,
    },
  ),
};
