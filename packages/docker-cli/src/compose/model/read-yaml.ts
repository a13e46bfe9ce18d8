// YAML as Go's decoder of compose reads it: its scalars, `!reset` and `!override`, and its words for what is wrong.

import {
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  EVENT_ID,
  type Event,
  FAILSAFE_SCHEMA,
  getScalarValue,
  loadAll,
  mergeTag,
  NOT_RESOLVED,
  parseEvents,
  realMapTag,
  seqTag,
  YAMLException,
} from "js-yaml";
import { ComposeError } from "./error.js";
import type { Path } from "./path.js";
import { Float, Timestamp, type Tree } from "./tree.js";

/** One document of a file. */
export interface YamlDocument {
  content: Tree;
  /** Places whose value of earlier files is dropped: `!reset` and `!override`. */
  replaced: Path[];
}

/**
 * Reads all documents of a file.
 * @param named whether the project's name was given: compose then reads the file once, and names it in errors
 */
export function readYaml(text: string, file: string, named: boolean): YamlDocument[] {
  let documents: unknown[];
  try {
    documents = loadAll(text, { schema, filename: file });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new ComposeError(goMessage(error, text, file, named));
  }
  return documents.map((document) => {
    const replaced: Path[] = [];
    return { content: toTree(document, [], replaced) ?? null, replaced };
  });
}

/** A value with `!reset` (dropped altogether) or `!override` (put in the place of what was there). */
class Replaced {
  constructor(
    readonly drop: boolean,
    readonly value: unknown,
  ) {}
}

const integer = /^[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const infinity = /^([-+]?)\.(inf|Inf|INF)$/;
const date = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}.*)?$/;

