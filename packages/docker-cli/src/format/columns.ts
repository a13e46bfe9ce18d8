// Lines up the columns of a table, as Go's text/tabwriter does.

/** Options of {@link alignColumns}. */
export interface ColumnOptions {
  /** The least width of a column, with its padding. */
  readonly least: number;
  readonly padding: number;
}

/** How docker's lists are lined up. */
const lists: ColumnOptions = { least: 10, padding: 3 };

/**
 * Lines up cells that tabs end. A column is as wide as its widest cell in a run of lines that have it. What follows the
 * last tab of a line is in no column.
 */
export function alignColumns(text: string, { least, padding }: ColumnOptions = lists): string {
  const lines = text.split("\n").map((line) => line.split("\t"));
  const written: string[] = lines.map(() => "");
  const widths: number[] = [];

  const write = (from: number, to: number): void => {
    for (let at = from; at < to; at++) {
      const cells = lines[at]!;
      written[at] = cells
        .map((cell, column) => {
          const width = widths[column];
          return width === undefined ? cell : cell + " ".repeat(Math.max(0, width - [...cell].length));
        })
        .join("");
    }
  };
  const format = (from: number, to: number): void => {
    const column = widths.length;
    let start = from;
    for (let at = from; at < to; at++) {
      if (column >= lines[at]!.length - 1) continue;
      write(start, at);
      start = at;
      let width = least;
      for (; at < to && column < lines[at]!.length - 1; at++) {
        width = Math.max(width, [...lines[at]![column]!].length + padding);
      }
      widths.push(width);
      format(start, at);
      widths.pop();
      start = at;
      at--;
    }
    write(start, to);
  };
  format(0, lines.length);
  return written.join("\n");
}
