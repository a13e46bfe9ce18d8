import type { Build } from "./build.js";
import { type Option, type OptionTable, optionTable } from "./option-table.js";

/** Returns what `curl --help` prints. @param subject a category, `all`, `category`, or an option */
export function helpText(build: Build, subject: string | undefined, columns: number): string {
  const table = optionTable(build);
  return build.since("8.10") ? newHelp(table, subject, columns) : oldHelp(table, subject);
}

function newHelp(table: OptionTable, subject: string | undefined, columns: number): string {
  const list = (options: readonly Option[]): string => newRows(options, columns);
  if (subject === undefined) {
    const names = wrapped(
      table.categories.map(([name]) => name),
      columns,
    );
    return `Usage: curl [options...] <url>\n${list(inCategory(table, "important"))}
This is not the full help; this menu is split into categories.
Use "--help category" to get an overview of all categories, which are:
${names}Use "--help all" to list all options
Use "--help [option]" to view documentation for a given option
`;
  }
  const wanted = subject.toLowerCase();
  if (wanted === "all") return list(table.shown);
  if (wanted === "category") return categoryList(table);
  const found = table.categories.find(([name]) => name === wanted);
  if (found) return `${found[0]}: ${found[1]}\n${list(inCategory(table, wanted))}`;
  return `Unknown category provided, here is a list of all categories:\n\n${categoryList(table)}`;
}

function oldHelp(table: OptionTable, subject: string | undefined): string {
  const usage = "Usage: curl [options...] <url>\n";
  if (subject === undefined) {
    return `${usage}${oldRows(inCategory(table, "important"))}
This is not the full help, this menu is stripped into categories.
Use "--help category" to get an overview of all categories.
For all options use the manual or "--help all".
`;
  }
  const wanted = subject.toLowerCase();
  if (wanted === "all") return usage + oldRows(table.shown);
  if (wanted === "category") return usage + categoryList(table);
  const found = table.categories.find(([name]) => name === wanted);
  if (found) return `${usage}${found[0]}: ${found[1]}\n${oldRows(inCategory(table, wanted))}`;
  return `${usage}Invalid category provided, here is a list of all categories:\n\n${categoryList(table)}`;
}

function inCategory({ shown }: OptionTable, category: string): readonly Option[] {
  return shown.filter(({ categories }) => categories.includes(category));
}

function categoryList({ categories }: OptionTable): string {
  return categories.map(([name, about]) => ` ${name.padEnd(11)} ${about}\n`).join("");
}

/** Lists names with commas, in lines of less than this many columns. */
function wrapped(names: readonly string[], columns: number): string {
  let text = "";
  let column = 0;
  for (const [at, name] of names.entries()) {
    const isLast = at === names.length - 1;
    const length = name.length + (isLast ? 1 : 2);
    if (column + length >= columns) {
      text += "\n";
      column = 0;
    }
    text += isLast ? `${name}.\n` : `${name}, `;
    column += length;
  }
  return text;
}

function left({ letter, name, argument }: Option): string {
  return `${letter === "" ? "    " : `-${letter}, `}--${name}${argument === "" ? "" : ` ${argument}`}`;
}

/** The widths of the two columns. Where both do not fit, the left one is narrower than its longest entry. */
function widths(options: readonly Option[], columns: number): number {
  const longest = (lengths: readonly number[]): number => Math.max(5, ...lengths);
  const option = longest(options.map((each) => left(each).length));
  const description = longest(options.map((each) => each.description.length));
  return option + description > columns ? columns - description : option;
}

function newRows(options: readonly Option[], columns: number): string {
  const usual = widths(options, columns);
  return options
    .map((option) => {
      const { length } = option.description;
      let width = usual;
      if (width + length >= columns - 2) width = length < columns - 2 ? columns - 3 - length : 0;
      return ` ${left(option).padEnd(width)}  ${option.description}\n`;
    })
    .join("");
}

function oldRows(options: readonly Option[]): string {
  const width = widths(options, 80);
  return options.map((option) => ` ${left(option).padEnd(width)} ${option.description}\n`).join("");
}
