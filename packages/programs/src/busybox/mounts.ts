import type { Files } from "@dryharbor/kernel";

/** A line of /proc/mounts. */
export interface MountEntry {
  readonly source: string;
  readonly path: string;
  readonly type: string;
  readonly options: string;
}

/** Reads /proc/mounts. @throws {FileError} */
export function mountsIn(files: Files): MountEntry[] {
  const lines = new TextDecoder().decode(files.read("/proc/mounts")).split("\n");
  return lines.filter(Boolean).map((line) => {
    const [source = "", path = "", type = "", options = ""] = line.split(" ").map(unescaped);
    return { source, path, type, options };
  });
}

/** Space, tab, line feed and backslash are written in octal. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
