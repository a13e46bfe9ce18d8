import type { Release } from "../releases/release.js";

/** The flags, and the options with a value, that moby/sys/mount knows. */
const flags: ReadonlySet<string> = new Set(
  (
    "defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand atime noatime diratime " +
    "nodiratime bind rbind unbindable runbindable private rprivate shared rshared slave rslave relatime norelatime " +
    "strictatime nostrictatime"
  ).split(" "),
);
const values: ReadonlySet<string> = new Set([
  "",
  "size",
  "mode",
  "uid",
  "gid",
  "nr_inodes",
  "nr_blocks",
  "mpol",
]);

/**
 * Returns what is wrong with the options of `HostConfig.Tmpfs`, or `undefined`. A start finds it, and checks
 * the options from the last to the first.
 */
export function tmpfsProblem(
  { containers }: Release,
  tmpfs: Readonly<Record<string, string>>,
): string | undefined {
  for (const options of Object.values(tmpfs).filter((options) => options !== "")) {
    for (const option of options.split(",").reverse()) {
      if (flags.has(option)) continue;
      const cut = option.indexOf("=");
      const words = cut === -1 ? [option] : [option.slice(0, cut), option.slice(cut + 1)];
      if (words.length < 2 || !values.has(words[0]!)) return containers.badTmpfsOption(words);
    }
  }
  return undefined;
}
