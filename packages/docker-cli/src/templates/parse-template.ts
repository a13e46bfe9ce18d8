// Parses Go templates, with Go's words for what is wrong.
import { quoted } from "../command/quoted.js";
import {
  type CommandNode,
  type Node,
  nodeText,
  type Operand,
  type Pipe,
  type Template,
  type Variable,
} from "./nodes.js";
import { type Token, type TokenKind, tokensOf } from "./tokens.js";

/** The error of a template that cannot be parsed. Its message is Go's. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  /** What had been written when a template could not be carried out further. */
  written = "";
}

/**
 * Parses a template.
 *
 * @param functions whether there is a function of this name
 * @throws {TemplateError}
 */
export function parseTemplate(name: string, text: string, functions: (name: string) => boolean): Template {
  return new Parser(name, text, functions).template();
}

/** What ends a list of nodes. */
interface ListEnd {
  readonly kind: "end" | "else";
  readonly at: number;
}

const operandKinds: ReadonlySet<TokenKind> = new Set<TokenKind>([
  "bool",
  "character",
  "dot",
  "field",
  "identifier",
  "number",
  "nil",
  "string",
  "variable",
  "(",
]);

class Parser {
  readonly #tokens: readonly Token[];
  readonly #others = new Map<string, readonly Node[]>();
  #at = 0;
  #vars: string[] = ["$"];
  #rangeDepth = 0;
  #actionLine = 0;

  constructor(
    readonly name: string,
    readonly text: string,
    readonly functions: (name: string) => boolean,
  ) {
    this.#tokens = tokensOf(text);
  }

  template(): Template {
    const root: Node[] = [];
    while (this.#peek().kind !== "end of text") {
      if (this.#peek().kind === "left") {
        const before = this.#at;
        this.#next();
        const word = this.#nextNonSpace();
        if (word.kind === "keyword" && word.text === "define") {
          this.#definition();
          continue;
        }
        this.#at = before;
      }
      const node = this.#textOrAction();
      if (isListEnd(node)) throw this.#error(`unexpected {{${node.kind}}}`);
      root.push(node);
    }
    return { name: this.name, text: this.text, root, others: this.#others };
  }

  #definition(): void {
    const context = "define clause";
    const name = this.#templateName(this.#nextNonSpace(), context);
    this.#expect("right", context);
    const vars = this.#vars;
    this.#vars = ["$"];
    const [list, end] = this.#list();
    if (end.kind !== "end") throw this.#error(`unexpected {{${end.kind}}} in ${context}`);
    this.#vars = vars;
    this.#define(name.value, list);
  }

  #define(name: string, list: readonly Node[]): void {
    const isEmpty = list.every((node) => node.kind === "text" && node.text.trim() === "");
    if (!isEmpty || !this.#others.has(name)) this.#others.set(name, list);
  }

