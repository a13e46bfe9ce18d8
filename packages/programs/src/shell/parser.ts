// The parser: it turns the text of a script into the commands of syntax.ts. Its errors are BusyBox's.
import type {
  Assignment,
  CaseItem,
  Command,
  OpenOperator,
  ParameterOperator,
  Redirection,
  Word,
  WordPart,
} from "./syntax.js";

/** A syntax error. The message is BusyBox's. */
export class SyntaxProblem extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

/** Thrown when the text ends within a command and more text may follow. */
export class Incomplete extends Error {}

/** Options of a {@link Parser}. */
export interface ParserOptions {
  /** The number of the first line. */
  readonly line: number;
  /**
   * Whether more text may follow. An early end then throws {@link Incomplete} instead of a {@link
   * SyntaxProblem}.
   */
  readonly open: boolean;
  /** Returns the value of an alias. */
  alias(name: string): string | undefined;
}

type Token =
  | { readonly kind: "word"; readonly word: Word; readonly text: string | undefined; readonly start: number }
  | { readonly kind: "redirection"; readonly redirection: Redirection }
  /** An operator or keyword by its text. */
  | { readonly kind: "operator"; readonly text: string }
  | { readonly kind: "newline" }
  | { readonly kind: "end" };

const keywords: ReadonlySet<string> = new Set([
  "!",
  "case",
  "do",
  "done",
  "elif",
  "else",
  "esac",
  "fi",
  "for",
  "function",
  "if",
  "in",
  "then",
  "until",
  "while",
  "{",
  "}",
]);

/** The tokens that end a list of commands. */
const listEnds: ReadonlySet<string> = new Set([
  "then",
  "elif",
  "else",
  "fi",
  "do",
  "done",
  "esac",
  "}",
  ")",
  ";;",
]);

const nothing: Command = { kind: "simple", assignments: [], words: [], redirections: [], line: 0 };

interface HereDocument {
  readonly delimiter: string;
  readonly plain: boolean;
  readonly stripsTabs: boolean;
  readonly document: { text: Word };
}

/** Returns whether a text is a keyword of the shell. */
export function isShellKeyword(text: string): boolean {
  return keywords.has(text);
}

/** Returns whether a text can be the name of a variable. */
export function isName(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text);
}

/**
 * Parses a script command by command, as ash does. The commands before a syntax error run before the error is
 * found.
 */
export class Parser {
  #text: string;
  #at: number;
  #line: number;
  readonly #options: ParserOptions;
  #pushedBack: Token | undefined;
  #last: Token = { kind: "end" };
  #pending: HereDocument[] = [];
  /** The aliases that are being expanded, each with the position at which its value ends. */
  #expanding: { readonly name: string; readonly end: number }[] = [];
  /** The position behind an alias whose value ends in a blank, so that the next word may be an alias, too. */
  #aliasNext = -1;

  constructor(text: string, at: number, options: ParserOptions) {
    this.#text = text;
    this.#at = at;
    this.#line = options.line;
    this.#options = options;
  }

  /** The index up to which the text has been parsed. */
  get position(): number {
    return this.#at;
  }
  get line(): number {
    return this.#line;
  }
  /** The text, with aliases replaced in the part that has been parsed. */
  get text(): string {
    return this.#text;
  }

  /**
   * Parses the commands up to the end of a line. Returns `undefined` for an empty line and `"end"` at the end
   * of the text.
   */
  next(): Command | undefined | "end" {
    this.#pushedBack = undefined;
    return this.#list(true, false);
  }

