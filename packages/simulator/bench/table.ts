/** A table as Markdown has it; the first row is its head. */
export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(" | ")} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return `${[line(head), line(rule), ...rows.map(line)].join("\n")}\n`;
}

export function duration(milliseconds: number): string {
  if (milliseconds < 1) return `${(milliseconds * 1000).toFixed(1)} µs`;
  if (milliseconds < 1000) return `${milliseconds.toFixed(1)} ms`;
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

export function bytes(count: number): string {
  if (count < 10_000) return `${Math.round(count)} B`;
  if (count < 1e7) return `${(count / 1024).toFixed(1)} KiB`;
  return `${(count / 1024 ** 3).toFixed(2)} GiB`;
}

export function ratio(value: number): string {
  return value < 100 ? value.toFixed(2) : Math.round(value).toLocaleString("en");
}
