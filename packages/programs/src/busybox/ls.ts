import { FileError, type FileStat, type Files, type ProcessContext } from "@dryharbor/kernel";
import { Accounts } from "./accounts.js";
import { type AppletCall, applet } from "./applet.js";
import { formatDate, zoneOf } from "./dates.js";
import { modeText } from "./file-mode.js";

const help = `ls [-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...

List directory contents

	-1	One column output
	-a	Include names starting with .
	-A	Like -a, but exclude . and ..
	-x	List by lines
	-d	List directory names, not contents
	-L	Follow symlinks
	-H	Follow symlinks on command line
	-R	Recurse
	-p	Append / to directory names
	-F	Append indicator (one of */=@|) to names
	-l	Long format
	-i	List inode numbers
	-n	List numeric UIDs and GIDs instead of names
	-s	List allocated blocks
	-lc	List ctime
	-lu	List atime
	--full-time	List full date/time
	-h	Human readable sizes (1K 243M 2G)
	--group-directories-first
	-S	Sort by size
	-X	Sort by extension
	-v	Sort by version
	-t	Sort by mtime
	-tc	Sort by ctime
	-tu	Sort by atime
	-r	Reverse sort order
	-w N	Format N columns wide
	--color[={always,never,auto}]`;

const options = {
  flags: "1AaCxdLHRFplinshrSXvctukq",
  values: "wT",
  long: { "full-time": "l", "group-directories-first": "g", color: "K" },
  attached: "K",
};

interface Entry {
  readonly name: string;
  readonly stat: FileStat;
  readonly target: string | undefined;
}

/** `ls [OPTIONS] [FILE]...`: lists the files in directories. */
export const ls = applet({ help, options }, async (process, { name, given, operands }) => {
  return new Listing(process, name, given).show(operands.length > 0 ? operands : ["."]);
});

class Listing {
  readonly #process: ProcessContext;
  readonly #name: string;
  readonly #given: AppletCall["given"];
  readonly #files: Files;
  readonly #accounts: Accounts;
  #code = 0;
  #shown = false;

  constructor(process: ProcessContext, name: string, given: AppletCall["given"]) {
    this.#process = process;
    this.#name = name;
    this.#given = given;
    this.#files = process.files;
    this.#accounts = new Accounts(process.files);
  }

  show(paths: readonly string[]): number {
    const files: Entry[] = [];
    const directories: Entry[] = [];
    for (const path of paths) {
      const entry = this.#entry(path, path, !this.#has("l") && !this.#has("F"));
      if (!entry) continue;
      const isDirectory = entry.stat.type === "directory" && !this.#has("d");
      (isDirectory ? directories : files).push(entry);
    }
    if (files.length > 0) {
      this.#print(this.#sorted(files));
      this.#shown = true;
    }
    const titled = paths.length > 1 || this.#has("R");
    for (const { name } of this.#sorted(directories)) this.#showDirectory(name, titled);
    return this.#code;
  }

  #has(letter: string): boolean {
    return this.#given.has(letter);
  }

