// Command lines as Go's package `flag` reads them.

/** A flag, by its name. */
export interface Flag {
  readonly kind: "string" | "bool";
  readonly usage: string;
  readonly value: string;
}

/** What a command line says. */
export type FlagsRead =
  | { readonly kind: "read"; readonly values: Readonly<Record<string, string>> }
  /** The message, with the usage, and the exit code. */
  | { readonly kind: "refused"; readonly message: string; readonly code: number };

/** Reads a command line, such as `-port 8080 --name=web`. */
export function readFlags(
  command: string,
  args: readonly string[],
  flags: Readonly<Record<string, Flag>>,
): FlagsRead {
  const values: Record<string, string> = {};
  for (const [name, { value }] of Object.entries(flags)) values[name] = value;
  const refuse = (problem: string | undefined, code: number): FlagsRead => ({
    kind: "refused",
    message: `${problem === undefined ? "" : `${problem}\n`}${usageOf(command, flags)}`,
    code,
  });
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const [, name, , given] = /^--?([^=]*)(=(.*))?$/s.exec(arg) ?? [];
    if (name === undefined || arg === "-" || arg === "--") break;
    if (name === "" || name.startsWith("-")) return refuse(`bad flag syntax: ${arg}`, 2);
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (!flag)
      return name === "help" || name === "h"
        ? refuse(undefined, 0)
        : refuse(`flag provided but not defined: -${name}`, 2);
    if (flag.kind === "bool") {
      const value = given ?? "true";
      const truth = readBoolean(value);
      if (truth === undefined)
        return refuse(`invalid boolean value ${JSON.stringify(value)} for -${name}: parse error`, 2);
      values[name] = String(truth);
      continue;
    }
    const value = given ?? rest.shift();
    if (value === undefined) return refuse(`flag needs an argument: -${name}`, 2);
    values[name] = value;
  }
  return { kind: "read", values };
}

function usageOf(command: string, flags: Readonly<Record<string, Flag>>): string {
  const lines = Object.entries(flags).map(([name, { kind, usage, value }]) => {
    const by = value === "" || kind === "bool" ? "" : ` (default ${JSON.stringify(value)})`;
    return `  -${name}${kind === "string" ? " string" : ""}\n    \t${usage}${by}\n`;
  });
  return `Usage of ${command}:\n${lines.join("")}`;
}

/** Reads a boolean as Go's `strconv.ParseBool` does. */
export function readBoolean(text: string): boolean | undefined {
  if (/^(1|t|T|TRUE|true|True)$/.test(text)) return true;
  return /^(0|f|F|FALSE|false|False)$/.test(text) ? false : undefined;
}
