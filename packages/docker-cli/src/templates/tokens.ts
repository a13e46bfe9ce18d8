// Splits a template into tokens, as Go's text/template does.
import { quoted } from "../command/quoted.js";

export type TokenKind =
  | "text"
  | "left"
  | "right"
  | "space"
  | "=" // assign
  | ":=" // declare
  | "|"
  | "("
  | ")"
  | "string"
  | "character"
  | "number"
  | "variable"
  | "field"
  | "dot"
  | "identifier"
  | "bool"
  | "nil"
  | "keyword"
  | "other"
  | "error"
  | "end of text";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
  readonly line: number;
}

const keywords = new Set([
  "break",
  "continue",
  "block",
  "define",
  "else",
  "end",
  "if",
  "range",
  "template",
  "with",
]);

/** The tokens of a template. A mistake is the last token, of the kind `error`. */
export function tokensOf(input: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;

  /** Adds what is between `from` and `at`. */
  const emit = (kind: TokenKind, from: number, text = input.slice(from, at)): void => {
    tokens.push({ kind, text, at: from, line });
    line += newlines(input.slice(from, at));
  };
  const fail = (message: string): Token[] => {
    tokens.push({ kind: "error", text: message, at, line });
    return tokens;
  };

  let trimNext = false;
  for (;;) {
    // Text up to the next action.
    const begin = input.indexOf("{{", at);
    const end = begin < 0 ? input.length : begin;
    const trimsBefore = begin >= 0 && /^\{\{-[ \t\r\n]/.test(input.slice(begin));
    let text = input.slice(at, end);
    let from = at;
    if (trimNext) {
      const kept = text.replace(/^[ \t\r\n]+/, "");
      line += newlines(text.slice(0, text.length - kept.length));
      from += text.length - kept.length;
      text = kept;
    }
    if (trimsBefore) text = text.replace(/[ \t\r\n]+$/, "");
    at = end;
    if (text !== "") tokens.push({ kind: "text", text, at: from, line });
    line += newlines(input.slice(from, end));
    if (begin < 0) {
      tokens.push({ kind: "end of text", text: "", at, line });
      return tokens;
    }

    const afterMarker = trimsBefore ? 2 : 0;
    if (input.startsWith("/*", begin + 2 + afterMarker)) {
      const close = input.indexOf("*/", begin + 2 + afterMarker);
      at = begin + 2 + afterMarker;
      if (close < 0) return fail("unclosed comment");
      at = close + 2;
      const after = input.slice(at).match(/^(?:([ \t\r\n]-)?\}\})/);
      if (!after) return fail("comment ends before closing delimiter");
      line += newlines(input.slice(begin, at));
      at += after[0].length;
      trimNext = after[1] !== undefined;
      continue;
    }
    at = begin + 2;
    emit("left", begin);
    at += afterMarker;

    // The action.
    let depth = 0;
    for (;;) {
      const right = input.slice(at).match(/^(?:([ \t\r\n]-)?\}\})/);
      if (right) {
        if (depth > 0) return fail("unclosed left paren");
        const start = at + (right[1]?.length ?? 0);
        at += right[0].length;
        emit("right", start, "}}");
        trimNext = right[1] !== undefined;
        break;
      }
      const from = at;
      const character = input[at];
      if (character === undefined) return fail("unclosed action");
      if (/[ \t\r\n]/.test(character)) {
        while (/[ \t\r\n]/.test(input[at] ?? "x")) at++;
        // The last space may belong to a trimming delimiter.
        if (input.startsWith("-}}", at)) at--;
        if (at > from) emit("space", from);
      } else if (character === "=") {
        at++;
        emit("=", from);
      } else if (character === ":") {
        at++;
        if (input[at] !== "=") return fail("expected :=");
        at++;
        emit(":=", from);
      } else if (character === "|") {
        at++;
        emit("|", from);
      } else if (character === '"' || character === "'") {
        at++;
        for (;;) {
          const next = input[at];
          if (next === "\\" && input[at + 1] !== undefined && input[at + 1] !== "\n") at += 2;
          else if (next === undefined || next === "\n" || next === "\\") {
            return fail(character === '"' ? "unterminated quoted string" : "unterminated character constant");
          } else {
            at++;
            if (next === character) break;
          }
        }
        emit(character === '"' ? "string" : "character", from);
      } else if (character === "`") {
        const close = input.indexOf("`", at + 1);
        if (close < 0) return fail("unterminated raw quoted string");
        at = close + 1;
        emit("string", from);
      } else if (
        character === "$" ||
        (character === "." && !/[0-9]/.test(input[at + 1] ?? (character === "." ? "0" : "x")))
      ) {
        at++;
        if (atTerminator(input, at)) {
          emit(character === "$" ? "variable" : "dot", from);
        } else {
          while (isWord(input, at)) at += widthAt(input, at);
          if (!atTerminator(input, at)) return fail(`bad character ${codePoint(input, at)}`);
          emit(character === "$" ? "variable" : "field", from);
        }
      } else if (/[0-9+.-]/.test(character)) {
        const number = input
          .slice(at)
          .match(
            /^[+-]?(?:0[xX][0-9a-fA-F_]*|0[oO][0-7_]*|0[bB][01_]*|[0-9_]*)(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?(?:[pP][+-]?[0-9_]*)?i?/,
          )![0];
        at += number.length;
        if (isWord(input, at)) {
          at += widthAt(input, at);
          return fail(`bad number syntax: ${quoted(input.slice(from, at))}`);
        }
        emit("number", from);
      } else if (isWord(input, at)) {
        while (isWord(input, at)) at += widthAt(input, at);
        if (!atTerminator(input, at)) return fail(`bad character ${codePoint(input, at)}`);
        const word = input.slice(from, at);
        if (keywords.has(word)) emit("keyword", from);
        else if (word === "nil") emit("nil", from);
        else if (word === "true" || word === "false") emit("bool", from);
        else emit("identifier", from);
      } else if (character === "(") {
        at++;
        depth++;
        emit("(", from);
      } else if (character === ")") {
        at++;
        depth--;
        if (depth < 0) return fail("unexpected right paren");
        emit(")", from);
      } else if (character > " " && character < "\x7f") {
        at++;
        emit("other", from);
      } else {
        return fail(`unrecognized character in action: ${codePoint(input, at)}`);
      }
    }
  }
}

function isWord(input: string, at: number): boolean {
  const character = input.codePointAt(at);
  return character !== undefined && /[\p{L}\p{Nd}_]/u.test(String.fromCodePoint(character));
}

function widthAt(input: string, at: number): number {
  return input.codePointAt(at)! > 0xffff ? 2 : 1;
}

function atTerminator(input: string, at: number): boolean {
  const next = input[at];
  return next === undefined || /[ \t\r\n.,|:)(]/.test(next) || input.startsWith("}}", at);
}

/** A character as Go's %#U shows it. */
function codePoint(input: string, at: number): string {
  const code = input.codePointAt(at);
  if (code === undefined) return "U+FFFFFFFFFFFFFFFF";
  const hex = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const shown = String.fromCodePoint(code);
  return /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(shown) ? `${hex} '${shown}'` : hex;
}

function newlines(text: string): number {
  return text.split("\n").length - 1;
}
