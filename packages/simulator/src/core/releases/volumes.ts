import { type BooleanRules, strictBooleans } from "./filters.js";
import { row, since26, since28, since29 } from "./row.js";

/** A mount, as the texts of what is wrong with it name it. */
export interface MountAt {
  readonly source: string;
  readonly destination: string;
  /** The host's directory with the container's files. */
  readonly root: string;
  readonly isDirectory: boolean;
  readonly writable: boolean;
}

/** What the texts about a tmpfs have for a source. */
export const tmpfsSource = "tmpfs";

const mounting = (source: string, destination: string): string =>
  `error mounting ${JSON.stringify(source)} to rootfs at ${JSON.stringify(destination)}: `;
const mountingIn = (source: string, destination: string): string =>
  `error during container init: ${mounting(source, destination)}`;
const parentOfFile = "make parent dir of file bind-mount: ";

/**
 * Differences between releases in volumes and mounts. The comment of a boolean row describes `true`. "Seen"
 * names the request that showed the difference.
 */
export const volumesRows = {
  /**
   * An anonymous volume has a label that marks it. Seen: create with `{}`; a container's `Config.Volumes`.
   */
  labelsAnonymous: since26(false, true),

  /** A create of a volume that exists emits `create`, too. Seen: events of two creates of one name. */
  tellsOfEveryCreate: since26(true, false),

  /** A prune emits an event for each volume that it removes. Seen: events. */
  tellsOfPruned: since26(false, true),

  /**
   * A prune removes anonymous volumes only, unless the filter `all` says otherwise. For clients of API
   * versions before 1.42, `all` counts as set. Seen: prune through /v1.41 and /v1.42.
   */
  prunesAnonymousOnly: since26(false, true),

  /** How the list's filter `dangling` is read. Seen: `["true","false"]`, `[]`. */
  dangling: since26<BooleanRules>({ digits: true, emptyIsTrue: true, trueWins: true }, strictBooleans),

  /** Status of a size that does not parse. Seen: `zz`, `10x`. */
  badSizeStatus: since26(500, 400),
  /** An unknown unit of a size has its own message. Seen: `10x`. */
  tellsOfBadSuffix: since28(false, true),

  /** The address of a Windows share must not have a port. Seen: type `cifs`, device `//x:80/y`. */
  refusesPortOfShare: since26(false, true),

  /** Cluster volumes exist. Seen: create with `ClusterVolumeSpec`; PUT. */
  knowsClusterVolumes: since26(false, true),

  // Mounts

  /**
   * An anonymous volume in `Binds` gets its name before inspect shows it. Seen: `Binds: ["/x"]`, which on
   * 28.5 shows no name.
   */
  namesAnonymousBinds: since28(true, false),
  /**
   * An anonymous volume in `Binds` or `Mounts` is labelled as anonymous. 26.1 labels those of
   * `Config.Volumes` only. Seen: inspect.
   */
  labelsAnonymousMounts: since28(false, true),

  /**
   * A mount's options of another type are refused before anything else about mounts is checked. Seen:
   * `VolumeOptions` with a bind.
   */
  checksMountOptionsFirst: since26(false, true),
  /** `VolumeOptions.Subpath` and `BindOptions.CreateMountpoint` are read. Seen: both. */
  knowsSubpath: since26(false, true),
  /** Mounts of type `image` are supported. Seen. */
  mountsImages: since28(false, true),

  /**
   * The API version from which a create warns that `VolumeDriver` does not apply to `Mounts`; empty for
   * never. Seen: through 1.47 and 1.48.
   */
  warnsOfVolumeDriverSince: row("", "", "1.48"),

  /**
   * Returns runc's reason not to mount a directory over a file, or a file over a directory. Seen: a volume and a
   * directory of the host on /etc/passwd; a file on /etc.
   */
  mountOntoOther: row<(at: MountAt) => string>(
    ({ source, destination, writable }) =>
      `${mountingIn(source, destination)}mount ${source}:${destination} (via /proc/self/fd/6), flags: 0x500${writable ? 0 : 1}: not a directory`,
    ({ source, destination, root, isDirectory }) =>
      mountingIn(source, destination) +
      (isDirectory
        ? `create mount destination for ${destination} mount: cannot mkdir in ${root}${destination}: not a directory`
        : `mount ${source}:${destination} (via /proc/self/fd/6), flags: 0x5000: not a directory`),
    ({ source, destination }) =>
      `${mounting(source, destination)}mount src=${source}, dst=${destination}, dstFd=/proc/thread-self/fd/14, flags=MS_BIND|MS_REC: not a directory`,
  ),

  /**
   * Returns runc's reason not to mount a tmpfs over a file, whose mode it takes since 26.1. Seen: `--tmpfs
   * /etc/passwd`, with and without options.
   */
  tmpfsOntoFile: row<
    (at: {
      readonly destination: string;
      readonly mode: string;
      readonly options: readonly string[];
    }) => string
  >(
    ({ destination, options }) =>
      `${mountingIn(tmpfsSource, destination)}mount tmpfs:${destination} (via /proc/self/fd/6), flags: 0xe${options.length > 0 ? `, data: ${options}` : ""}: not a directory`,
    ({ destination, mode, options }) =>
      `${mountingIn(tmpfsSource, destination)}mount tmpfs:${destination} (via /proc/self/fd/6), flags: 0xe, data: ${[`mode=${mode}`, ...options]}: not a directory`,
    ({ destination, mode, options }) =>
      `${mounting(tmpfsSource, destination)}mount src=tmpfs, dst=${destination}, dstFd=/proc/thread-self/fd/14, flags=MS_NOSUID|MS_NODEV|MS_NOEXEC, data=${[`mode=${mode}`, ...options]}: not a directory`,
  ),

  /** runc's reason not to go on where what is mounted on /dev has no `null`. Seen: a directory on /dev. */
  withoutNull: since28(
    "unable to setup user: stat /dev/null: no such file or directory",
    "can't mask paths: open /dev/null: no such file or directory",
  ),

  /** Returns runc's reason not to mount on a path below a file. Seen: binds and a tmpfs on /etc/passwd/x. */
  mountBelowFile: row<(at: MountAt & { readonly file: string }) => string>(
    ({ source, destination, root, file }) =>
      `${mountingIn(source, destination)}${source === tmpfsSource ? `mkdir ${root}${file}` : `open o_path procfd: open ${root}${destination}`}: not a directory`,
    ({ source, destination, root, isDirectory, file }) =>
      `${mountingIn(source, destination)}create mount destination for ${destination} mount: ${isDirectory ? "" : parentOfFile}cannot mkdir in ${root}${file}: not a directory`,
    ({ source, destination }) =>
      `${mounting(source, destination)}create mountpoint for ${destination} mount: lookup mountpoint target: securejoin.OpenInRoot ${destination}: openat2 ${destination}: not a directory`,
  ),

  /**
   * Returns runc's reason not to make what is mounted on, in a file system that is for reading only. Seen: a
   * bind below one that is read-only, and below /sys.
   */
  mountInReadOnly: row<(at: MountAt & { readonly missing: string }) => string>(
    ({ source, destination, root, missing }) =>
      `${mountingIn(source, destination)}mkdir ${root}${missing}: read-only file system`,
    ({ source, destination, root, isDirectory, missing }) =>
      `${mountingIn(source, destination)}create mount destination for ${destination} mount: ${isDirectory ? "" : parentOfFile}mkdirat ${root}${missing}: read-only file system`,
    ({ source, destination, root, missing }) =>
      `${mounting(source, destination)}create mountpoint for ${destination} mount: make mountpoint ${JSON.stringify(destination)}: mkdirat ${root}${missing}: read-only file system`,
  ),

  /** Returns runc's reason not to mount over /proc. Seen: a directory of the disk on /proc. */
  mountOntoProc: row<(at: MountAt) => string>(
    ({ source, destination, root }) =>
      `${mountingIn(source, destination)}"${root}${destination}" cannot be mounted because it is not of type proc`,
    ({ source, destination, root }) =>
      `${mountingIn(source, destination)}create mount destination for ${destination} mount: check proc-safety of ${destination} mount: "${root}${destination}" cannot be mounted because it is not of type proc`,
    ({ source, destination, root }) =>
      `${mounting(source, destination)}create mountpoint for ${destination} mount: check proc-safety of ${destination} mount: "${root}${destination}" cannot be mounted because it is not of type proc`,
  ),

  /**
   * Returns runc's reason not to mount on a path in /proc that does not exist. Seen: a directory and a tmpfs on
   * /proc/x.
   */
  mountInProc: row<(at: MountAt) => string>(
    ({ source, destination, root }) =>
      mountingIn(source, destination) +
      (source === tmpfsSource
        ? `mkdir ${root}${destination}: no such file or directory`
        : `"${root}${destination}" cannot be mounted because it is inside /proc`),
    ({ source, destination, root }) =>
      `${mountingIn(source, destination)}create mount destination for ${destination} mount: check proc-safety of ${destination} mount: "${root}${destination}" cannot be mounted because it is inside /proc`,
    ({ source, destination, root }) =>
      `${mounting(source, destination)}create mountpoint for ${destination} mount: make mountpoint ${JSON.stringify(destination)}: mkdirat ${root}${destination}: no such file or directory`,
  ),

  /** Returns runc's reason not to bind what is below a file of the host. Seen: -v /srv/file/x:/y. */
  bindBelowFile: row<(at: MountAt) => string>(
    ({ source, destination }) => `${mountingIn(source, destination)}stat ${source}: not a directory`,
    ({ source, destination }) =>
      `${mountingIn(source, destination)}create mount destination for ${destination} mount: bind mount source stat: stat ${source}: not a directory`,
    ({ source }) => `failed to fulfil mount request: open ${source}: not a directory`,
  ),

  /** A create refuses to fill a volume from a file of the image. Seen: `-v volume:/etc/passwd`. */
  refusesToCopyFile: since29(true, false),

  /** The mode of the file that a start makes where a file is mounted. Seen: ls below a bind; an export. */
  fileMountPointMode: since26(0o755, 0o644),

  /**
   * A start mounts volumes before it looks at links and at a joined namespace. Seen: events of a start in
   * mode `container:` of an unknown container.
   */
  mountsFirst: since28(false, true),
};