  /** Parses the commands up to and including a closing parenthesis. */
  substitution(): Command | undefined {
    const body = this.#list(false, true);
    if (this.#operator(this.#token(true)) !== ")") this.#unexpected(")");
    return body === "end" ? undefined : body;
  }

  /** Parses commands up to a token that ends them, and ignores the rest. */
  all(): Command | undefined {
    const body = this.#list(false, true);
    return body === "end" ? undefined : body;
  }

  /** Parses the text of a here-document or a prompt, as if it were in double quotes. */
  quotedText(): Word {
    return this.#quoted("document");
  }

  #list(isTop: boolean, mayBeEmpty: boolean): Command | undefined | "end" {
    let list: Command | undefined;
    if (mayBeEmpty && this.#isListEnd(this.#peekPastNewlines())) return undefined;
    for (;;) {
      const first = isTop ? this.#token(true) : this.#tokenPastNewlines();
      if (first.kind === "newline") {
        this.#readHereDocuments();
        return list;
      }
      if (first.kind === "end") {
        if (isTop && !list) return "end";
        this.#readHereDocuments();
        this.#pushedBack = first;
        return list;
      }
      this.#pushedBack = first;
      const start = first.kind === "word" ? first.start : this.#at;
      const command = this.#andOr();
      const token = this.#token(false);
      const separator = this.#operator(token);
      const item: Command =
        separator === "&"
          ? { kind: "background", body: command, text: this.#text.slice(start, this.#at - 1).trim() }
          : command;
      list = list ? { kind: "sequence", left: list, right: item } : item;
      if (token.kind === "newline" || token.kind === "end") {
        if (isTop || token.kind === "newline") this.#readHereDocuments();
        if (token.kind === "end") this.#pushedBack = token;
        if (isTop) return list;
      } else if (separator !== ";" && separator !== "&") {
        if (isTop) this.#unexpected();
        this.#pushedBack = token;
        return list;
      }
      if (isTop) {
        const next = this.#token(true);
        // The line goes on. A token that ends a list has no list to end here.
        if (this.#isListEnd(next) && next.kind !== "end") this.#unexpected();
        this.#pushedBack = next;
        continue;
      }
      if (this.#isListEnd(this.#peekPastNewlines())) return list;
    }
  }

  #isListEnd(token: Token): boolean {
    return token.kind === "end" || listEnds.has(this.#operator(token) ?? "");
  }

  #andOr(): Command {
    let left = this.#pipeline();
    for (;;) {
      const token = this.#token(false);
      const operator = this.#operator(token);
      if (operator !== "&&" && operator !== "||") {
        this.#pushedBack = token;
        return left;
      }
      this.#skipNewlines();
      left = { kind: operator === "&&" ? "and" : "or", left, right: this.#pipeline() };
    }
  }

  #pipeline(): Command {
    let token = this.#tokenPastNewlines();
    const negated = this.#operator(token) === "!";
    if (negated) token = this.#token(true);
    this.#pushedBack = token;
    const first = this.#command();
    const commands = [first];
    for (;;) {
      const next = this.#token(false);
      if (this.#operator(next) !== "|") {
        this.#pushedBack = next;
        break;
      }
      this.#skipNewlines();
      commands.push(this.#command());
    }
    return commands.length === 1 && !negated ? first : { kind: "pipeline", negated, commands };
  }

  #command(): Command {
    const token = this.#token(true);
    if (token.kind === "word" || token.kind === "redirection") {
      this.#pushedBack = token;
      return this.#simple();
    }
    const line = this.#line;
    switch (this.#operator(token)) {
      case "if":
        return this.#redirected(this.#if());
      case "while":
      case "until": {
        const condition = this.#body();
        this.#expect("do");
        const body = this.#body();
        this.#expect("done");
        return this.#redirected({
          kind: this.#operator(token) === "while" ? "while" : "until",
          condition,
          body,
        });
      }
      case "for":
        return this.#redirected(this.#for(line));
      case "case":
        return this.#redirected(this.#case(line));
      case "function": {
        const name = this.#token(false);
        if (name.kind !== "word") this.#unexpected("word");
        const next = this.#token(true);
        if (this.#operator(next) === "(") this.#expectPlain(")");
        else this.#pushedBack = next;
        const body = this.#tokenPastNewlines();
        if (body.kind === "word" || body.kind === "redirection") {
          this.#last = body;
          this.#unexpected();
        }
        this.#pushedBack = body;
        return { kind: "function", name: (name as { text?: string }).text ?? "", body: this.#command() };
      }
      case "{":
      case "(": {
        const isGroup = this.#operator(token) === "{";
        const body = this.#body();
        this.#expect(isGroup ? "}" : ")");
        return { kind: isGroup ? "group" : "subshell", body, redirections: this.#redirections() };
      }
      default:
        return this.#unexpected();
    }
  }

  /** Adds the redirections that follow a compound command. */
  #redirected(command: Command): Command {
    const redirections = this.#redirections();
    return redirections.length === 0 ? command : { kind: "group", body: command, redirections };
  }

  #redirections(): Redirection[] {
    const redirections: Redirection[] = [];
    for (;;) {
      const token = this.#token(true);
      if (token.kind !== "redirection") {
        this.#pushedBack = token;
        return redirections;
      }
      redirections.push(token.redirection);
    }
  }

  #body(): Command {
    const body = this.#list(false, false);
    // At the end of the text, the caller reports the keyword that is missing behind the commands.
    return body === "end" || body === undefined ? nothing : body;
  }

  #if(): Command {
    const condition = this.#body();
    this.#expect("then");
    const body = this.#body();
    const token = this.#token(true);
    const keyword = this.#operator(token);
    if (keyword === "elif") return { kind: "if", condition, body, otherwise: this.#if() };
    if (keyword === "else") {
      const otherwise = this.#body();
      this.#expect("fi");
      return { kind: "if", condition, body, otherwise };
    }
    if (keyword !== "fi") this.#unexpected("fi");
    return { kind: "if", condition, body, otherwise: undefined };
  }

  #for(line: number): Command {
    const variable = this.#token(false);
    if (variable.kind !== "word" || variable.text === undefined || !isName(variable.text)) {
      throw this.#problem("bad for loop variable");
    }
    let words: Word[] | undefined;
    const token = this.#tokenPastNewlines();
    if (token.kind === "word" && token.text === "in") {
      words = [];
      let next = this.#token(false);
      while (next.kind === "word") {
        words.push(next.word);
        next = this.#token(false);
      }
      if (next.kind !== "newline" && this.#operator(next) !== ";") this.#unexpected();
    } else if (this.#operator(token) !== ";") {
      this.#pushedBack = token;
    }
    const start = this.#tokenPastNewlines();
    if (this.#operator(start) !== "do") this.#unexpected("do");
    const body = this.#body();
    this.#expect("done");
    return { kind: "for", variable: variable.text, words, body, line };
  }

  #case(line: number): Command {
    const subject = this.#token(false);
    if (subject.kind !== "word") return this.#unexpected("word");
    const preposition = this.#tokenPastNewlines();
    if (preposition.kind !== "word" || preposition.text !== "in") this.#unexpected("in");
    const items: CaseItem[] = [];
    let token = this.#tokenPastNewlines();
    while (this.#operator(token) !== "esac") {
      if (this.#operator(token) === "(") token = this.#token(false);
      const patterns: Word[] = [];
      for (;;) {
        patterns.push(this.#patternOf(token));
        if (this.#operator(this.#token(false)) !== "|") break;
        token = this.#token(false);
      }
      if (this.#operator(this.#last) !== ")") this.#unexpected(")");
      const body = this.#list(false, true);
      items.push({ patterns, body: body === "end" ? undefined : body });
      token = this.#tokenPastNewlines();
      if (this.#operator(token) === "esac") break;
      if (this.#operator(token) !== ";;") this.#unexpected(";;");
      token = this.#tokenPastNewlines();
    }
    return { kind: "case", subject: subject.word, items, line };
  }

  /** Returns the pattern in a `case`. A keyword is an ordinary word there. */
  #patternOf(token: Token): Word {
    if (token.kind === "word") return token.word;
    if (token.kind === "operator" && keywords.has(token.text)) {
      return [{ kind: "text", text: token.text, quoted: false }];
    }
    return [];
  }

  #simple(): Command {
    const line = this.#line;
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    let inBrackets = false;
    let name: string | undefined;
    for (;;) {
      const checksAlias = words.length === 0 || this.#aliasNext >= 0;
      const token = this.#token(false, checksAlias);
      if (token.kind === "redirection") {
        redirections.push(token.redirection);
      } else if (token.kind === "word") {
        const assignment = words.length === 0 ? assignmentOf(token.word) : undefined;
        if (assignment) assignments.push(assignment);
        else {
          if (words.length === 0) name = token.text;
          words.push(token.word);
          if (token.text === "[[" && words.length === 1) inBrackets = true;
          if (token.text === "]]") inBrackets = false;
        }
      } else if (inBrackets && (this.#operator(token) === "&&" || this.#operator(token) === "||")) {
        words.push([{ kind: "text", text: this.#operator(token) === "&&" ? "-a" : "-o", quoted: true }]);
      } else if (inBrackets && (this.#operator(token) === "(" || this.#operator(token) === ")")) {
        words.push([{ kind: "text", text: this.#operator(token) as string, quoted: true }]);
      } else if (
        this.#operator(token) === "(" &&
        words.length === 1 &&
        assignments.length === 0 &&
        redirections.length === 0
      ) {
        this.#expectPlain(")");
        if (name === undefined) throw this.#problem("bad function name");
        this.#skipNewlines();
        return { kind: "function", name, body: this.#command() };
      } else {
        this.#pushedBack = token;
        break;
      }
    }
    return { kind: "simple", assignments, words, redirections, line };
  }

  #expect(text: string): void {
    if (this.#operator(this.#token(true)) !== text) this.#unexpected(text);
  }

  #expectPlain(text: string): void {
    if (this.#operator(this.#token(false)) !== text) this.#unexpected(text);
  }

  #skipNewlines(): void {
    this.#pushedBack = this.#tokenPastNewlines();
  }

  #peekPastNewlines(): Token {
    const token = this.#tokenPastNewlines();
    this.#pushedBack = token;
    return token;
  }

  #tokenPastNewlines(): Token {
    for (;;) {
      const token = this.#token(true);
      if (token.kind !== "newline") return token;
      this.#readHereDocuments();
    }
  }

  #operator(token: Token): string | undefined {
    return token.kind === "operator" ? token.text : undefined;
  }

  #unexpected(expected?: string): never {
    const token = this.#last;
    const found =
      token.kind === "end" ? "end of file" : token.kind === "operator" ? `"${token.text}"` : token.kind;
    if (token.kind === "end" && this.#options.open) throw new Incomplete();
    const wanted =
      expected === undefined ? "" : ` (expecting ${expected === "word" ? "word" : `"${expected}"`})`;
    throw this.#problem(`unexpected ${found}${wanted}`);
  }

  #problem(message: string): SyntaxProblem {
    return new SyntaxProblem(`syntax error: ${message}`, this.#line);
  }

  /** Returns the error for a text that ends too early. */
  #endOfText(message: string): Error {
    return this.#options.open ? new Incomplete() : this.#problem(message);
  }

  // Tokens.

  #token(checksKeyword: boolean, checksAlias = checksKeyword): Token {
    const pushed = this.#pushedBack;
    if (pushed) {
      this.#pushedBack = undefined;
      this.#last = this.#asKeyword(pushed, checksKeyword);
      return this.#last;
    }
    for (;;) {
      const token = this.#read();
      if (checksAlias && token.kind === "word" && token.text !== undefined && this.#replaceAlias(token)) {
        continue;
      }
      this.#aliasNext = -1;
      this.#last = this.#asKeyword(token, checksKeyword);
      return this.#last;
    }
  }

  #asKeyword(token: Token, checks: boolean): Token {
    if (!checks || token.kind !== "word" || token.text === undefined || !keywords.has(token.text))
      return token;
    // `in` is a keyword only behind `for` and `case`, which look for it themselves.
    return token.text === "in" ? token : { kind: "operator", text: token.text };
  }

  #replaceAlias(token: Token & { kind: "word" }): boolean {
    const name = token.text as string;
    this.#expanding = this.#expanding.filter(({ end }) => end > token.start);
    if (keywords.has(name) || this.#expanding.some((each) => each.name === name)) return false;
    const value = this.#options.alias(name);
    if (value === undefined) return false;
    const growth = value.length - (this.#at - token.start);
    this.#expanding = this.#expanding.map((each) => ({ ...each, end: each.end + growth }));
    this.#text = this.#text.slice(0, token.start) + value + this.#text.slice(this.#at);
    this.#expanding.push({ name, end: token.start + value.length });
    this.#at = token.start;
    if (/[ \t]$/.test(value)) this.#aliasNext = token.start + value.length;
    return true;
  }

  #read(): Token {
    this.#skipBlanks();
    const letter = this.#text[this.#at];
    if (letter === undefined) return { kind: "end" };
    if (letter === "\n") {
      this.#at++;
      this.#line++;
      return { kind: "newline" };
    }
    const redirection = /^(\d?)(<<-|<<<|<<|<>|<&|<|>>|>&|>\||>|&>>|&>)/.exec(
      this.#text.slice(this.#at, this.#at + 4),
    );
    if (redirection) {
      this.#at += redirection[0].length;
      return {
        kind: "redirection",
        redirection: this.#redirection(redirection[2] as string, redirection[1] as string),
      };
    }
    const operator = /^(&&|\|\||;;|[;&|()])/.exec(this.#text.slice(this.#at, this.#at + 2))?.[0];
    if (operator !== undefined) {
      this.#at += operator.length;
      return { kind: "operator", text: operator };
    }
    const start = this.#at;
    const word = this.#word();
    const plain = word.every((part) => part.kind === "text" && !part.quoted);
    const text = plain ? word.map((part) => (part as { text: string }).text).join("") : undefined;
    return { kind: "word", word, text, start };
  }

  #skipBlanks(): void {
    for (;;) {
      const letter = this.#text[this.#at];
      if (letter === " " || letter === "\t") this.#at++;
      else if (letter === "\\" && this.#text[this.#at + 1] === "\n") {
        this.#at += 2;
        this.#line++;
      } else if (letter === "#") {
        while (this.#at < this.#text.length && this.#text[this.#at] !== "\n") this.#at++;
      } else return;
    }
  }

  #redirection(operator: string, digits: string): Redirection {
    const output = operator.startsWith(">") || operator.startsWith("&");
    const descriptor = digits === "" ? (output ? 1 : 0) : Number(digits);
    const stripsTabs = operator === "<<-";
    const target = this.#token(false, false);
    if (target.kind !== "word") return this.#unexpected();
    if (operator === "<<<") {
      return {
        kind: "here",
        descriptor,
        document: { text: [...asQuoted(target.word), { kind: "text", text: "\n", quoted: true }] },
      };
    }
    if (operator === "<<" || stripsTabs) {
      const document: { text: Word } = { text: [] };
      const plain = target.word.some((part) => part.kind === "text" && part.quoted);
      const delimiter = target.word.map((part) => (part.kind === "text" ? part.text : "")).join("");
      this.#pending.push({ delimiter, plain, stripsTabs, document });
      return { kind: "here", descriptor, document };
    }
    if (operator === ">&" || operator === "<&") {
      return { kind: "duplicate", output, descriptor, target: target.word, spelt: digits !== "" };
    }
    return { kind: "open", operator: operator as OpenOperator, descriptor, target: target.word };
  }

  /** Reads the bodies of the here-documents that the line before has begun. */
  #readHereDocuments(): void {
    const pending = this.#pending;
    this.#pending = [];
    for (const { delimiter, plain, stripsTabs, document } of pending) {
      let body = "";
      const first = this.#line;
      for (;;) {
        if (this.#at >= this.#text.length) {
          // The end of the script ends a here-document without a delimiter.
          if (this.#options.open) throw new Incomplete();
          break;
        }
        let line = this.#readLine();
        // In a document that is expanded, a backslash at the end of a line joins the next line.
        while (!plain && /(^|[^\\])(\\\\)*\\$/.test(line) && this.#at < this.#text.length) {
          line = `${line.slice(0, -1)}${this.#readLine()}`;
        }
        if (stripsTabs) line = line.replace(/^\t+/, "");
        if (line === delimiter) break;
        body += this.#at >= this.#text.length && !this.#text.endsWith("\n") ? line : `${line}\n`;
      }
      document.text = plain
        ? [{ kind: "text", text: body, quoted: true }]
        : new Parser(body, 0, { ...this.#options, line: first, open: false }).quotedText();
    }
  }

  #readLine(): string {
    const end = this.#text.indexOf("\n", this.#at);
    const line = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 1;
    this.#line++;
    return line;
  }

  // Words.

  #word(): Word {
    const parts = new Parts();
    for (;;) {
      const letter = this.#text[this.#at];
      if (letter === undefined || /[\s;&|()<>]/.test(letter)) break;
      this.#unquoted(letter, parts);
    }
    return parts.list;
  }

  /** Parses one piece of a word outside of quotes. */
  #unquoted(letter: string, parts: Parts): void {
    if (letter === "'") this.#singleQuoted(parts);
    else if (letter === '"') this.#doubleQuoted(parts);
    else if (letter === "\\") this.#escaped(parts);
    else if (letter === "$") this.#dollar(parts, false);
    else if (letter === "`") this.#backquoted(parts, false);
    else {
      if (letter === "\n") this.#line++;
      parts.text(letter, false);
      this.#at++;
    }
  }

  #escaped(parts: Parts): void {
    const next = this.#text[this.#at + 1];
    if (next === undefined) {
      if (this.#options.open) throw new Incomplete();
      parts.text("\\", true);
      this.#at++;
      return;
    }
    this.#at += 2;
    if (next === "\n") this.#line++;
    else parts.text(next, true);
  }

  #singleQuoted(parts: Parts): void {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) {
      this.#line += this.#text.slice(this.#at).split("\n").length - 1;
      throw this.#endOfText("unterminated quoted string");
    }
    const text = this.#text.slice(this.#at + 1, end);
    this.#line += text.split("\n").length - 1;
    parts.text(text, true);
    this.#at = end + 1;
  }

  #doubleQuoted(parts: Parts): void {
    this.#at++;
    const quoted = this.#quoted("string");
    // An empty pair of quotes is a word, but "$@" may expand to no word at all.
    if (quoted.length === 0) parts.text("", true);
    parts.add(...quoted);
  }

  /** Parses text in double quotes up to the closing quote. A here-document goes to the end of the text. */
  #quoted(within: "string" | "document"): WordPart[] {
    const parts = new Parts();
    for (;;) {
      const letter = this.#text[this.#at];
      if (letter === undefined) {
        if (within === "document") return parts.list;
        throw this.#endOfText("unterminated quoted string");
      }
      if (letter === '"' && within === "string") {
        this.#at++;
        return parts.list;
      }
      this.#insideQuotes(letter, parts, within === "string");
    }
  }

  /** Parses one piece of a text in double quotes. */
  #insideQuotes(letter: string, parts: Parts, escapesQuote: boolean): void {
    if (letter === "\\") {
      const next = this.#text[this.#at + 1];
      if (next === "\n") {
        this.#at += 2;
        this.#line++;
      } else if (next !== undefined && (/[$`\\]/.test(next) || (next === '"' && escapesQuote))) {
        parts.text(next, true);
        this.#at += 2;
      } else {
        parts.text("\\", true);
        this.#at++;
      }
    } else if (letter === "$") this.#dollar(parts, true);
    else if (letter === "`") this.#backquoted(parts, true);
    else {
      if (letter === "\n") this.#line++;
      parts.text(letter, true);
      this.#at++;
    }
  }

  #dollar(parts: Parts, quoted: boolean): void {
    const rest = this.#text.slice(this.#at + 1, this.#at + 3);
    if (rest === "((") {
      this.#at += 3;
      parts.add({ kind: "arithmetic", expression: this.#arithmetic(), quoted });
    } else if (rest.startsWith("(")) {
      this.#at += 2;
      parts.add({ kind: "command", body: this.#nested(), quoted });
    } else if (rest.startsWith("{")) {
      this.#at += 2;
      parts.add(this.#braced(quoted));
    } else if (rest.startsWith("'") && !quoted) {
      this.#at += 2;
      parts.text(this.#ansiQuoted(), true);
    } else {
      const name = /^(?:[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(this.#text.slice(this.#at + 1))?.[0];
      this.#at += 1 + (name?.length ?? 0);
      if (name === undefined) parts.text("$", quoted);
      else parts.add(plainParameter(name, quoted));
    }
  }

  /** Parses a command substitution behind `$(`. */
  #nested(): Command | undefined {
    const inner = new Parser(this.#text, this.#at, { ...this.#options, line: this.#line });
    const body = inner.substitution();
    this.#text = inner.text;
    this.#at = inner.position;
    this.#line = inner.line;
    return body;
  }

  #backquoted(parts: Parts, quoted: boolean): void {
    let body = "";
    const line = this.#line;
    this.#at++;
    for (;;) {
      const letter = this.#text[this.#at];
      if (letter === undefined) throw this.#endOfText("EOF in backquote substitution");
      this.#at++;
      if (letter === "`") break;
      if (letter === "\n") this.#line++;
      const next = this.#text[this.#at];
      if (letter === "\\" && next !== undefined && (/[`$\\]/.test(next) || (quoted && next === '"'))) {
        body += next;
        this.#at++;
      } else body += letter;
    }
    const inner = new Parser(body, 0, { ...this.#options, line, open: false });
    parts.add({ kind: "command", body: inner.all(), quoted });
  }

  /**
   * Parses the expression between `$((` and `))`. Double quotes are dropped there, and their content is
   * expanded.
   */
  #arithmetic(): Word {
    const parts = new Parts();
    let depth = 0;
    for (;;) {
      const letter = this.#text[this.#at];
      if (letter === undefined) throw this.#endOfText("missing '))'");
      if (letter === ")" && depth === 0) {
        if (this.#text[this.#at + 1] !== ")") {
          if (this.#text[this.#at + 1] === undefined) throw this.#endOfText("missing '))'");
          throw this.#problem("missing '))'");
        }
        this.#at += 2;
        return parts.list;
      }
      if (letter === "(") depth++;
      if (letter === ")") depth--;
      if (letter === '"') this.#at++;
      else this.#insideQuotes(letter, parts, true);
    }
  }

  /** Parses a parameter expansion behind `${`. */
  #braced(quoted: boolean): WordPart {
    const rest = this.#text.slice(this.#at);
    const length = /^#(?:[A-Za-z_]\w*|[0-9]+|[@*#?$!-])\}/.exec(rest)?.[0];
    if (length !== undefined && length !== "#}") {
      this.#at += length.length;
      return parameter(length.slice(1, -1), quoted, "length");
    }
    const name = /^(?:[A-Za-z_]\w*|[0-9]+|[@*#?$!-])/.exec(rest)?.[0];
    if (name === undefined) {
      if (rest === "") throw this.#endOfText("missing '}'");
      return this.#badSubstitution(quoted);
    }
    this.#at += name.length;
    const spelt = /^(\}|:?[-=?+]|##?|%%?|\/\/?|:)/.exec(this.#text.slice(this.#at, this.#at + 2))?.[0];
    if (spelt === undefined) {
      if (this.#at >= this.#text.length) throw this.#endOfText("missing '}'");
      return this.#badSubstitution(quoted);
    }
    this.#at += spelt.length;
    if (spelt === "}") return plainParameter(name, quoted);
    if (spelt === ":" && this.#text[this.#at] === "}") throw this.#problem("missing '}'");
    const colon = spelt.length === 2 && spelt.startsWith(":");
    const operator = (colon ? spelt[1] : spelt) as ParameterOperator;
    const isPattern = /^[#%/]/.test(operator);
    const delimiter = operator === "/" || operator === "//" ? "/" : operator === ":" ? ":" : undefined;
    const first = this.#operand(quoted && !isPattern, isPattern, delimiter);
    const second = first.delimited ? this.#operand(quoted, false, undefined).word : undefined;
    return { kind: "parameter", name, quoted, operator, colon, word: first.word, second };
  }

  #badSubstitution(quoted: boolean): WordPart {
    this.#operand(quoted, false, undefined);
    return parameter("", quoted, "bad");
  }

  /** Parses the word behind an operator, up to the closing brace or to the delimiter before a second word. */
  #operand(
    quoted: boolean,
    isPattern: boolean,
    delimiter: string | undefined,
  ): { word: Word; delimited: boolean } {
    const parts = new Parts();
    let inner = quoted;
    for (;;) {
      const letter = this.#text[this.#at];
      if (letter === undefined) throw this.#endOfText("missing '}'");
      if (inner === quoted && letter === "}") {
        this.#at++;
        return { word: parts.list, delimited: false };
      }
      if (inner === quoted && letter === delimiter) {
        this.#at++;
        return { word: parts.list, delimited: true };
      }
      if (letter === '"') {
        // Within quotes, another pair of quotes switches back to unquoted text.
        if (quoted) {
          inner = !inner;
          this.#at++;
        } else this.#doubleQuoted(parts);
      } else if (inner && !isPattern) {
        if (letter === "\\" && this.#text[this.#at + 1] === "}") {
          parts.text("}", true);
          this.#at += 2;
        } else this.#insideQuotes(letter, parts, true);
      } else this.#unquoted(letter, parts);
    }
  }

  /** Parses a text with escapes behind `$'`. */
  #ansiQuoted(): string {
    let text = "";
    for (;;) {
      const letter = this.#text[this.#at];
      if (letter === undefined) throw this.#endOfText("unterminated quoted string");
      this.#at++;
      if (letter === "'") return text;
      if (letter === "\n") this.#line++;
      if (letter !== "\\") {
        text += letter;
        continue;
      }
      const found = readAnsiEscape(this.#text.slice(this.#at, this.#at + 9));
      text += found.text;
      this.#at += found.length;
    }
  }
}

/** The parts of a word. Adjacent texts with the same quoting are merged. */
class Parts {
  readonly list: WordPart[] = [];

  text(text: string, quoted: boolean): void {
    const last = this.list.at(-1);
    if (last?.kind === "text" && last.quoted === quoted) {
      this.list[this.list.length - 1] = { kind: "text", text: last.text + text, quoted };
    } else this.list.push({ kind: "text", text, quoted });
  }

  add(...parts: readonly WordPart[]): void {
    for (const part of parts) {
      if (part.kind === "text") this.text(part.text, part.quoted);
      else this.list.push(part);
    }
  }
}

function parameter(name: string, quoted: boolean, operator: ParameterOperator): WordPart {
  return { kind: "parameter", name, quoted, operator, colon: false, word: [], second: undefined };
}

function plainParameter(name: string, quoted: boolean): WordPart {
  return parameter(name, quoted, "none");
}

function asQuoted(word: Word): Word {
  return word.map((part) => ({ ...part, quoted: true }));
}

function assignmentOf(word: Word): Assignment | undefined {
  const [first, ...rest] = word;
  if (first?.kind !== "text" || first.quoted) return undefined;
  const match = /^([A-Za-z_]\w*)=/.exec(first.text);
  if (!match) return undefined;
  const value = first.text.slice(match[0].length);
  return { name: match[1] as string, value: value === "" ? rest : [{ ...first, text: value }, ...rest] };
}

const ansiEscapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

function readAnsiEscape(text: string): { text: string; length: number } {
  const octal = /^[0-7]{1,3}/.exec(text)?.[0];
  if (octal !== undefined) {
    return { text: String.fromCharCode(Number.parseInt(octal, 8) & 0xff), length: octal.length };
  }
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(text);
  if (hex) return { text: String.fromCharCode(Number.parseInt(hex[1] as string, 16)), length: hex[0].length };
  const letter = text[0] ?? "";
  const simple = ansiEscapes[letter];
  if (simple !== undefined) return { text: simple, length: 1 };
  return /["'\\?]/.test(letter)
    ? { text: letter, length: 1 }
    : { text: `\\${letter}`, length: letter.length };
}
