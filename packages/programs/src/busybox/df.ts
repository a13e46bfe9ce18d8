import type { ProcessContext } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { humanSize, roundedSize } from "./human-size.js";
import { type MountEntry, mountsIn } from "./mounts.js";
import { readNumber } from "./numbers.js";
import { spaceOf } from "./space.js";

const help = `df [-PkmhTai] [-B SIZE] [-t TYPE] [FILESYSTEM]...

Print filesystem usage statistics

	-P	POSIX output format
	-k	1024-byte blocks (default)
	-m	1M-byte blocks
	-h	Human readable (e.g. 1K 243M 2G)
	-T	Print filesystem type
	-t TYPE	Print only mounts of this type
	-a	Show all filesystems
	-i	Inodes
	-B SIZE	Blocksize`;

const nameWidth = 20;
const largest = 2n ** 64n - 1n;

/** `df [-h] [FILESYSTEM]...`: prints how much space file systems have. */
export const df = applet(
  { help, options: { flags: "PkmhTai", values: "Bt" } },
  async (process, { name, given, operands }) => {
    const block = blockSize(given);
    if (typeof block === "string") {
      process.stderr(`${name}: ${block}\n`);
      return 1;
    }
    const isHuman = given.has("h");
    const shown = (value: number): string => {
      if (isHuman) return humanSize(value);
      return String(given.has("i") ? value : Math.round(value / block));
    };
    const type = (text: string) => (given.has("T") ? `${text.padEnd(10)} ` : "");
    const posix = given.has("P");
    const unit = `${posix ? block : roundedSize(block)}-blocks`;
    const title = (given.has("i") ? "   Inodes" : isHuman ? "     Size" : unit).padEnd(15);
    const percent = posix ? "Capacity" : "Use%";
    process.stdout(
      `${"Filesystem".padEnd(nameWidth)} ${type("Type")}${title}Used Available ${percent} Mounted on\n`,
    );

    const mounts = mountsIn(process.files);
    let code = 0;
    const wanted = operands.flatMap((path) => {
      const found = mountOf(process, mounts, path);
      if (!found) {
        process.stderr(`${name}: ${path}: can't find mount point\n`);
        code = 1;
      }
      return found ? [found] : [];
    });
    const types = given.get("t");
    for (const mount of operands.length > 0 ? wanted : mounts) {
      const { blocks, inodes } = spaceOf(process, mount);
      if (types && !types.includes(mount.type)) continue;
      if (blocks.size === 0 && operands.length === 0 && !given.has("a")) continue;
      const { size, used, available } = given.has("i") ? inodes : blocks;
      const values = [size, used, available].map((value) => ` ${shown(value).padStart(9)}`).join("");
      const name = mount.source.padEnd(nameWidth);
      const isLong = mount.source.length > nameWidth && !posix;
      const row = `${values} ${share(used, available)}% ${mount.path}`;
      const kind = given.has("T") ? ` ${mount.type.padEnd(10)}` : "";
      process.stdout(`${name}${isLong ? `\n${" ".repeat(nameWidth)}` : ""}${kind}${row}\n`);
    }
    return code;
  },
);

function blockSize(given: ReadonlyMap<string, readonly string[]>): number | string {
  const letters = [...given.keys()].filter((letter) => "kmB".includes(letter));
  const chosen = letters.at(-1);
  if (chosen !== "B") return chosen === "m" ? 1024 ** 2 : 1024;
  const text = given.get("B")?.at(-1) as string;
  const [, digits = text, suffix = ""] = /^(\d+)([kKmMgGtT]?)$/.exec(text) ?? [];
  const number = readNumber(digits, 1, largest);
  return typeof number === "string" ? number : number * 1024 ** " kmgt".indexOf(suffix.toLowerCase() || " ");
}

function share(used: number, available: number): string {
  const all = used + available;
  return String(all === 0 ? 0 : Math.floor((used * 100 + all / 2) / all)).padStart(3);
}

/** The first mount of the file system that a path is on. Devices are on none that BusyBox finds. */
function mountOf(
  { files }: ProcessContext,
  mounts: readonly MountEntry[],
  path: string,
): MountEntry | undefined {
  const stat = files.statIfThere(path);
  if (!stat || (stat.type !== "file" && stat.type !== "directory")) return undefined;
  const real = files.realpath(path);
  const within = mounts.filter(({ path }) => path === "/" || real === path || real.startsWith(`${path}/`));
  const nearest = within.sort((one, other) => other.path.length - one.path.length)[0];
  const isShared = nearest && (nearest.source.startsWith("/dev/") || nearest.type === "proc");
  return isShared
    ? mounts.find(({ source, type }) => source === nearest.source && type === nearest.type)
    : nearest;
}
