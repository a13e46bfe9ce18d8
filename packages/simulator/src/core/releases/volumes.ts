import { type BooleanRules, strictBooleans } from "./filters.js";
import { row, since26, since28 } from "./row.js";

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
   * Returns runc's reason not to mount a volume over a file. Seen: a volume that is not empty, on
   * /etc/passwd.
   */
  mountOntoFile: row<(at: { source: string; destination: string; root: string }) => string>(
    ({ source, destination }) =>
      `error during container init: error mounting "${source}" to rootfs at "${destination}": mount ${source}:${destination} (via /proc/self/fd/6), flags: 0x5000: not a directory`,
    ({ source, destination, root }) =>
      `error during container init: error mounting "${source}" to rootfs at "${destination}": create mount destination for ${destination} mount: cannot mkdir in ${root}${destination}: not a directory`,
    ({ source, destination }) =>
      `error mounting "${source}" to rootfs at "${destination}": mount src=${source}, dst=${destination}, dstFd=/proc/thread-self/fd/14, flags=MS_BIND|MS_REC: not a directory`,
  ),

  /**
   * A start mounts volumes before it looks at links and at a joined namespace. Seen: events of a start in
   * mode `container:` of an unknown container.
   */
  mountsFirst: since28(false, true),
};
