// Runs an awk program.
import { FileError, type ProcessContext } from "@dryharbor/kernel";
import type { Matcher } from "@dryharbor/kernel/patterns";
import { type ByteText, byteText, toBytes } from "../byte-text.js";
import { AwkError, type Place } from "./awk-error.js";
import { BuiltinCall, type Runtime } from "./builtins.js";
import { Cell, type Specials, specialNames } from "./cells.js";
import { formatted, numberText } from "./format.js";
import { MainInput } from "./main-input.js";
import { patternOf } from "./patterns.js";
import { Random } from "./random.js";
import { CurrentRecord } from "./record.js";
import { errorNumber, Streams } from "./streams.js";
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
import { asLong, isTrue, numberOf, numeric, OutsideText, type Value } from "./value.js";

/** How deep functions may call each other. */
const deepestCall = 1000;
/** The number of calls after which the JavaScript stack is left, so that deep recursion does not fill it. */
const callsOnStack = 50;
/** The number of statements and records after which other processes get a turn. */
const stepsBetweenTurns = 128;

/** How a statement ended other than by its end. */
type Flow = "break" | "continue" | "return" | undefined;

/** Ends the action for a record, or goes on with the next file. */
class NextRecord {
  constructor(readonly skipsFile: boolean) {}
}

/** Ends the program. */
class Exit {}

export class Interpreter implements Runtime {
  readonly #process: ProcessContext;
  readonly #program: AwkProgram;
  readonly #globals: readonly Cell[];
  readonly #record: CurrentRecord;
  readonly #streams: Streams;
  readonly #input: MainInput;
  readonly #inRange = new Set<Rule>();
  readonly specials: Specials;
  readonly random = new Random();
  #parameters: readonly Cell[] = [];
  #returned: Value;
  #depth = 0;
  #steps = 0;
  #code = 0;
  /** The place in the program that runs. Errors are reported with it. */
  place: Place;

