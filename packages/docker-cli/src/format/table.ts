// Lists of objects: a template for each row, and the head and columns of a table.
import { CommandError } from "../command/errors.js";
import { isIn, type Lifetime, type Release } from "../releases.js";
import { type Execution, executeTemplate } from "../templates/execute.js";
import { functionsOf, templateFunctions } from "../templates/functions.js";
import { parseTemplate, TemplateError } from "../templates/parse-template.js";
import {
  type GoType,
  type Method,
  type MethodsType,
  string,
  stringType,
  type Value,
} from "../templates/types.js";
import { alignColumns, type ColumnOptions } from "./columns.js";

/** A placeholder of a list: the head of its column, what a row has there, and which releases have it. */
type Column<Row> = readonly [head: string, text: (row: Row) => string | Value, lifetime?: Lifetime];

/** What a list shows of its rows. */
export interface Columns<Row> {
  /** The type of its rows as Go prints it, e.g. `*network.networkContext`. */
  readonly name: string;
  readonly columns: Readonly<Record<string, Column<Row>>>;
  /** Methods that take arguments, such as `.Label "key"`. */
  readonly methods?: Readonly<Record<string, Method>>;
}

/** The type of a list's rows in a release. */
export function rowType<Row>({ name, columns, methods = {} }: Columns<Row>, release: Release): MethodsType {
  const own = Object.entries(columns)
    .filter(([, [, , lifetime = {}]]) => isIn(release, lifetime))
    .map(([name, [, text]]): [string, Method] => [
      name,
      {
        parameters: [],
        call(row: Row) {
          const shown = text(row);
          return typeof shown === "string" ? string(shown) : shown;
        },
      } as Method,
    ]);
  return {
    kind: "methods",
    name,
    methods: { ...Object.fromEntries(own), ...methods, FullHeader: fullHeader },
  };
}

/** Every row has this method; where nobody sets the heads it returns nil. JSON leaves it out. */
const fullHeader: Method = { parameters: [], internal: true, call: () => undefined };

/** A method of rows that takes one text, such as `.Label "key"`. */
export function textMethod<Row>(call: (row: Row, text: string) => string): Method {
  return {
    parameters: [stringType],
    call: (row: Row, text: Value) => string(call(row, String(text.value))),
  } as Method;
}

/**
 * Writes rows by a format: `json`, `table`, `table TEMPLATE`, or a template for each row.
 *
 * @param format what the user gave, or the list's own
 * @throws {CommandError} the template cannot be parsed or carried out
 */
export function formatRows<Row>(
  columns: Columns<Row>,
  rows: readonly Row[],
  format: string,
  release: Release,
  options: { readonly align?: ColumnOptions; readonly heads?: Readonly<Record<string, string>> } = {},
): string {
  const type = rowType(columns, release);
  const heads = {
    ...Object.fromEntries(
      Object.entries(columns.columns)
        .filter(([name, [head]]) => head !== "" && type.methods[name])
        .map(([name, [head]]) => [name, head]),
    ),
    ...options.heads,
  };
  const isTable = format.startsWith("table");
  const plain =
    format === "json" && release.jsonFormat ? "{{json .}}" : isTable ? format.slice("table".length) : format;
  const text = plain
    .replace(/^ +| +$/g, "")
    .replaceAll("\\t", "\t")
    .replaceAll("\\n", "\n");
  try {
    const template = parseTemplate("", text, (name) => templateFunctions.has(name));
    const lines = rows.map(
      (row) => `${executeTemplate(template, { type, value: row }, executionIn(release))}\n`,
    );
    if (!isTable) return lines.join("");
    return alignColumns(`${headOf(template, heads, release)}\n${lines.join("")}`, options.align);
  } catch (error) {
    if (error instanceof TemplateError) throw new CommandError(`template parsing error: ${error.message}`);
    throw error;
  }
}

/**
 * The format of a list: what was asked for, what config.json says, or the list's own table.
 *
 * @param raw the format that `raw` stands for, where the list has one
 */
export function listFormat(
  asked: string,
  configured: string,
  quiet: boolean,
  own: { readonly table: string; readonly quiet: string; readonly raw?: string; readonly quietRaw?: string },
): string {
  const format = asked || (quiet ? "" : configured) || "table";
  if (format === "table") return quiet ? own.quiet : own.table;
  if (format === "raw" && own.raw !== undefined) return quiet ? (own.quietRaw ?? own.raw) : own.raw;
  return format;
}

/** What templates can do depends on the Go that a release is built with. */
export function executionIn(release: Release, options: Partial<Execution> = {}): Execution {
  return {
    functions: functionsOf(release).rows,
    rangesOverNumbers: release.rangesOverNumbers,
    namesTypes: release.comparisonTypes,
    ...options,
  };
}

function headOf(
  template: ReturnType<typeof parseTemplate>,
  heads: Readonly<Record<string, string>>,
  release: Release,
): string {
  // A map of heads, in which `.Label "com.example.x-y"` is `x y`.
  const type: GoType = {
    kind: "map",
    name: "formatter.SubHeaderContext",
    of: stringType,
    key: stringType,
    methods: { Label: textMethod<unknown>((_, key) => key.split(".").at(-1)!.replace(/[-_]/g, " ")) },
  };
  try {
    return executeTemplate(
      template,
      { type, value: heads },
      executionIn(release, { functions: functionsOf(release).heads }),
    );
  } catch (error) {
    if (error instanceof TemplateError) return "";
    throw error;
  }
}
