import type { Row } from "./rows.js";

/** A table as Markdown has it; the first row is its head, and the first column a name. */
export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = `|${head.map((_, column) => (column === 0 ? "---" : "---:")).join("|")}|`;
  return `${[line(head), rule, ...rows.map(line)].join("\n")}\n`;
}

export function shown({ value, unit }: Pick<Row, "value" | "unit">): string {
  switch (unit) {
    case "milliseconds":
      return duration(value);
    case "bytes":
      return bytes(value);
    case "a second":
      return count(value);
  }
}

export function duration(milliseconds: number): string {
  if (milliseconds < 1) return `${(milliseconds * 1000).toFixed(1)} µs`;
  if (milliseconds < 1000) return `${milliseconds.toFixed(1)} ms`;
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

export function bytes(size: number): string {
  if (size < 10_000) return `${count(size)} B`;
  if (size < 1e7) return `${Math.ceil(size / 1024)} KiB`;
  return `${(size / 1024 ** 3).toFixed(2)} GiB`;
}

export function ratio(value: number): string {
  return value < 100 ? value.toFixed(2) : count(value);
}

export function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}