function wholeNumber(source: string): number | bigint | typeof NOT_RESOLVED {
  const plain = source.replaceAll("_", "");
  if (!integer.test(plain)) return NOT_RESOLVED;
  const negative = plain.startsWith("-");
  const digits = plain.replace(/^[-+]/, "").replace(/^0(?=[0-7])/, "0o");
  const value = BigInt(digits) * (negative ? -1n : 1n);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

const schema = FAILSAFE_SCHEMA.withTags(
  defineScalarTag("tag:yaml.org,2002:null", {
    implicit: true,
    resolve: (source) => (["", "~", "null", "Null", "NULL"].includes(source) ? null : NOT_RESOLVED),
    identify: () => false,
  }),
  defineScalarTag("tag:yaml.org,2002:bool", {
    implicit: true,
    resolve: (source) =>
      /^(true|True|TRUE)$/.test(source) ? true : /^(false|False|FALSE)$/.test(source) ? false : NOT_RESOLVED,
    identify: () => false,
  }),
  defineScalarTag<number | bigint>("tag:yaml.org,2002:int", {
    implicit: true,
    resolve: wholeNumber,
    identify: () => false,
  }),
  defineScalarTag("tag:yaml.org,2002:timestamp", {
    implicit: true,
    resolve: (source) => (date.test(source) ? new Timestamp(source) : NOT_RESOLVED),
    identify: () => false,
  }),
  defineScalarTag("tag:yaml.org,2002:float", {
    implicit: true,
    resolve: (source) => {
      if (float.test(source.replaceAll("_", ""))) return new Float(Number(source.replaceAll("_", "")));
      const sign = infinity.exec(source)?.[1];
      if (sign !== undefined) return new Float(sign === "-" ? -Infinity : Infinity);
      return /^\.(nan|NaN|NAN)$/.test(source) ? new Float(Number.NaN) : NOT_RESOLVED;
    },
    identify: () => false,
  }),
  mergeTag,
  realMapTag,
  ...["!reset", "!override"].flatMap((tag) => {
    const drop = tag === "!reset";
    return [
      defineScalarTag(tag, { resolve: (source) => new Replaced(drop, source), identify: () => false }),
      defineSequenceTag(tag, {
        create: seqTag.create,
        addItem: seqTag.addItem,
        finalize: (items) => new Replaced(drop, items),
        identify: () => false,
      }),
      defineMappingTag(tag, {
        create: realMapTag.create,
        addPair: realMapTag.addPair,
        has: realMapTag.has,
        keys: () => [],
        get: () => undefined,
        finalize: (entries) => new Replaced(drop, entries),
        identify: () => false,
      }),
    ];
  }),
);

/** Copies what was read, so that nothing is shared through anchors. `undefined` for what is reset. */
function toTree(value: unknown, path: Path, replaced: Path[]): Tree | undefined {
  if (value instanceof Replaced) {
    replaced.push(path);
    return value.drop ? undefined : toTree(value.value, path, []);
  }
  if (Array.isArray(value)) {
    return value
      .map((item, at) => toTree(item, [...path, String(at)], replaced))
      .filter((item) => item !== undefined);
  }
  if (value instanceof Map) {
    const entries = new Map<string, Tree>();
    for (const [key, entry] of value) {
      if (typeof key !== "string") {
        const place = path.length === 0 ? "at top level" : `in ${keyPlace(path)}`;
        throw new ComposeError(`non-string key ${place}: ${key instanceof Float ? key.value : String(key)}`);
      }
      const tree = toTree(entry, [...path, key], replaced);
      if (tree !== undefined) entries.set(key, tree);
    }
    return entries;
  }
  return value as Tree;
}

const keyPlace = (path: Path) =>
  path.reduce((text, key) => (/^[0-9]+$/.test(key) ? `${text}[${key}]` : text ? `${text}.${key}` : key), "");

/** What Go's decoder says, by what this one says. The line is Go's where it names one. */
const goReasons: readonly (readonly [RegExp, string, boolean])[] = [
  [/^bad indentation of a mapping entry/, "mapping values are not allowed in this context", true],
  [/^tab characters must not be used/, "found character that cannot start any token", true],
  [/^expected the node content/, "did not find expected node content", false],
];

function goMessage(error: YAMLException, text: string, file: string, named: boolean): string {
  const parse = (message: string) => (named ? `failed to parse ${file}: ${message}` : message);
  if (error.reason.startsWith("expected a document")) return "empty compose file";
  if (error.reason.startsWith("duplicated mapping key")) return duplicateMessage(text, file, named);
  const alias = /^unidentified alias "(.*)"/.exec(error.reason)?.[1];
  if (alias !== undefined) return parse(`yaml: unknown anchor '${alias}' referenced`);
  const line = (error.mark?.line ?? 0) + 1;
  const source = text.split("\n")[line - 1] ?? "";
  if (/(^|: |- )[%@`]/.test(source)) return parse("yaml: found character that cannot start any token");
  if (/deficient indentation|unexpected end of the stream/.test(error.reason))
    return parse(unclosed(text, line));
  const known = goReasons.find(([reason]) => reason.test(error.reason));
  if (!known) return parse(`yaml: line ${line}: ${error.reason}`);
  return parse(known[2] ? `yaml: line ${line}: ${known[1]}` : `yaml: ${known[1]}`);
}

/** What Go says of a list or a quote without its end. */
function unclosed(text: string, line: number): string {
  const lines = text.split("\n");
  const opening = lines.findLastIndex((each) => /[[{]/.test(each));
  const quotes = lines
    .slice(opening + 1)
    .join("")
    .replace(/[^'"]/g, "").length;
  if (opening < 0 || quotes % 2 === 1) return `yaml: line ${line}: found unexpected end of stream`;
  const close = lines[opening]?.includes("[") ? "]" : "}";
  return `yaml: line ${opening + 1}: did not find expected ',' or '${close}'`;
}

/** Finds the first key that is there twice. At the top, the reading of the project's name comes first. */
function duplicateMessage(text: string, file: string, named: boolean): string {
  const line = (offset: number) => text.slice(0, offset).split("\n").length;
  const open: { mapping: boolean; keyNext: boolean; keys: Map<string, number> }[] = [];
  const done = () => {
    const parent = open.at(-1);
    if (parent?.mapping) parent.keyNext = !parent.keyNext;
  };
  for (const event of parseEvents(text, {}) as Event[]) {
    const parent = open.at(-1);
    if (event.type === EVENT_ID.SCALAR) {
      if (parent?.mapping && parent.keyNext) {
        const key = getScalarValue(text, event);
        const first = parent.keys.get(key);
        const second = line(event.valueStart);
        if (first !== undefined && key !== "<<") {
          const message = `line ${second}: mapping key ${JSON.stringify(key)} already defined at line ${first}`;
          if (open.length === 1 && !named) return `yaml: unmarshal errors:\n  ${message}`;
          return `failed to parse ${file}: ${message}`;
        }
        parent.keys.set(key, second);
      }
      done();
    } else if (event.type === EVENT_ID.ALIAS) {
      done();
    } else if (event.type === EVENT_ID.POP) {
      if (open.pop()) done();
    } else if (event.type !== EVENT_ID.DOCUMENT) {
      open.push({ mapping: event.type === EVENT_ID.MAPPING, keyNext: true, keys: new Map() });
    }
  }
  return `failed to parse ${file}: duplicated mapping key`;
}
