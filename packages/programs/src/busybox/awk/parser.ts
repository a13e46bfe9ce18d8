// The parser of awk programs. It accepts and refuses what BusyBox's does, which is not quite what POSIX says.
import type { ByteText } from "../byte-text.js";
import { AwkError, type Place } from "./awk-error.js";
import { operandsOfArgument } from "./builtin-arguments.js";
import { isBuiltin } from "./builtin-names.js";
import { patternConstant } from "./patterns.js";
import type {
  Arithmetic,
  AwkFunction,
  AwkProgram,
  Comparison,
  Expression,
  Redirection,
  Rule,
  Statement,
  Target,
  VariableName,
} from "./syntax.js";
import { targetOf } from "./target.js";
import { type Token, Tokens } from "./tokens.js";

/** The levels of binary operators, from the one that binds least. */
const levels: Readonly<Record<string, number>> = {
  "||": 1,
  "&&": 2,
  in: 3,
  "~": 4,
  "!~": 4,
  "<": 5,
  "<=": 5,
  "==": 5,
  "!=": 5,
  ">": 5,
  ">=": 5,
  "|": 6,
  "+": 8,
  "-": 8,
  "*": 9,
  "/": 9,
  "%": 9,
};
const pipeLevel = 6;
const concatenationLevel = 7;

const assignments: ReadonlySet<string> = new Set(["=", "+=", "-=", "*=", "/=", "%=", "^="]);

/** The built-in functions that may take time. */
const waitingBuiltins: ReadonlySet<string> = new Set(["close", "fflush", "system"]);

/** What may not be behind a `length` without parentheses. */
const neverBehindLength: ReadonlySet<string> = new Set([")", "]", "$", "!", "{", "|", ":"]);

/** The context of an expression. In a `print`, `>` and `|` are redirections. */
type Context = "plain" | "print";

type Made<Kind> = Omit<Extract<Expression, { kind: Kind }>, "operands" | "waits"> & {
  readonly operands?: readonly Expression[];
};

/** Parses one program out of one or more texts. */
export class Parser {
  readonly #begin: Statement[] = [];
  readonly #rules: Rule[] = [];
  readonly #end: Statement[] = [];
  readonly #functions = new Map<string, AwkFunction>();
  readonly #globals = new Map<string, number>();
  #parameters: ReadonlyMap<string, number> = new Map();
  #tokens = new Tokens("", "cmd. line");
  #loops = 0;

  /** @param globals the names of the variables that awk itself uses */
  constructor(globals: readonly string[]) {
    for (const name of globals) this.#globals.set(name, this.#globals.size);
  }

  /** The whole program. */
  get program(): AwkProgram {
    return {
      begin: this.#begin,
      rules: this.#rules,
      end: this.#end,
      functions: this.#functions,
      globals: [...this.#globals.keys()],
      lastPlace: this.#tokens.place,
    };
  }

  /**
   * Parses a text of the program.
   *
   * @param source the name of the text in messages
   * @throws {AwkError} The text is not a program.
   * @throws {BadExpression} A pattern in it is invalid.
   */
  parse(text: ByteText, source: string): void {
    this.#tokens = new Tokens(text, source);
    this.#skipNewlines();
    while (this.#tokens.peek().kind !== "end") {
      this.#item();
      this.#skipNewlines();
      if (this.#is(";")) this.#tokens.take();
      this.#skipNewlines();
    }
  }

  // Tokens.

  #is(text: string): boolean {
    const token = this.#tokens.peek();
    return (token.kind === "operator" || token.kind === "keyword") && token.text === text;
  }

  #takeIf(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#tokens.take();
    return true;
  }

  #expect(text: string): void {
    if (!this.#takeIf(text)) throw this.#unexpected();
  }

