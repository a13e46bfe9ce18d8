/** One entry of an archive: a file with its text, a directory, or a link with its target. */
export interface TarText {
  readonly name: string;
  readonly type: "file" | "directory" | "symlink" | "hard link";
  readonly text?: string;
  readonly mode?: number;
}

const flags = { file: "0", "hard link": "1", symlink: "2", directory: "5" } as const;

/** Makes a tar archive of ASCII characters only, so that it can be part of a request as text. */
export function tarText(entries: readonly TarText[]): string {
  return entries.map(blocks).join("") + "\0".repeat(1024);
}

function blocks({ name, type, text = "", mode = 0o644 }: TarText): string {
  const content = type === "file" ? text : "";
  const linkName = type.endsWith("link") ? text : "";
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, "0")}\0`;
  const before = name.padEnd(100, "\0") + octal(mode, 8) + octal(0, 8) + octal(0, 8);
  const sizes = octal(content.length, 12) + octal(1_000_000_000, 12);
  const after = flags[type] + linkName.padEnd(100, "\0") + "ustar\x0000".padEnd(247, "\0");
  const sum = [...`${before}${sizes}        ${after}`].reduce((all, one) => all + one.charCodeAt(0), 0);
  const header = `${before}${sizes}${sum.toString(8).padStart(6, "0")}\0 ${after}`;
  return header.padEnd(512, "\0") + content.padEnd(Math.ceil(content.length / 512) * 512, "\0");
}
