// What is mounted, as /proc/PID/mounts and /proc/PID/mountinfo show it.

/** A mount, as /proc shows it. */
export interface MountLine {
  readonly source: string;
  readonly path: string;
  readonly type: string;
  /** The options of the mount and of its file system, separated by commas. */
  readonly options: string;
  /** What of the file system is mounted, by its path there. Default: all of it, `/`. */
  readonly root?: string;
}

/** Writes the text of /proc/PID/mounts. */
export function mountTable(mounts: readonly MountLine[]): string {
  return mounts
    .map(({ source, path, type, options }) => `${escaped(source)} ${escaped(path)} ${type} ${options} 0 0\n`)
    .join("");
}

/** The options that belong to a mount. All others belong to its file system. */
const ofMount = new Set(["ro", "rw", "nosuid", "nodev", "noexec", "relatime"]);
const firstId = 110;
/** The number of the first device that is no disk. */
const firstDevice = 38;

/** Writes the text of /proc/PID/mountinfo, in which mounts have numbers, and those below a mount name it. */
export function mountInfo(mounts: readonly MountLine[]): string {
  const devices = new Map<string, string>();
  return mounts
    .map(({ source, path, type, options, root = "/" }, at) => {
      const above = mounts.findLastIndex(
        (other, index) => index < at && (other.path === "/" || path.startsWith(`${other.path}/`)),
      );
      const all = options.split(",");
      const own = all.filter((option) => ofMount.has(option));
      // Binds of one disk share its device. Any other mount is a file system of its own.
      const key = source.startsWith("/") ? source : `${source} ${path}`;
      const device = devices.get(key) ?? (source.startsWith("/") ? "8:1" : `0:${firstDevice + devices.size}`);
      devices.set(key, device);
      const access = type === "proc" || type === "cgroup" ? "rw" : (own[0] ?? "rw");
      const ofSystem = [access, ...all.filter((option) => !ofMount.has(option))];
      const ids = `${firstId + at} ${above < 0 ? firstId - 1 : firstId + above}`;
      return `${ids} ${device} ${escaped(root)} ${escaped(path)} ${own} - ${type} ${escaped(source)} ${ofSystem}\n`;
    })
    .join("");
}

/** Space, tab, line feed and backslash are written in octal. */
function escaped(text: string): string {
  return text.replace(
    /[ \t\n\\]/g,
    (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
}
