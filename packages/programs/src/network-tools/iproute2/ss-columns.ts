// The table of ss: columns as wide as what is in them, and wider where a terminal has room.

interface Column {
  readonly title: string;
  readonly isRight: boolean;
  /** What stands before it, unless it is the first one of the line. */
  readonly delimiter: string;
}

const columns: readonly Column[] = [
  { title: "Netid", isRight: false, delimiter: "" },
  { title: "State", isRight: false, delimiter: " " },
  { title: "Recv-Q", isRight: false, delimiter: " " },
  { title: "Send-Q", isRight: false, delimiter: " " },
  { title: "Local Address:", isRight: true, delimiter: " " },
  { title: "Port", isRight: false, delimiter: "" },
  { title: "Peer Address:", isRight: true, delimiter: " " },
  { title: "Port", isRight: false, delimiter: "" },
  { title: "Process", isRight: false, delimiter: "" },
];

/** A line of the table: one text for each column. */
export type SsLine = readonly [string, string, string, string, string, string, string, string, string];

/** How the table is shown. */
export interface SsTable {
  readonly lines: readonly SsLine[];
  readonly hasHeader: boolean;
  readonly showsProtocol: boolean;
  readonly showsState: boolean;
  /** The width of the terminal; `undefined` where there is none. */
  readonly width: number | undefined;
}

/** Formats the table. */
export function tableText({ lines, hasHeader, showsProtocol, showsState, width }: SsTable): string {
  const isHidden = (index: number) => (index === 0 && !showsProtocol) || (index === 1 && !showsState);
  const all = hasHeader ? [columns.map(({ title }) => title), ...lines] : lines;
  let isFirst = true;
  const widths = columns.map(({ delimiter }, index) => {
    if (isHidden(index)) return 0;
    const longest = Math.max(0, ...all.map((line) => (line[index] as string).length));
    const taken = longest > 0 && !isFirst ? longest + delimiter.length : longest;
    if (taken > 0) isFirst = false;
    return taken;
  });
  if (width !== undefined) spread(widths, width);
  return all.map((line) => `${lineText(line, widths)}\n`).join("");
}

/** Gives what is left of the width of a terminal to the columns, the last ones first. */
function spread(widths: number[], width: number): void {
  const shown = widths.flatMap((each, index) => (each > 0 ? [index] : []));
  let fitting = shown;
  let taken = widths.reduce((sum, each) => sum + each, 0);
  while (taken > width && fitting.length > 1) {
    taken -= widths[fitting.at(-1)!]!;
    fitting = fitting.slice(0, -1);
  }
  const room = Math.max(0, width - taken);
  const each = Math.floor(room / fitting.length);
  let rest = room % fitting.length;
  // The column at the left end of a line gets nothing.
  for (const index of fitting.slice(1).reverse()) {
    widths[index]! += each + (rest > 0 ? 1 : 0);
    if (rest > 0) rest--;
  }
}

function lineText(line: readonly string[], widths: readonly number[]): string {
  let text = "";
  let isStarted = false;
  for (const [index, { isRight, delimiter }] of columns.entries()) {
    const width = widths[index] as number;
    if (width === 0) continue;
    const before = isStarted ? delimiter : "";
    const content = line[index] as string;
    const padding = " ".repeat(Math.max(0, width - before.length - content.length));
    text += isRight ? `${before}${padding}${content}` : `${before}${content}${padding}`;
    isStarted = true;
  }
  return text;
}