  constructor(process: ProcessContext, program: AwkProgram) {
    this.#process = process;
    this.#program = program;
    this.place = program.lastPlace;
    this.#record = new CurrentRecord(this);
    const cells = program.globals.map((name) => (name === "NF" ? this.#record.count : new Cell()));
    this.#globals = cells;
    this.specials = Object.fromEntries(specialNames.map((name, index) => [name, cells[index]])) as Specials;
    this.#streams = new Streams(process);
    this.#input = new MainInput(this.#streams, this, (text) => this.assignFromOutside(text));
    this.#initialise();
  }

  #initialise(): void {
    const initial = {
      CONVFMT: "%.6g",
      FS: " ",
      NR: 0,
      FNR: 0,
      OFMT: "%.6g",
      OFS: " ",
      ORS: "\n",
      RLENGTH: -1,
      RS: "\n",
      RSTART: 0,
      SUBSEP: "\x1c",
    } as const;
    for (const [name, value] of Object.entries(initial)) {
      this.specials[name as keyof typeof initial].value = value;
    }
    for (const [name, value] of Object.entries(this.#process.env)) {
      this.specials.ENVIRON.array.set(byteText(name), new OutsideText(byteText(value)));
    }
  }

  /** Sets the arguments of the program, of which the first is its name. */
  set arguments(words: readonly string[]) {
    this.specials.ARGC.value = words.length;
    for (const [index, word] of words.entries()) {
      this.specials.ARGV.array.set(String(index), new OutsideText(byteText(word)));
    }
  }

  /** Sets a global variable, if the program has one of that name. */
  assignFromOutside({ name, value }: { readonly name: string; readonly value: ByteText }): void {
    const cell = this.#globals[this.#program.globals.indexOf(name)];
    if (cell) cell.value = new OutsideText(value);
  }

  /**
   * Runs the program, and resolves to its exit code.
   * @throws {AwkError} @throws {BadExpression} @throws {FileError}
   */
  async run(): Promise<number> {
    const { begin, rules, end } = this.#program;
    try {
      for (const statement of begin) await this.#action(statement);
      if (rules.length > 0 || end.length > 0) await this.#rules(rules);
    } catch (flow) {
      if (!(flow instanceof Exit)) throw flow;
    }
    try {
      for (const statement of end) await this.#action(statement);
    } catch (flow) {
      if (!(flow instanceof Exit)) throw flow;
    }
    await this.#streams.closeAll({ waits: true });
    return this.#code;
  }

  /** Writes out what is kept and gives everything up, after an error. */
  async abandon(): Promise<void> {
    await this.#streams.closeAll({ waits: false });
  }

  async #rules(rules: readonly Rule[]): Promise<void> {
    while (await this.#nextRecord()) {
      try {
        for (const rule of rules) {
          if (await this.#applies(rule)) await this.#action(rule.action);
        }
      } catch (flow) {
        if (!(flow instanceof NextRecord)) throw flow;
        if (flow.skipsFile) this.#input.skipFile();
      }
      if (this.#isTurnOver()) await this.#process.caughtUp();
    }
  }

  /** Counts a step. Returns whether others are to get a turn now. */
  #isTurnOver(): boolean {
    this.#steps++;
    return this.#steps % stepsBetweenTurns === 0;
  }

  async #nextRecord(): Promise<boolean> {
    const text = await this.#input.next();
    if (text === undefined) return false;
    this.#record.set(0, new OutsideText(text));
    return true;
  }

  async #applies(rule: Rule): Promise<boolean> {
    const { pattern, until } = rule;
    if (!pattern) return true;
    if (!this.#inRange.has(rule)) {
      if (!(await this.#holds(pattern))) return false;
      if (!until) return true;
      this.#inRange.add(rule);
    }
    if (until && (await this.#holds(until))) this.#inRange.delete(rule);
    return true;
  }

  /** Runs an action. `next` in a `BEGIN` or an `END` ends it. */
  async #action(statement: Statement): Promise<void> {
    const isRule = statement.kind !== "block" || !this.#isOutsideOfRules(statement);
    try {
      await this.#run(statement);
    } catch (flow) {
      if (isRule || !(flow instanceof NextRecord)) throw flow;
    }
  }

  #isOutsideOfRules(statement: Statement): boolean {
    return this.#program.begin.includes(statement) || this.#program.end.includes(statement);
  }

  // Statements.

  async #run(statement: Statement): Promise<Flow> {
    this.place = statement.place;
    if (this.#isTurnOver()) await this.#process.caughtUp();
    switch (statement.kind) {
      case "block":
        for (const each of statement.body) {
          const flow = await this.#run(each);
          if (flow) return flow;
        }
        return undefined;
      case "expression":
        if (statement.expression.waits) await this.#value(statement.expression);
        else this.#valueNow(statement.expression);
        return undefined;
      case "print":
      case "printf":
        await this.#print(statement);
        return undefined;
      case "delete": {
        const { array } = this.cell(statement.array);
        if (!statement.subscript) array.clear();
        else array.delete(this.textOf(await this.#value(statement.subscript)));
        return undefined;
      }
      case "delete nothing":
        throw new AwkError(statement.problem);
      case "if": {
        const holds = await this.#holds(statement.condition);
        const branch = holds ? statement.then : statement.otherwise;
        return branch && (await this.#run(branch));
      }
      case "while":
        return this.#loop(statement.condition, undefined, statement.body);
      case "do": {
        const flow = await this.#run(statement.body);
        if (flow === "break") return undefined;
        if (flow === "return") return flow;
        return this.#loop(statement.condition, undefined, statement.body);
      }
      case "for":
        if (statement.first) await this.#value(statement.first);
        return this.#loop(statement.condition, statement.next, statement.body);
      case "for in":
        return this.#forIn(statement);
      case "break":
      case "continue":
        return statement.kind;
      case "next":
      case "nextfile":
        throw new NextRecord(statement.kind === "nextfile");
      case "exit":
        if (statement.value) this.#code = asLong(numberOf(await this.#value(statement.value))) & 0xff;
        throw new Exit();
      case "return":
        this.#returned = statement.value && (await this.#value(statement.value));
        return "return";
    }
  }

  async #loop(
    condition: Expression | undefined,
    next: Expression | undefined,
    body: Statement,
  ): Promise<Flow> {
    while (!condition || (await this.#holds(condition))) {
      const flow = await this.#run(body);
      if (flow === "break") return undefined;
      if (flow === "return") return flow;
      if (next?.waits) await this.#value(next);
      else if (next) this.#valueNow(next);
    }
    return undefined;
  }

  async #forIn({ target, array, body }: Extract<Statement, { kind: "for in" }>): Promise<Flow> {
    if (!array.array) {
      await this.#value(array);
      return undefined;
    }
    for (const key of this.cell(array.array).array.keys()) {
      if (target) this.assign(target, await this.#values(target.operands), new OutsideText(key));
      const flow = await this.#run(body);
      if (flow === "break") return undefined;
      if (flow === "return") return flow;
    }
    return undefined;
  }

  async #print(statement: Extract<Statement, { kind: "print" | "printf" }>): Promise<void> {
    const { kind, values, redirection } = statement;
    const name = redirection && this.textOf(await this.#value(redirection.target));
    // One statement is written at once, but what functions print while it runs comes in between.
    let kept = "";
    const flush = (): void => {
      this.#write(redirection, name, kept);
      kept = "";
    };
    try {
      if (kind === "printf") {
        const given = await this.#values(values);
        if (given.length > 0) kept = this.#format(given);
      } else {
        const { OFS, ORS } = this.specials;
        if (values.length === 0) kept = this.textOf(this.#record.get(0));
        for (const [index, each] of values.entries()) {
          if (each.waits && kept !== "") flush();
          const value = each.waits ? await this.#value(each) : this.#valueNow(each);
          kept += this.#printed(value);
          if (index < values.length - 1) kept += this.textOf(OFS.value);
        }
        kept += this.textOf(ORS.value);
      }
    } finally {
      flush();
    }
  }

  #format([format, ...values]: readonly Value[]): ByteText {
    return formatted(this.textOf(format), values, (value) => this.textOf(value));
  }

  #printed(value: Value): ByteText {
    if (typeof value !== "number") return this.textOf(value);
    return numberText(value, this.textOf(this.specials.OFMT.value));
  }

  #write(redirection: Redirection | undefined, name: ByteText | undefined, text: ByteText): void {
    if (!redirection || name === undefined) {
      if (text !== "") this.#process.stdout(toBytes(text));
      return;
    }
    try {
      this.#streams.write(redirection.kind, name, text);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new CannotOpen(name, error.message);
    }
  }

  // Expressions.

  /** Evaluates an expression. Only one that waits takes a turn of the event loop. */
  async #value(node: Expression): Promise<Value> {
    if (!node.waits) return this.#valueNow(node);
    switch (node.kind) {
      case "group":
        return this.#value(node.body);
      case "and":
        return Number(isTrue(await this.#value(node.left)) && isTrue(await this.#value(node.right)));
      case "or":
        return Number(isTrue(await this.#value(node.left)) || isTrue(await this.#value(node.right)));
      case "conditional":
        return this.#value(isTrue(await this.#value(node.condition)) ? node.then : node.otherwise);
      case "assign": {
        const operands = await this.#values(node.operands);
        const before = this.#before(node, operands);
        return this.#assigned(node, operands, before, await this.#value(node.value));
      }
      case "call":
        return this.#call(node);
      case "getline":
        return this.#getline(node);
      default: {
        const values = await this.#values(node.operands);
        this.place = node.place;
        return node.kind === "builtin" ? this.#builtin(node, values) : this.#apply(node, values);
      }
    }
  }

  /** Returns whether a condition holds. */
  #holds(condition: Expression): boolean | Promise<boolean> {
    return condition.waits ? this.#value(condition).then(isTrue) : isTrue(this.#valueNow(condition));
  }

  async #values(nodes: readonly Expression[]): Promise<Value[]> {
    const values: Value[] = [];
    for (const node of nodes) values.push(node.waits ? await this.#value(node) : this.#valueNow(node));
    return values;
  }

  #valueNow(node: Expression): Value {
    switch (node.kind) {
      case "constant":
        return node.value;
      case "variable":
        return this.cell(node.variable).value;
      case "group":
        return this.#valueNow(node.body);
      case "and":
        return Number(isTrue(this.#valueNow(node.left)) && isTrue(this.#valueNow(node.right)));
      case "or":
        return Number(isTrue(this.#valueNow(node.left)) || isTrue(this.#valueNow(node.right)));
      case "conditional":
        return this.#valueNow(isTrue(this.#valueNow(node.condition)) ? node.then : node.otherwise);
      case "assign": {
        const operands = node.operands.map((operand) => this.#valueNow(operand));
        const before = this.#before(node, operands);
        return this.#assigned(node, operands, before, this.#valueNow(node.value));
      }
      default: {
        const values = node.operands.map((operand) => this.#valueNow(operand));
        this.place = node.place;
        return this.#apply(node, values);
      }
    }
  }

  /** Returns the number that an assignment such as `+=` changes. */
  #before({ operator, target }: Assignment, operands: readonly Value[]): number {
    return operator === "" ? 0 : numberOf(this.read(target, operands));
  }

  #assigned(
    { operator, target, place }: Assignment,
    operands: readonly Value[],
    before: number,
    value: Value,
  ): Value {
    this.place = place;
    const result = operator === "" ? copied(value) : calculated(operator, before, numberOf(value));
    this.assign(target, operands, result);
    return result;
  }

  /** Evaluates a node whose operands have these values. */
  #apply(node: Expression, values: readonly Value[]): Value {
    const [left, right] = values;
    switch (node.kind) {
      case "pattern":
        return Number(this.matcher(node, undefined).test(this.textOf(this.#record.get(0))));
      case "element":
      case "field":
        return this.read(node, values);
      case "increment": {
        const before = numberOf(this.read(node.target, values));
        this.assign(node.target, values, before + node.by);
        return node.isPrefix ? before + node.by : before;
      }
      case "arithmetic":
        return calculated(node.operator, numberOf(left), numberOf(right));
      case "compare":
        return Number(
          this.#compares(node.operator, node.left ? this.read(node.left, values) : left, values.at(-1)),
        );
      case "concatenate":
        return this.textOf(node.left ? this.read(node.left, values) : left) + this.textOf(values.at(-1));
      case "list":
        return values.map((value) => this.textOf(value)).join(this.textOf(this.specials.SUBSEP.value));
      case "match":
        return Number(this.matcher(node.pattern, right).test(this.textOf(left)) !== node.isNegated);
      case "in":
        return Number(node.array !== undefined && this.cell(node.array).array.has(this.textOf(left)));
      case "unary":
        if (node.operator === "!") return Number(!isTrue(left));
        return node.operator === "-" ? -numberOf(left) : numberOf(left);
      case "builtin":
        return new BuiltinCall(node, values, this).result();
      default:
        return undefined;
    }
  }

  #compares(operator: Comparison, left: Value, right: Value): boolean {
    const [leftNumber, rightNumber] = [numeric(left), numeric(right)];
    if (leftNumber !== undefined && rightNumber !== undefined) {
      return holds(operator, leftNumber, rightNumber);
    }
    const [leftText, rightText] = [this.textOf(left), this.textOf(right)];
    if (!this.ignoreCase) return holds(operator, leftText, rightText);
    return holds(operator, leftText.toLowerCase(), rightText.toLowerCase());
  }

  async #call({ name, callArguments, place }: Extract<Expression, { kind: "call" }>): Promise<Value> {
    this.place = place;
    const called: AwkFunction | undefined = this.#program.functions.get(name);
    if (!called) throw new AwkError("Call to undefined function");
    if (++this.#depth > deepestCall) throw new AwkError("Recursion limit exceeded");
    if (this.#depth % callsOnStack === 0) await Promise.resolve();
    const cells: Cell[] = [];
    for (const argument of callArguments) {
      const origin = argument.kind === "variable" ? this.cell(argument.variable) : undefined;
      const cell = new Cell(copied(await this.#value(argument)), origin);
      if (cells.length < called.parameters) cells.push(cell);
    }
    while (cells.length < called.parameters) cells.push(new Cell());
    const before = this.#parameters;
    this.#parameters = cells;
    this.#returned = undefined;
    await this.#run(called.body);
    this.#parameters = before;
    this.#depth--;
    const result = copied(this.#returned);
    this.#returned = undefined;
    return result;
  }

  async #builtin(node: Extract<Expression, { kind: "builtin" }>, values: readonly Value[]): Promise<Value> {
    const call = new BuiltinCall(node, values, this);
    switch (node.name) {
      case "close":
        return this.#streams.close(call.text(0));
      case "fflush":
        this.#streams.flush();
        return 0;
      case "system":
        return this.#streams.run(call.text(0));
      default:
        return call.result();
    }
  }

  async #getline(node: Extract<Expression, { kind: "getline" }>): Promise<Value> {
    const { from, source, target } = node;
    const name = source && this.textOf(await this.#value(source));
    const operands = target ? await this.#values(target.operands) : [];
    this.place = node.place;
    let text: ByteText | undefined;
    if (name === undefined) text = await this.#input.next();
    else {
      try {
        const reader = from === "file" ? this.#streams.readFile(name) : this.#streams.readCommand(name);
        const record = await reader.next(this.textOf(this.specials.RS.value), this.ignoreCase);
        if (record) this.specials.RT.value = record.terminator;
        text = record?.text;
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.specials.ERRNO.value = errorNumber(error);
        return -1;
      }
    }
    if (text === undefined) return 0;
    if (target) this.assign(target, operands, new OutsideText(text));
    else this.#record.set(0, new OutsideText(text));
    return 1;
  }

  // What built-in functions and records ask for.

  textOf = (value: Value): ByteText => {
    if (typeof value === "string") return value;
    if (value === undefined) return "";
    if (typeof value === "object") return value.text;
    if (Number.isSafeInteger(value)) return String(value + 0);
    return numberText(value, this.textOf(this.specials.CONVFMT.value));
  };

  get ignoreCase(): boolean {
    return isTrue(this.specials.IGNORECASE.value);
  }

  get newlinesSeparate(): boolean {
    return this.textOf(this.specials.RS.value) === "";
  }

  cell({ scope, index }: VariableName): Cell {
    return (scope === "global" ? this.#globals : this.#parameters)[index] as Cell;
  }

  matcher(pattern: Expression, value: Value): Matcher {
    if (pattern.kind !== "pattern") return patternOf(this.textOf(value), this.ignoreCase);
    return this.ignoreCase ? pattern.matcher.insensitive() : pattern.matcher.sensitive;
  }

  read(target: Target, [operand]: readonly Value[]): Value {
    switch (target.kind) {
      case "variable":
        return this.cell(target.variable).value;
      case "element":
        return this.cell(target.array).array.get(this.textOf(operand));
      case "field":
        return this.#record.get(fieldNumber(operand));
    }
  }

  assign(target: Target, [operand]: readonly Value[], value: Value): void {
    switch (target.kind) {
      case "variable":
        this.cell(target.variable).value = value;
        return;
      case "element":
        this.cell(target.array).array.set(this.textOf(operand), value);
        return;
      case "field":
        this.#record.set(fieldNumber(operand), value);
    }
  }

  get record(): Value {
    return this.#record.get(0);
  }

  setRecord(value: Value): void {
    this.#record.set(0, value);
  }

  now(): bigint {
    return this.#process.now();
  }

  get zone(): string | undefined {
    return this.#process.env.TZ;
  }
}

type Assignment = Extract<Expression, { kind: "assign" }>;

/** The value of a copy. Where there is none, it is the empty string. */
function copied(value: Value): Value {
  return value === undefined ? "" : value;
}

/** A file that `print` cannot write to. */
export class CannotOpen extends Error {
  constructor(
    readonly path: ByteText,
    readonly reason: string,
  ) {
    super(`can't open '${path}': ${reason}`);
  }
}

function fieldNumber(value: Value): number {
  const number = Math.trunc(numberOf(value));
  if (number < 0) throw new AwkError("Access to negative field");
  return number;
}

function calculated(operator: Arithmetic, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      if (right === 0) throw new AwkError("Division by zero");
      return left / right;
    case "%":
      if (right === 0) throw new AwkError("Division by zero");
      return left - asLong(left / right) * right;
    case "^":
      throw new AwkError("Math support is not compiled in");
  }
}

function holds<Compared extends number | string>(
  operator: Comparison,
  left: Compared,
  right: Compared,
): boolean {
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}
