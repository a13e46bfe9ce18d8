// JSON as Go writes it. The hash of a configuration is over these very bytes.

import { inGoOrder } from "./tree.js";

/** A plain object is a Go struct, whose fields keep their order; a Map is a Go map, whose keys are sorted. */
export type Json = string | number | boolean | null | readonly Json[] | JsonMap | JsonStruct;
export type JsonMap = ReadonlyMap<string, Json>;
export interface JsonStruct {
  readonly [field: string]: Json;
}

/** The entries of a map in Go's order, or of a struct in its own. */
function entriesOf(value: JsonMap | JsonStruct): [string, Json][] {
  return value instanceof Map ? inGoOrder(value) : Object.entries(value);
}

/**
 * Writes JSON.
 * @param indent what a level is indented by; without it all is on one line
 * @param escapeHtml whether `<`, `>` and `&` are escaped, as Go does by default
 */
export function goJson(value: Json, indent = "", escapeHtml = true, level = ""): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return goNumber(value);
  if (typeof value === "string") return goQuote(value, escapeHtml);
  const inner = level + indent;
  const [space, end] = indent ? [`\n${inner}`, `\n${level}`] : ["", ""];
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[${space}${value.map((item) => goJson(item, indent, escapeHtml, inner)).join(`,${space}`)}${end}]`;
  }
  const entries = entriesOf(value as JsonMap | JsonStruct);
  if (entries.length === 0) return "{}";
  const fields = entries.map(
    ([key, field]) =>
      `${goQuote(key, escapeHtml)}:${indent ? " " : ""}${goJson(field, indent, escapeHtml, inner)}`,
  );
  return `{${space}${fields.join(`,${space}`)}${end}}`;
}

/** A number: an exponent has at least one digit, as in JavaScript, but Go begins to use it at 1e-6 and 1e21 as well. */
function goNumber(value: number): string {
  return String(value);
}

function goQuote(text: string, escapeHtml: boolean): string {
  let quoted = JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
  if (escapeHtml) {
    quoted = quoted.replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
  }
  return quoted;
}