  #entry(path: string, name: string, follow: boolean): Entry | undefined {
    try {
      const link = this.#files.lstat(path);
      let stat = link;
      if (link.type === "symlink" && (follow || this.#has("L") || this.#has("H"))) {
        stat = this.#files.exists(path) ? this.#files.stat(path) : link;
      }
      return { name, stat, target: stat.type === "symlink" ? this.#files.readlink(path) : undefined };
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#process.stderr(`${this.#name}: ${path}: ${error.message}\n`);
      this.#code = 1;
      return undefined;
    }
  }

  #showDirectory(path: string, titled: boolean): void {
    let names: readonly string[] | undefined;
    try {
      names = this.#files.list(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#process.stderr(`${this.#name}: can't open '${path}': ${error.message}\n`);
      this.#code = 1;
    }
    if (titled) this.#process.stdout(`${this.#shown ? "\n" : ""}${path}:\n`);
    this.#shown = true;
    const all = this.#has("a") && names ? [".", "..", ...names] : (names ?? []);
    const visible = all.filter((name) => this.#has("a") || this.#has("A") || !name.startsWith("."));
    const entries = visible.flatMap((name) => {
      const entry = this.#entry(`${path === "/" ? "" : path}/${name}`, name, false);
      return entry ? [entry] : [];
    });
    const sorted = this.#sorted(entries);
    if (this.#has("l") || this.#has("s")) {
      const blocks = sorted.reduce((sum, { stat }) => sum + kilobytes(stat), 0);
      this.#process.stdout(`total ${this.#has("h") ? human(blocks * 1024) : blocks}\n`);
    }
    this.#print(sorted);
    if (!this.#has("R")) return;
    for (const { name, stat } of sorted) {
      if (stat.type === "directory" && name !== "." && name !== "..") {
        this.#showDirectory(`${path === "/" ? "" : path}/${name}`, true);
      }
    }
  }

  #sorted(entries: readonly Entry[]): Entry[] {
    const byName = (one: Entry, other: Entry): number =>
      one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
    const order = (one: Entry, other: Entry): number => {
      if (this.#has("S") && one.stat.size !== other.stat.size) return other.stat.size - one.stat.size;
      if (this.#has("t") && one.stat.mtime !== other.stat.mtime)
        return one.stat.mtime < other.stat.mtime ? 1 : -1;
      if (this.#has("X")) {
        const [left, right] = [extension(one.name), extension(other.name)];
        if (left !== right) return left < right ? -1 : 1;
      }
      return byName(one, other);
    };
    const sorted = [...entries].sort(order);
    if (this.#has("r")) sorted.reverse();
    if (!this.#has("g")) return sorted;
    return sorted.sort(
      (one, other) => Number(other.stat.type === "directory") - Number(one.stat.type === "directory"),
    );
  }

  #print(entries: readonly Entry[]): void {
    const cells = entries.map((entry) => this.#cell(entry));
    const inColumns =
      !this.#has("1") &&
      !this.#has("l") &&
      (this.#has("C") || this.#has("x") || this.#process.descriptors.get(1)?.terminal !== undefined);
    if (!inColumns) {
      for (const cell of cells) this.#process.stdout(`${cell}\n`);
      return;
    }
    this.#process.stdout(columns(cells, Number(this.#given.get("w")?.at(-1) ?? 80), this.#has("x")));
  }

  #cell(entry: Entry): string {
    const { stat } = entry;
    let text = "";
    if (this.#has("i")) text += `${String(stat.inode).padStart(7)} `;
    if (this.#has("s")) text += `${String(kilobytes(stat)).padStart(6)} `;
    if (this.#has("l") || this.#has("n")) text += this.#long(stat);
    text += entry.name + this.#mark(stat);
    if ((this.#has("l") || this.#has("n")) && entry.target !== undefined) text += ` -> ${entry.target}`;
    return text;
  }

  #long(stat: FileStat): string {
    const user = this.#has("n") ? undefined : this.#accounts.userName(stat.uid);
    const group = this.#has("n") ? undefined : this.#accounts.groupName(stat.gid);
    const owner = (name: string | undefined, number: number): string =>
      (name ?? String(number)).padEnd(8).slice(0, 8);
    const isDevice = stat.type === "character device" || stat.type === "block device";
    const size = isDevice
      ? `${String(stat.major).padStart(4)}, ${String(stat.minor).padStart(3)}`
      : this.#has("h")
        ? human(stat.size).padStart(7)
        : String(stat.size).padStart(9);
    const head = `${modeText(stat)} ${String(stat.links).padStart(4)} ${owner(user, stat.uid)} ${owner(group, stat.gid)} `;
    return `${head}${size} ${this.#time(stat.mtime)} `;
  }

  #time(mtime: bigint): string {
    const zone = zoneOf(this.#process.env.TZ ?? "UTC0");
    const age = this.#process.now() - mtime;
    const halfYear = 15_724_800_000_000_000n;
    const recent = age < halfYear && age > -900_000_000_000n;
    return formatDate(recent ? "%b %e %H:%M" : "%b %e  %Y", mtime, zone);
  }

  #mark({ type, mode }: FileStat): string {
    if (!this.#has("F") && !this.#has("p")) return "";
    if (type === "directory") return "/";
    if (!this.#has("F")) return "";
    if (type === "symlink") return "@";
    if (type === "fifo") return "|";
    if (type === "socket") return "=";
    return type === "file" && (mode & 0o111) !== 0 ? "*" : "";
  }
}

function kilobytes({ type, size }: FileStat): number {
  return type === "file" || type === "directory" ? Math.ceil(size / 4096) * 4 : 0;
}

function extension(name: string): string {
  const at = name.lastIndexOf(".");
  return at < 0 ? "" : name.slice(at);
}

/** Formats a size with a unit, for example `2.0M`. */
function human(size: number): string {
  if (size < 1024) return String(size);
  let value = size;
  let unit = "";
  for (const each of "KMGTPE") {
    if (value < 1024) break;
    value /= 1024;
    unit = each;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)}${unit}`.replace(/^(\d{2,})\.\d/, "$1");
}

function columns(cells: readonly string[], width: number, byLines: boolean): string {
  if (cells.length === 0) return "";
  const cellWidth = Math.max(...cells.map(({ length }) => length)) + 2;
  const count = Math.max(1, Math.floor((width + 1) / cellWidth));
  const rows = Math.ceil(cells.length / count);
  let text = "";
  for (let row = 0; row < rows; row++) {
    const line: string[] = [];
    for (let column = 0; column < count; column++) {
      const cell = cells[byLines ? row * count + column : column * rows + row];
      if (cell !== undefined) line.push(cell);
    }
    text += `${line.map((cell, at) => (at === line.length - 1 ? cell : cell.padEnd(cellWidth))).join("")}\n`;
  }
  return text;
}
