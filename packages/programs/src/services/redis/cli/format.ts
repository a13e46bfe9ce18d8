// How redis-cli shows replies: for people, raw, as CSV and as JSON.
import type { ByteText } from "../../../busybox/byte-text.js";
import { quoted } from "../protocol/quoted.js";
import type { Received } from "../protocol/received.js";

/** How replies are shown. */
export type OutputMode = "standard" | "raw" | "csv" | "json" | "quoted json";

/** What stands between the parts of a raw reply, and behind it. */
export interface Delimiters {
  readonly items: string;
  readonly replies: string;
}

/**
 * Shows a reply.
 *
 * @param isText whether the reply is a text for people, such as that of `INFO`, which is shown as it is
 */
export function shownReply(
  reply: Received,
  mode: OutputMode,
  delimiters: Delimiters,
  isText: boolean,
): ByteText {
  if (isText) return raw(reply, delimiters);
  switch (mode) {
    case "standard":
      return standard(reply, "");
    case "raw":
      return raw(reply, delimiters) + delimiters.replies;
    case "csv":
      return `${csv(reply)}\n`;
    default:
      return `${json(reply, mode === "quoted json")}\n`;
  }
}

const emptyNames = { array: "array", map: "hash", set: "set", push: "push" } as const;
const separators = { array: ")", map: "#", set: "~", push: ")" } as const;

function standard(reply: Received, prefix: string): ByteText {
  switch (reply.kind) {
    case "nil":
      return "(nil)\n";
    case "error":
      return `(error) ${reply.text}\n`;
    case "integer":
    case "double":
      return `(${reply.kind}) ${reply.text}\n`;
    case "status":
    case "text":
      return `${reply.text}\n`;
    case "string":
      return `${quoted(reply.text)}\n`;
    case "boolean":
      return `(${reply.value})\n`;
    default:
      return standardItems(reply.kind, reply.items, prefix);
  }
}

function standardItems(kind: keyof typeof emptyNames, items: readonly Received[], prefix: string): ByteText {
  if (items.length === 0) return `(empty ${emptyNames[kind]})\n`;
  const step = kind === "map" ? 2 : 1;
  const width = String(items.length / step).length;
  const inner = prefix + " ".repeat(width + 2);
  let shown = "";
  for (let at = 0; at < items.length; at += step) {
    shown += `${at === 0 ? "" : prefix}${String(at / step + 1).padStart(width)}${separators[kind]} `;
    const first = standard(items[at] as Received, inner);
    shown += step === 1 ? first : `${first.slice(0, -1)} => ${standard(items[at + 1] as Received, inner)}`;
  }
  return shown;
}

function raw(reply: Received, delimiters: Delimiters): ByteText {
  switch (reply.kind) {
    case "nil":
      return "";
    case "error":
      return `${reply.text}\n`;
    case "boolean":
      return `(${reply.value})`;
    case "map":
      return pairsOf(reply.items)
        .map(([key, value]) => `${raw(key, delimiters)} ${raw(value, delimiters)}`)
        .join(delimiters.items);
    case "array":
    case "set":
    case "push":
      return reply.items.map((item) => raw(item, delimiters)).join(delimiters.items);
    default:
      return reply.text;
  }
}

function pairsOf(items: readonly Received[]): [Received, Received][] {
  const found: [Received, Received][] = [];
  for (let at = 0; at < items.length; at += 2) found.push([items[at] as Received, items[at + 1] as Received]);
  return found;
}

function csv(reply: Received): ByteText {
  switch (reply.kind) {
    case "nil":
      return "NULL";
    case "error":
      return `ERROR,${quoted(reply.text)}`;
    case "integer":
    case "double":
      return reply.text;
    case "boolean":
      return String(reply.value);
    case "array":
    case "set":
    case "push":
    case "map":
      return reply.items.map(csv).join(",");
    default:
      return quoted(reply.text);
  }
}

const shortEscapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
};

function jsonText(text: ByteText, isQuoted: boolean): ByteText {
  if (isQuoted) return quoted(text).replace(/\\x/g, "\\u00");
  const escaped = text.replace(
    /["\\]|[^ -\uffff]/g,
    (letter) => shortEscapes[letter] ?? `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `"${escaped}"`;
}

function json(reply: Received, isQuoted: boolean): ByteText {
  switch (reply.kind) {
    case "nil":
      return "null";
    case "error":
      return `error:${jsonText(reply.text, isQuoted)}`;
    case "integer":
    case "double":
      return reply.text;
    case "boolean":
      return String(reply.value);
    case "map":
      return `{${pairsOf(reply.items)
        .map(([key, value]) => `${jsonKey(key, isQuoted)}:${json(value, isQuoted)}`)
        .join(",")}}`;
    case "array":
    case "set":
    case "push":
      return `[${reply.items.map((item) => json(item, isQuoted)).join(",")}]`;
    default:
      return jsonText(reply.text, isQuoted);
  }
}

/** A key is a string, whatever it was. */
function jsonKey(key: Received, isQuoted: boolean): ByteText {
  if (key.kind === "string" || key.kind === "status") return json(key, isQuoted);
  return jsonText(json(key, isQuoted), isQuoted);
}