  #list(): [Node[], ListEnd] {
    const list: Node[] = [];
    while (this.#peekNonSpace().kind !== "end of text") {
      const node = this.#textOrAction();
      if (isListEnd(node)) return [list, node];
      list.push(node);
    }
    throw this.#error("unexpected EOF");
  }

  #textOrAction(): Node | ListEnd {
    const token = this.#nextNonSpace();
    if (token.kind === "text") return { kind: "text", at: token.at, text: token.text };
    if (token.kind !== "left") throw this.#unexpected(token, "input");
    this.#actionLine = token.line;
    const node = this.#action();
    this.#actionLine = 0;
    return node;
  }

  #action(): Node | ListEnd {
    const token = this.#nextNonSpace();
    if (token.kind === "keyword") {
      switch (token.text) {
        case "if":
        case "range":
        case "with":
          return this.#control(token.text, token.at);
        case "end":
          this.#expect("right", "end");
          return { kind: "end", at: token.at };
        case "else": {
          const next = this.#peekNonSpace();
          if (next.kind === "keyword" && (next.text === "if" || next.text === "with"))
            return { kind: "else", at: next.at };
          this.#expect("right", "else");
          return { kind: "else", at: token.at };
        }
        case "break":
        case "continue": {
          const next = this.#nextNonSpace();
          if (next.kind !== "right") throw this.#unexpected(next, `{{${token.text}}}`);
          if (this.#rangeDepth === 0) throw this.#error(`{{${token.text}}} outside {{range}}`);
          return { kind: token.text, at: token.at };
        }
        case "template": {
          const name = this.#templateName(this.#nextNonSpace(), "template clause");
          let pipe: Pipe | undefined;
          if (this.#nextNonSpace().kind !== "right") {
            this.#at--;
            pipe = this.#pipeline("template clause", "right");
          }
          return { kind: "template", at: name.at, name: name.value, quoted: quoted(name.value), pipe };
        }
        case "block": {
          const context = "block clause";
          const name = this.#templateName(this.#nextNonSpace(), context);
          const pipe = this.#pipeline(context, "right");
          const vars = this.#vars;
          this.#vars = ["$"];
          const [list, end] = this.#list();
          if (end.kind !== "end") throw this.#error(`unexpected {{${end.kind}}} in ${context}`);
          this.#vars = vars;
          this.#define(name.value, list);
          return { kind: "template", at: name.at, name: name.value, quoted: quoted(name.value), pipe };
        }
      }
    }
    this.#at--;
    const { at } = this.#peek();
    return { kind: "action", at, pipe: this.#pipeline("command", "right") };
  }

  #control(kind: "if" | "range" | "with", at: number): Node {
    const depth = this.#vars.length;
    const pipe = this.#pipeline(kind, "right");
    if (kind === "range") this.#rangeDepth++;
    const [list, end] = this.#list();
    if (kind === "range") this.#rangeDepth--;
    let otherwise: Node[] | undefined;
    if (end.kind === "else") {
      const next = this.#peek();
      if (next.kind === "keyword" && next.text === kind && kind !== "range") {
        // One {{end}} ends both.
        this.#next();
        otherwise = [this.#control(kind, next.at)];
      } else {
        const [others, last] = this.#list();
        if (last.kind !== "end") throw this.#error(`expected end; found {{${last.kind}}}`);
        otherwise = others;
      }
    }
    this.#vars.length = depth;
    return { kind, at, pipe, list, otherwise };
  }

  #pipeline(context: string, end: TokenKind): Pipe {
    const { at, line } = this.#peekNonSpace();
    const declared: Variable[] = [];
    let isAssign = false;
    for (;;) {
      const variable = this.#peekNonSpace();
      if (variable.kind !== "variable") break;
      const before = this.#at;
      this.#next();
      const next = this.#peekNonSpace();
      if (next.kind === "=" || next.kind === ":=") {
        isAssign = next.kind === "=";
        this.#nextNonSpace();
        declared.push(variableOf(variable));
        this.#vars.push(variable.text);
        break;
      }
      if (next.kind === "other" && next.text === ",") {
        this.#nextNonSpace();
        declared.push(variableOf(variable));
        this.#vars.push(variable.text);
        if (context === "range" && declared.length < 2) {
          if (["variable", "right", ")"].includes(this.#peekNonSpace().kind)) continue;
          throw this.#error("range can only initialize variables");
        }
        throw this.#error(`too many declarations in ${context}`);
      }
      this.#at = before;
      break;
    }
    const commands: CommandNode[] = [];
    for (;;) {
      const token = this.#nextNonSpace();
      if (token.kind === end) break;
      if (!operandKinds.has(token.kind)) throw this.#unexpected(token, context);
      this.#at--;
      commands.push(this.#command());
    }
    if (commands.length === 0) throw this.#error(`missing value for ${context}`);
    commands.slice(1).forEach(({ operands: [first] }, index) => {
      if (first && ["bool", "dot", "nil", "number", "string"].includes(first.kind)) {
        throw this.#error(`non executable command in pipeline stage ${index + 2}`);
      }
    });
    return { kind: "pipe", at, line, isAssign, declared, commands };
  }

  #command(): CommandNode {
    const { at } = this.#peekNonSpace();
    const operands: Operand[] = [];
    for (;;) {
      this.#peekNonSpace();
      const operand = this.#operand();
      if (operand) operands.push(operand);
      const token = this.#next();
      if (token.kind === "space") continue;
      if (token.kind === "right" || token.kind === ")") this.#at--;
      else if (token.kind !== "|") throw this.#unexpected(token, "operand");
      break;
    }
    if (operands.length === 0) throw this.#error("empty command");
    return { kind: "command", at, operands };
  }

  #operand(): Operand | undefined {
    const term = this.#term();
    if (!term || this.#peek().kind !== "field") return term;
    const { at } = this.#peek();
    const names: string[] = [];
    while (this.#peek().kind === "field") names.push(this.#next().text.slice(1));
    switch (term.kind) {
      case "field":
        return { kind: "field", at, names: [...term.names, ...names] };
      case "variable":
        return { kind: "variable", at, names: [...term.names, ...names] };
      case "bool":
      case "string":
      case "number":
      case "nil":
      case "dot":
        throw this.#error(`unexpected . after term ${quoted(nodeText(term))}`);
      default:
        return { kind: "chain", at, of: term, names };
    }
  }

  #term(): Operand | undefined {
    const token = this.#nextNonSpace();
    const { at, text } = token;
    switch (token.kind) {
      case "identifier":
        if (!this.functions(text)) throw this.#error(`function ${quoted(text)} not defined`);
        return { kind: "identifier", at, name: text };
      case "dot":
      case "nil":
        return { kind: token.kind, at };
      case "variable":
        if (!this.#vars.includes(text)) throw this.#error(`undefined variable ${quoted(text)}`);
        return variableOf(token);
      case "field":
        return { kind: "field", at, names: [text.slice(1)] };
      case "bool":
        return { kind: "bool", at, value: text === "true" };
      case "character":
      case "number":
        return this.#number(token);
      case "(":
        return this.#pipeline("parenthesized pipeline", ")");
      case "string":
        return { kind: "string", at, quoted: text, value: this.#unquoted(text) };
      default:
        this.#at--;
        return undefined;
    }
  }

  #number({ at, text, kind }: Token): Operand {
    if (kind === "character") {
      const value = [...this.#unquoted(text)];
      if (value.length !== 1) throw this.#error(`malformed character constant: ${text}`);
      return { kind: "number", at, text, value: value[0]!.codePointAt(0)!, isFloat: false };
    }
    const digits = text.replaceAll("_", "");
    const sign = digits.startsWith("-") ? -1 : 1;
    const plain = digits.replace(/^[+-]/, "");
    if (/^(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9]\d*)$/.test(plain)) {
      const value = BigInt(/^0[0-7]+$/.test(plain) ? `0o${plain.slice(1)}` : plain.toLowerCase());
      if (value >= 1n << 63n && !(sign < 0 && value === 1n << 63n))
        throw this.#error(`integer overflow: ${quoted(text)}`);
      return { kind: "number", at, text, value: sign * Number(value), isFloat: false };
    }
    if (/^(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain)) {
      return { kind: "number", at, text, value: Number(plain) * sign, isFloat: /[.eEpP]/.test(plain) };
    }
    throw this.#error(`illegal number syntax: ${quoted(text)}`);
  }

  #templateName(token: Token, context: string): { value: string; at: number } {
    if (token.kind !== "string") throw this.#unexpected(token, context);
    return { value: this.#unquoted(token.text), at: token.at };
  }

  /** What a text or a character between quotes means. */
  #unquoted(text: string): string {
    if (text.startsWith("`")) return text.slice(1, -1).replaceAll("\r", "");
    const quote = text[0]!;
    const plain: Readonly<Record<string, string>> = {
      a: "\x07",
      b: "\b",
      f: "\f",
      n: "\n",
      r: "\r",
      t: "\t",
      v: "\v",
      "\\": "\\",
      [quote]: quote,
    };
    return text
      .slice(1, -1)
      .replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|[\s\S]?)/g, (_, escaped: string) => {
        if (plain[escaped] !== undefined) return plain[escaped];
        if (/^[xuU]./.test(escaped)) return String.fromCodePoint(Number.parseInt(escaped.slice(1), 16));
        if (/^[0-7]{3}$/.test(escaped)) return String.fromCodePoint(Number.parseInt(escaped, 8));
        throw this.#error("invalid syntax");
      });
  }

  #expect(kind: TokenKind, context: string): Token {
    const token = this.#nextNonSpace();
    if (token.kind !== kind) throw this.#unexpected(token, context);
    return token;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? this.#tokens.at(-1)!;
  }
  #next(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }
  #peekNonSpace(): Token {
    while (this.#peek().kind === "space") this.#at++;
    return this.#peek();
  }
  #nextNonSpace(): Token {
    this.#peekNonSpace();
    return this.#next();
  }

  #unexpected(token: Token, context: string): TemplateError {
    if (token.kind === "error") {
      const elsewhere = this.#actionLine !== 0 && this.#actionLine !== token.line;
      const started = ` started at ${this.name}:${this.#actionLine}`;
      return this.#error(
        `${token.text}${elsewhere ? (token.text.endsWith(" action") ? started : ` in action${started}`) : ""}`,
      );
    }
    return this.#error(`unexpected ${tokenText(token)} in ${context}`);
  }

  #error(message: string): TemplateError {
    const last = this.#tokens[Math.min(this.#at, this.#tokens.length) - 1] ?? this.#tokens[0];
    return new TemplateError(`template: ${this.name}:${last?.line ?? 1}: ${message}`);
  }
}

function isListEnd(node: Node | ListEnd): node is ListEnd {
  return node.kind === "end" || node.kind === "else";
}

function variableOf({ at, text }: Token): Variable {
  return { kind: "variable", at, names: [text] };
}

/** A token as Go's errors show it. */
function tokenText({ kind, text }: Token): string {
  if (kind === "end of text") return "EOF";
  if (kind === "error") return text;
  if (kind === "keyword" || kind === "nil" || kind === "dot") return `<${text}>`;
  const characters = [...text];
  return characters.length > 10 ? `${quoted(characters.slice(0, 10).join(""))}...` : quoted(text);
}