  #unexpected(place = this.#tokens.peek().place): AwkError {
    return new AwkError("Unexpected token", place);
  }

  #skipNewlines(): void {
    while (this.#tokens.peek().kind === "newline") this.#tokens.take();
  }

  /** Skips the newlines in front of a statement, which must be there. */
  #skipToStatement(): void {
    if (this.#tokens.peek().kind !== "newline") return;
    this.#skipNewlines();
    const next = this.#tokens.peek();
    if (next.kind === "end") throw new AwkError("Unexpected end of string", next.place);
  }

  // Rules and functions.

  #item(): void {
    if (this.#is("BEGIN") || this.#is("END")) {
      const actions = this.#is("BEGIN") ? this.#begin : this.#end;
      this.#tokens.take();
      actions.push(this.#block());
    } else if (this.#is("func") || this.#is("function")) {
      this.#tokens.take();
      this.#function();
    } else this.#rule();
  }

  #rule(): void {
    const { place } = this.#tokens.peek();
    const pattern = this.#is("{") ? undefined : this.#assignment("plain");
    let until: Expression | undefined;
    if (pattern && this.#takeIf(",")) {
      this.#skipNewlines();
      until = this.#list("plain");
    }
    if (this.#is("{")) {
      this.#rules.push({ pattern, until, action: this.#block() });
      return;
    }
    const { kind } = this.#tokens.peek();
    if (kind !== "end" && kind !== "newline" && !this.#is(";")) throw this.#unexpected();
    if (kind !== "end") this.#tokens.take();
    this.#rules.push({
      pattern,
      until,
      action: { kind: "print", place, values: [], redirection: undefined },
    });
  }

  #function(): void {
    const token = this.#tokens.take();
    if (token.kind !== "name" && token.kind !== "function") throw this.#unexpected(token.place);
    if (this.#functions.has(token.text)) throw new AwkError("Duplicate function", token.place);
    this.#expect("(");
    const names: string[] = [];
    if (!this.#is(")")) {
      do {
        if (names.length > 0) this.#skipNewlines();
        const parameter = this.#tokens.take();
        if (parameter.kind !== "name") throw this.#unexpected(parameter.place);
        names.push(parameter.text);
      } while (this.#takeIf(","));
    }
    this.#expect(")");
    this.#skipToStatement();
    // The last of several parameters with one name counts.
    this.#parameters = new Map(names.map((name, index) => [name, index]));
    const body = this.#block();
    this.#parameters = new Map();
    this.#functions.set(token.text, { parameters: names.length, body });
  }

  // Statements.

  #block(): Statement & { kind: "block" } {
    const { place } = this.#tokens.peek();
    this.#expect("{");
    const body: Statement[] = [];
    for (;;) {
      this.#skipNewlines();
      if (this.#takeIf("}")) return { kind: "block", place, body };
      body.push(this.#statement());
    }
  }

  #statement(): Statement {
    const token = this.#tokens.peek();
    const { place } = token;
    if (this.#is("{")) return this.#block();
    if (this.#takeIf(";")) return { kind: "block", place, body: [] };
    if (token.kind === "keyword") {
      switch (token.text) {
        case "if":
          return this.#if(place);
        case "while": {
          this.#tokens.take();
          const condition = this.#condition();
          return { kind: "while", place, condition, body: this.#loopBody() };
        }
        case "do": {
          this.#tokens.take();
          const body = this.#loopBody();
          this.#skipNewlines();
          this.#expect("while");
          return { kind: "do", place, condition: this.#condition(), body };
        }
        case "for":
          return this.#for(place);
        default: {
          const statement = this.#keywordStatement(token.text, place);
          if (statement) {
            this.#endStatement();
            return statement;
          }
        }
      }
    }
    const expression = this.#list("plain");
    this.#endStatement();
    return { kind: "expression", place, expression };
  }

  #keywordStatement(keyword: string, place: Place): Statement | undefined {
    switch (keyword) {
      case "print":
      case "printf":
        return this.#print(keyword, place);
      case "delete":
        return this.#delete(place);
      case "break":
      case "continue":
        this.#tokens.take();
        if (this.#loops === 0) throw new AwkError(`'${keyword}' not in a loop`, place);
        return { kind: keyword, place };
      case "next":
      case "nextfile":
        this.#tokens.take();
        this.#optional();
        return { kind: keyword, place };
      case "exit":
      case "return":
        this.#tokens.take();
        return { kind: keyword, place, value: this.#optional() };
      default:
        return undefined;
    }
  }

  /** Takes the end of a statement, but not a brace that ends its block as well. */
  #endStatement(): void {
    if (this.#is("}")) return;
    if (this.#tokens.peek().kind === "newline") this.#skipToStatement();
    else {
      this.#expect(";");
      this.#skipNewlines();
    }
  }

  #isEnd(): boolean {
    const { kind } = this.#tokens.peek();
    return kind === "newline" || kind === "end" || this.#is(";") || this.#is("}");
  }

  /** Parses the expression behind a keyword, if there is one. */
  #optional(): Expression | undefined {
    return this.#isEnd() ? undefined : this.#list("plain");
  }

  #if(place: Place): Statement {
    this.#tokens.take();
    const condition = this.#condition();
    this.#skipToStatement();
    const then = this.#statement();
    this.#skipNewlines();
    if (!this.#takeIf("else")) return { kind: "if", place, condition, then, otherwise: undefined };
    this.#skipToStatement();
    return { kind: "if", place, condition, then, otherwise: this.#statement() };
  }

  #condition(): Expression {
    this.#expect("(");
    const { place } = this.#tokens.peek();
    const condition = this.#is(")") ? this.#make({ kind: "nothing", place }) : this.#list("plain");
    this.#expect(")");
    return condition;
  }

  #loopBody(): Statement {
    this.#skipToStatement();
    this.#loops++;
    const body = this.#statement();
    this.#loops--;
    return body;
  }

  #for(place: Place): Statement {
    this.#tokens.take();
    this.#expect("(");
    const first = this.#is(";") ? undefined : this.#list("plain");
    if (first && this.#takeIf(")")) {
      if (first.kind !== "in") throw this.#unexpected();
      const [key] = first.operands;
      return { kind: "for in", place, target: key && targetOf(key), array: first, body: this.#loopBody() };
    }
    this.#expect(";");
    this.#skipNewlines();
    const condition = this.#is(";") ? undefined : this.#list("plain");
    this.#expect(";");
    this.#skipNewlines();
    const next = this.#is(")") ? undefined : this.#list("plain");
    this.#expect(")");
    return { kind: "for", place, first, condition, next, body: this.#loopBody() };
  }

  #print(kind: "print" | "printf", place: Place): Statement {
    this.#tokens.take();
    const values: Expression[] = [];
    if (!this.#isEnd() && !this.#isRedirection()) {
      do {
        if (values.length > 0) this.#skipNewlines();
        values.push(this.#assignment("print"));
      } while (this.#takeIf(","));
    }
    const redirection = this.#isRedirection() ? this.#redirection() : undefined;
    const [only] = values;
    const isList = values.length === 1 && only?.kind === "group" && only.body.kind === "list";
    return { kind, place, values: isList ? only.body.operands : values, redirection };
  }

  #isRedirection(): boolean {
    return this.#is(">") || this.#is(">>") || this.#is("|");
  }

  #redirection(): Redirection {
    const token = this.#tokens.take();
    const text = token.kind === "operator" ? token.text : "";
    const kind = text === ">" ? "write" : text === ">>" ? "append" : "pipe";
    return { kind, target: this.#list("plain") };
  }

  #delete(place: Place): Statement {
    this.#tokens.take();
    const operand = this.#optional();
    if (!operand) return { kind: "delete nothing", place, problem: "Too few arguments" };
    const target = targetOf(operand);
    if (target?.kind === "variable") {
      return { kind: "delete", place, array: target.variable, subscript: undefined };
    }
    if (target?.kind === "element") {
      return { kind: "delete", place, array: target.array, subscript: target.operands[0] };
    }
    return { kind: "delete nothing", place, problem: "Not an array" };
  }

  // Expressions.

  #make<Kind extends Expression["kind"]>(node: Made<Kind> & { readonly kind: Kind }): Expression {
    const operands = node.operands ?? [];
    const waits = operands.some((each) => each.waits) || waitsItself(node as unknown as Expression);
    return { ...node, operands, waits } as unknown as Expression;
  }

  /** Parses expressions with commas between them. */
  #list(context: Context): Expression {
    const first = this.#assignment(context);
    if (!this.#is(",")) return first;
    const { place } = this.#tokens.peek();
    const operands = [first];
    while (this.#takeIf(",")) {
      this.#skipNewlines();
      operands.push(this.#assignment(context));
    }
    return this.#make({ kind: "list", place, operands });
  }

  #assignment(context: Context): Expression {
    const left = this.#conditional(context);
    const token = this.#tokens.peek();
    if (token.kind !== "operator" || !assignments.has(token.text)) return left;
    const target = targetOf(left);
    if (!target) throw this.#unexpected();
    this.#tokens.take();
    this.#skipNewlines();
    const value = this.#assignment(context);
    const operator = token.text.slice(0, -1) as Arithmetic | "";
    return this.#make({
      kind: "assign",
      place: token.place,
      operator,
      target,
      value,
      operands: target.operands,
    });
  }

  #conditional(context: Context): Expression {
    const condition = this.#binary(1, context);
    if (!this.#is("?")) return condition;
    const { place } = this.#tokens.take();
    this.#skipNewlines();
    const then = this.#conditional(context);
    this.#expect(":");
    this.#skipNewlines();
    return this.#make({
      kind: "conditional",
      place,
      condition,
      then,
      otherwise: this.#conditional(context),
    });
  }

  #binary(least: number, context: Context): Expression {
    let left = this.#unary(context);
    for (;;) {
      const token = this.#tokens.peek();
      if (this.#beginsOperand(token)) {
        if (concatenationLevel < least) return left;
        const right = this.#binary(concatenationLevel + 1, context);
        const target = targetOf(left);
        left = this.#make({
          kind: "concatenate",
          place: token.place,
          left: target,
          operands: [...(target?.operands ?? [left]), right],
        });
        continue;
      }
      const text = token.kind === "operator" || token.kind === "keyword" ? token.text : "";
      // BusyBox reads a redirection there, except behind a `length` without parentheses.
      if (context === "print" && this.#tokens.last?.kind !== "builtin") {
        if (text === ">=" || text === "||") throw this.#unexpected();
        if (text === ">" || text === "|") return left;
      }
      const level = Object.hasOwn(levels, text) ? (levels[text] as number) : 0;
      if (level === 0 || level < least) return left;
      left = this.#operation(left, text, level, context);
    }
  }

  #operation(left: Expression, operator: string, level: number, context: Context): Expression {
    const { place } = this.#tokens.take();
    if (level === pipeLevel) {
      this.#expect("getline");
      return this.#make({
        kind: "getline",
        place,
        from: "command",
        source: left,
        target: this.#lineTarget(),
      });
    }
    this.#skipNewlines();
    const right = this.#binary(level + 1, context);
    switch (operator) {
      case "||":
      case "&&":
        return this.#make({ kind: operator === "||" ? "or" : "and", place, left, right });
      case "in": {
        const array = targetOf(right);
        return this.#make({
          kind: "in",
          place,
          array: array?.kind === "variable" ? array.variable : undefined,
          operands: array?.kind === "variable" ? [left] : [left, right],
        });
      }
      case "~":
      case "!~": {
        const operands = right.kind === "pattern" ? [left] : [left, right];
        return this.#make({ kind: "match", place, isNegated: operator === "!~", pattern: right, operands });
      }
      case "+":
      case "-":
      case "*":
      case "/":
      case "%":
        return this.#make({ kind: "arithmetic", place, operator, operands: [left, right] });
      default: {
        const target = targetOf(left);
        return this.#make({
          kind: "compare",
          place,
          operator: operator as Comparison,
          left: target,
          operands: [...(target?.operands ?? [left]), right],
        });
      }
    }
  }

  /** Returns whether a token behind an operand begins another one, which is appended to it. */
  #beginsOperand(token: Token): boolean {
    switch (token.kind) {
      case "number":
      case "string":
      case "name":
      case "array":
      case "function":
      case "builtin":
        return true;
      case "keyword":
        return token.text === "getline";
      case "operator":
        return ["$", "!", "(", "++", "--"].includes(token.text);
      default:
        return false;
    }
  }

  #unary(context: Context): Expression {
    const token = this.#tokens.peek();
    if (token.kind === "operator" && (token.text === "-" || token.text === "+" || token.text === "!")) {
      this.#tokens.take();
      const operand = this.#unary(context);
      return this.#make({ kind: "unary", place: token.place, operator: token.text, operands: [operand] });
    }
    const base = this.#postfix();
    if (!this.#is("^")) return base;
    const { place } = this.#tokens.take();
    this.#skipNewlines();
    const power = this.#unary(context);
    return this.#make({ kind: "arithmetic", place, operator: "^", operands: [base, power] });
  }

  #postfix(): Expression {
    const operand = this.#field();
    const token = this.#tokens.peek();
    if (token.kind !== "operator" || (token.text !== "++" && token.text !== "--")) return operand;
    const { last } = this.#tokens;
    // Behind a number, as in `$1++`, it belongs to what follows.
    const isBehindTarget =
      last?.kind === "name" || (last?.kind === "operator" && (last.text === "]" || last.text === ")"));
    if (!isBehindTarget) return operand;
    this.#tokens.take();
    return this.#increment(operand, token.text, token.place, false);
  }

  #increment(operand: Expression, operator: string, place: Place, isPrefix: boolean): Expression {
    const target = targetOf(operand);
    if (!target) throw this.#unexpected(place);
    const by = operator === "++" ? 1 : -1;
    return this.#make({ kind: "increment", place, by, isPrefix, target, operands: target.operands });
  }

  #field(): Expression {
    const token = this.#tokens.peek();
    const { place } = token;
    if (token.kind !== "operator") return this.#primary();
    if (token.text === "++" || token.text === "--") {
      this.#tokens.take();
      return this.#increment(this.#field(), token.text, place, true);
    }
    if (token.text !== "$") return this.#primary();
    this.#tokens.take();
    const sign = this.#tokens.peek();
    if (sign.kind === "operator" && (sign.text === "-" || sign.text === "+" || sign.text === "!")) {
      this.#tokens.take();
      const operand = this.#make({
        kind: "unary",
        place: sign.place,
        operator: sign.text,
        operands: [this.#field()],
      });
      return this.#make({ kind: "field", place, operands: [operand] });
    }
    return this.#make({ kind: "field", place, operands: [this.#field()] });
  }

  #primary(): Expression {
    const token = this.#tokens.peek();
    const { place } = token;
    switch (token.kind) {
      case "number":
        this.#tokens.take();
        return this.#make({ kind: "constant", place, value: token.value });
      case "string":
        this.#tokens.take();
        return this.#make({ kind: "constant", place, value: token.text });
      case "name":
        this.#tokens.take();
        return this.#make({ kind: "variable", place, variable: this.#variable(token.text) });
      case "array":
        return this.#element(token.text, place);
      case "function":
        this.#tokens.take();
        return this.#make({
          kind: "call",
          place,
          name: token.text,
          callArguments: this.#arguments(),
        });
      case "builtin":
        return this.#builtin(token.text, place);
      case "keyword":
        if (token.text !== "getline") throw this.#unexpected();
        return this.#getline(place);
      case "operator":
        if (token.text === "(") return this.#group(place);
        if (token.text === "/" || token.text === "/=") {
          return this.#make({ kind: "pattern", place, matcher: patternConstant(this.#tokens.takePattern()) });
        }
        throw this.#unexpected();
      default:
        throw this.#unexpected();
    }
  }

  #variable(name: string): VariableName {
    const parameter = this.#parameters.get(name);
    if (parameter !== undefined) return { scope: "parameter", index: parameter };
    const index = this.#globals.get(name) ?? this.#globals.size;
    this.#globals.set(name, index);
    return { scope: "global", index };
  }

  #element(name: string, place: Place): Expression {
    this.#tokens.take();
    this.#expect("[");
    const subscript = this.#is("]") ? this.#make({ kind: "nothing", place }) : this.#list("plain");
    this.#expect("]");
    return this.#make({ kind: "element", place, array: this.#variable(name), operands: [subscript] });
  }

  #group(place: Place): Expression {
    this.#tokens.take();
    if (this.#is(")")) throw new AwkError("Empty sequence", place);
    const body = this.#list("plain");
    this.#expect(")");
    return this.#make({ kind: "group", place, body });
  }

  #arguments(): Expression[] {
    this.#expect("(");
    const values: Expression[] = [];
    if (!this.#is(")")) {
      do {
        if (values.length > 0) this.#skipNewlines();
        values.push(this.#assignment("plain"));
      } while (this.#takeIf(","));
    }
    this.#expect(")");
    return values;
  }

  #builtin(name: string, place: Place): Expression {
    this.#tokens.take();
    if (!isBuiltin(name)) throw this.#unexpected(place);
    if (name === "length" && !this.#is("(")) {
      const next = this.#tokens.peek();
      const text = next.kind === "operator" ? next.text : "";
      if (next.kind === "end" || this.#is("in") || neverBehindLength.has(text)) throw this.#unexpected();
      return this.#make({ kind: "builtin", place, name, callArguments: [] });
    }
    const callArguments = this.#arguments();
    const operands = callArguments.flatMap((each, index) => operandsOfArgument(name, each, index));
    return this.#make({ kind: "builtin", place, name, callArguments, operands });
  }

  #getline(place: Place): Expression {
    this.#tokens.take();
    const target = this.#lineTarget();
    if (!this.#takeIf("<")) {
      return this.#make({ kind: "getline", place, from: "input", source: undefined, target });
    }
    const source = this.#binary(concatenationLevel, "plain");
    return this.#make({ kind: "getline", place, from: "file", source, target });
  }

  /** Parses the variable that `getline` reads into, if there is one. */
  #lineTarget(): Target | undefined {
    const { kind } = this.#tokens.peek();
    return kind === "name" || kind === "array" || this.#is("$") ? targetOf(this.#field()) : undefined;
  }
}

function waitsItself(node: Expression): boolean {
  switch (node.kind) {
    case "getline":
    case "call":
      return true;
    case "builtin":
      return waitingBuiltins.has(node.name);
    case "assign":
      return node.value.waits;
    case "and":
    case "or":
      return node.left.waits || node.right.waits;
    case "conditional":
      return node.condition.waits || node.then.waits || node.otherwise.waits;
    case "group":
      return node.body.waits;
    default:
      return false;
  }
}
