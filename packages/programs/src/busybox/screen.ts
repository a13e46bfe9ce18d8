import type { ProcessContext, TerminalSize } from "@dryharbor/kernel";

const usual: TerminalSize = { rows: 24, columns: 80 };

/**
 * Returns the rows and columns of the terminal that standard output leads to. What it does not know is taken
 * from `LINES` and `COLUMNS`, or is 24 rows of 80 columns.
 */
export function screenSize(process: ProcessContext): TerminalSize {
  const size = process.descriptors.get(1)?.terminal?.size;
  const from = (name: string): number => {
    const value = Number(process.env[name] ?? 0);
    return value > 0 && value < 65_535 ? Math.floor(value) : 0;
  };
  return {
    rows: size?.rows || from("LINES") || usual.rows,
    columns: size?.columns || from("COLUMNS") || usual.columns,
  };
}
