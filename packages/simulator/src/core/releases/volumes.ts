import { type BooleanRules, strictBooleans } from "./filters.js";
import { row, since26, since28 } from "./row.js";

/** What differs between releases in volumes and mounts. Each row says where it was seen. */
export const volumesRows = {
  /** A volume that nobody named has a label that says so. Seen: create with `{}`; a container's `Config.Volumes`. */
  labelsAnonymous: since26(false, true),

  /** A create of a volume that is there already tells of a creation, too. Seen: events of two creates of one name. */
  tellsOfEveryCreate: since26(true, false),

  /** A prune tells of each volume that it removes. Seen: events. */
  tellsOfPruned: since26(false, true),

  /** A prune removes those that nobody named, unless the filter `all` says otherwise; that filter for clients of an API before 1.42 is set. Seen: prune through /v1.41 and /v1.42. */
  prunesAnonymousOnly: since26(false, true),

  /** The list's `dangling`. Seen: `["true","false"]`, `[]`. */
  dangling: since26<BooleanRules>({ digits: true, emptyIsTrue: true, trueWins: true }, strictBooleans),

  /** A size that cannot be read. Seen: `zz`, `10x`. */
  badSizeStatus: since26(500, 400),
  /** A unit that there is none of has words of its own. Seen: `10x`. */
  tellsOfBadSuffix: since28(false, true),

  /** The address of a Windows share names no port. Seen: type `cifs`, device `//x:80/y`. */
  refusesPortOfShare: since26(false, true),

  /** There are volumes of the swarm's own. Seen: create with `ClusterVolumeSpec`; PUT. */
  knowsClusterVolumes: since26(false, true),

  // Mounts

  /** A volume without a name that `Binds` asks for gets its name in time for inspect. Seen: `Binds: ["/x"]`, which on 28.5 shows no name. */
  namesAnonymousBinds: since28(true, false),
  /** A volume without a name that `Binds` or `Mounts` asks for is labelled as such. Seen: 26.1 labels those of `Config.Volumes` only. */
  labelsAnonymousMounts: since28(false, true),

  /** Options of another type than the mount's are found before anything else of the mounts. Seen: `VolumeOptions` with a bind. */
  checksMountOptionsFirst: since26(false, true),
  /** `VolumeOptions.Subpath` and `BindOptions.CreateMountpoint` are read. Seen: both. */
  knowsSubpath: since26(false, true),
  /** Mounts of type `image`. Seen. */
  mountsImages: since28(false, true),

  /** From which API on a create warns of a volume driver that is not for those in `Mounts`; empty: never. Seen: through 1.47 and 1.48. */
  warnsOfVolumeDriverSince: row("", "", "1.48"),

  /** Why runc does not mount a volume where there is a file. Seen: a volume that is not empty, on /etc/passwd. */
  mountOntoFile: row<(at: { source: string; destination: string; root: string }) => string>(
    ({ source, destination }) =>
      `error during container init: error mounting "${source}" to rootfs at "${destination}": mount ${source}:${destination} (via /proc/self/fd/6), flags: 0x5000: not a directory`,
    ({ source, destination, root }) =>
      `error during container init: error mounting "${source}" to rootfs at "${destination}": create mount destination for ${destination} mount: cannot mkdir in ${root}${destination}: not a directory`,
    ({ source, destination }) =>
      `error mounting "${source}" to rootfs at "${destination}": mount src=${source}, dst=${destination}, dstFd=/proc/thread-self/fd/14, flags=MS_BIND|MS_REC: not a directory`,
  ),

  /** Volumes are mounted before links and a joined namespace are looked at. Seen: events of a start in `container:` mode of none. */
  mountsFirst: since28(false, true),
};
