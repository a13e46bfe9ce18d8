/** Lists a tar archive, a line for each entry, because its contents may not be text. Times are left out. */
export function archiveLines(bytes: Uint8Array): string {
  const data = new TextDecoder("latin1").decode(bytes);
  const lines: string[] = [];
  for (let at = 0; at + 512 <= data.length; ) {
    const field = (from: number, length: number) =>
      data.slice(at + from, at + from + length).replace(/\0.*$/s, "");
    const name = field(345, 155) === "" ? field(0, 100) : `${field(345, 155)}/${field(0, 100)}`;
    if (name === "") break;
    const size = Number.parseInt(field(124, 12), 8);
    const owner = `${Number.parseInt(field(108, 8), 8)}:${Number.parseInt(field(116, 8), 8)}`;
    const names = `${field(265, 32)}:${field(297, 32)}`;
    lines.push([field(156, 1), name, field(100, 8), owner, names, size, field(157, 100)].join(" "));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return lines.join("\n");
}

const types: readonly string[] = ["application/x-tar", "application/octet-stream"];

/** Returns true if an answer is an archive. */
export function isArchive(status: number, headers: readonly (readonly [string, string])[]): boolean {
  return status === 200 && headers.some(([name, value]) => name === "Content-Type" && types.includes(value));
}
