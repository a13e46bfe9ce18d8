import type { FileStat } from "@dryharbor/kernel";

const letters: Readonly<Record<FileStat["type"], string>> = {
  file: "-",
  directory: "d",
  symlink: "l",
  "character device": "c",
  "block device": "b",
  fifo: "p",
  socket: "s",
};

/** Formats the type and permissions of a file as `ls -l` does, for example `-rwxr-xr-x`. */
export function modeText({ type, mode }: Pick<FileStat, "type" | "mode">): string {
  const bits = [...Array(9).keys()].map((at) => ((mode >> (8 - at)) & 1 ? ("rwx"[at % 3] as string) : "-"));
  const special = (bit: number, at: number, letter: string): void => {
    if ((mode & bit) === 0) return;
    bits[at] = bits[at] === "x" ? letter : letter.toUpperCase();
  };
  special(0o4000, 2, "s");
  special(0o2000, 5, "s");
  special(0o1000, 8, "t");
  return letters[type] + bits.join("");
}

/**
 * Applies a mode of `chmod` to the permissions of a file. The mode is octal or of the form
 * `[ugoa]{+-=}[rwxXst]`. Returns `undefined` when the text is not a mode.
 */
export function changedMode(
  text: string,
  { type, mode }: Pick<FileStat, "type" | "mode">,
  umask = 0o022,
): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let changed = mode & 0o7777;
  for (const clause of text.split(",")) {
    const match = /^([ugoa]*)((?:[-+=][rwxXstugo]*)+)$/.exec(clause);
    if (!match) return undefined;
    const [, who = "", actions = ""] = match;
    // Without a class, the mode applies to all classes, limited by the umask.
    const classes = who === "" || who.includes("a") ? "ugo" : who;
    for (const action of actions.match(/[-+=][^-+=]*/g) ?? []) {
      let mask = 0;
      let value = 0;
      for (const each of classes) {
        const shift = each === "u" ? 6 : each === "g" ? 3 : 0;
        const bits = permissionBits(action.slice(1), changed, type);
        mask |= 7 << shift;
        value |= bits << shift;
        if (action.includes("s") && each !== "o") value |= each === "u" ? 0o4000 : 0o2000;
      }
      if (action.includes("t")) value |= 0o1000;
      if (who === "") value &= ~umask;
      if (action.startsWith("+")) changed |= value;
      else if (action.startsWith("-")) changed &= ~value;
      else changed = (changed & ~mask) | value;
    }
  }
  return changed;
}

function permissionBits(text: string, mode: number, type: FileStat["type"]): number {
  let bits = 0;
  for (const letter of text) {
    if (letter === "r") bits |= 4;
    if (letter === "w") bits |= 2;
    if (letter === "x" || (letter === "X" && (type === "directory" || (mode & 0o111) !== 0))) bits |= 1;
    if (letter === "u") bits |= (mode >> 6) & 7;
    if (letter === "g") bits |= (mode >> 3) & 7;
    if (letter === "o") bits |= mode & 7;
  }
  return bits;
}
