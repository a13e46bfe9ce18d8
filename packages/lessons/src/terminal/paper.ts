// How text is set for a terminal: lines that fit, and colours where there are any.

/** What a terminal is like. */
export interface Paper {
  readonly colour: boolean;
  /** Columns. */
  readonly width: number;
}

/** Ways to set a word, by the codes of terminals. */
const codes = { strong: "1", faint: "2", code: "36", good: "32", bad: "31", title: "1;34" } as const;

export type Style = keyof typeof codes;

export function styled(style: Style, text: string, { colour }: Paper): string {
  return colour && text !== "" ? `\x1b[${codes[style]}m${text}\x1b[0m` : text;
}

/** Lines are not longer than this, however wide the terminal is, since long ones are hard to read. */
const widest = 88;

/**
 * Breaks prose into lines that fit. What stands between backticks is code: it is coloured, or keeps its backticks.
 *
 * @param indent what later lines begin with; it counts for the first one as well, which `first` may begin
 */
export function prose(text: string, paper: Paper, { first = "", indent = "" } = {}): string {
  const room = Math.max(Math.min(paper.width, widest) - Math.max(indent.length, first.length), 16);
  const lines: string[][] = [[]];
  let used = 0;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const length = [...(paper.colour ? word.replaceAll("`", "") : word)].length;
    if (used > 0 && used + 1 + length > room) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)!.push(word);
    used += length + (used > 0 ? 1 : 0);
  }
  let inCode = false;
  const set = (line: readonly string[]) =>
    line
      .map((word) =>
        word
          .split(/(`)/)
          .map((part) => {
            if (part !== "`") return inCode ? styled("code", part, paper) : part;
            inCode = !inCode;
            return paper.colour ? "" : "`";
          })
          .join(""),
      )
      .join(" ");
  return lines.map((line, index) => `${index === 0 ? first || indent : indent}${set(line)}\n`).join("");
}

/** A heading with a rule beside it. */
export function heading(text: string, paper: Paper): string {
  const width = Math.min(paper.width, widest);
  const rule = "─".repeat(Math.max(width - [...text].length - 1, 0));
  return `${styled("title", text, paper)} ${styled("faint", rule, paper)}\n`;
}
