import { exclusions, wireExclusions } from "../compare/exclusions.js";
import { loosenedHeaders, loosenedWire } from "../compare/loosened.js";
import { byText, normalise } from "../normalise/normalise.js";
import type { Symbols } from "../normalise/symbols.js";
import type { WireAnswer, WireRequest } from "./request.js";

const { server, fileTime } = loosenedWire;

/**
 * Formats an answer as text in which ids, times and other values that differ between two like engines are
 * symbols. The order of JSON keys is kept.
 */
export function shown(request: WireRequest, { status, headers, body }: WireAnswer, names: Symbols): string {
  const lines = headers
    .filter(([name]) => !loosenedHeaders.names.has(name))
    .map(([name, value]) => [name, name === fileHeader ? fileText(value) : value] as const)
    .map(([name, value]) => `${name}: ${value.replace(server.pattern, server.by)}`)
    .toSorted();
  return [String(status), ...lines, "", bodyText(request, body, names)].join("\n");
}

const fileHeader = "X-Docker-Container-Path-Stat";

/**
 * Decodes the base64 of the path-stat header into its JSON, with the file's time replaced if it came with the
 * image.
 */
function fileText(base64: string): string {
  return Buffer.from(base64, "base64").toString().replace(fileTime.pattern, fileTime.by);
}

function bodyText(request: WireRequest, body: string, names: Symbols): string {
  const path = request.target.replace(/^\/v[\d.]+/, "").split("?")[0] ?? "";
  const excluded = wireExclusions.find(({ target }) => target.test(`${request.method} ${path}`));
  if (excluded?.what === "body") return "";
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return String(normalise(body, names));
  }
  // Sorted before anything in it gets a symbol, because symbols are numbered by first appearance.
  if (excluded && Array.isArray(value)) value.sort(byText);
  const known = normalise(without(value, ["outcome", "answer"]), names);
  return `${JSON.stringify(known)}${body.endsWith("\n") ? "\n" : ""}`;
}

function without(value: unknown, at: readonly string[]): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(([key]) => {
    const path = [...at, key];
    return !exclusions.some(
      ({ path: steps }) => steps.length === path.length && steps.every((step, index) => step === path[index]),
    );
  });
  return Object.fromEntries(kept.map(([key, item]) => [key, without(item, [...at, key])]));
}
