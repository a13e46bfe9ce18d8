// Carries out a parsed template, with Go's words for what is wrong.
import { quoted } from "../command/quoted.js";
import { CallError, type GoFunction } from "./functions.js";
import {
  type Branch,
  type CommandNode,
  type Node,
  nodeText,
  type Operand,
  type Pipe,
  type Template,
} from "./nodes.js";
import { TemplateError } from "./parse-template.js";
import { printed, sortedKeys } from "./print.js";
import {
  bool,
  fieldOf,
  floatType,
  type GoType,
  int,
  int64Type,
  isNil,
  isTrue,
  type StructType,
  string,
  unwrapped,
  type Value,
} from "./types.js";

/** What a template is carried out with. */
export interface Execution {
  readonly functions: ReadonlyMap<string, GoFunction>;
  /** Whether a key that a map does not have is an error; else it is an invalid value, `<no value>`. */
  readonly missingKeyIsError?: boolean;
  /** Whether errors of comparisons name the types that were compared. */
  readonly namesTypes?: boolean;
  /** Whether `range` goes over numbers and `else with` there is: Go 1.22 on. */
  readonly rangesOverNumbers?: boolean;
}

/** Templates that call themselves deeper than this are refused. */
const deepest = 2000;

/** Carries out a template. @throws {TemplateError} */
export function executeTemplate(template: Template, dot: Value | undefined, execution: Execution): string {
  const state = new Executor(template, template.name, execution, dot);
  try {
    state.walk(dot, template.root);
  } catch (error) {
    if (error instanceof TemplateError) error.written = state.output.text;
    throw error;
  }
  return state.output.text;
}

/** Leaves the body of a `range`. */
class LoopJump {
  constructor(readonly kind: "break" | "continue") {}
}

type Defined = { readonly name: string; value: Value | undefined };
type Arguments = readonly Operand[];
/** What comes from the stage before in a pipeline. */
type Final = { readonly value: Value | undefined } | undefined;

class Executor {
  output = { text: "" };
  #vars: Defined[];
  #node: Node | Operand | CommandNode | undefined;

  constructor(
    readonly template: Template,
    readonly name: string,
    readonly execution: Execution,
    dot: Value | undefined,
    readonly depth = 0,
  ) {
    this.#vars = [{ name: "$", value: dot }];
  }

  walk(dot: Value | undefined, nodes: readonly Node[]): void {
    for (const node of nodes) this.#walkOne(dot, node);
  }

  #walkOne(dot: Value | undefined, node: Node): void {
    this.#node = node;
    switch (node.kind) {
      case "text":
        this.output.text += node.text;
        return;
      case "action": {
        const value = this.#pipeline(dot, node.pipe);
        if (node.pipe.declared.length === 0) this.#print(node, value);
        return;
      }
      case "break":
      case "continue":
        throw new LoopJump(node.kind);
      case "if":
      case "with": {
        const mark = this.#vars.length;
        const value = this.#pipeline(dot, node.pipe);
        if (isTrue(value)) this.walk(node.kind === "with" ? value : dot, node.list);
        else if (node.otherwise) this.walk(dot, node.otherwise);
        this.#vars.length = mark;
        return;
      }
      case "range":
        this.#range(dot, node);
        return;
      case "template": {
        const other = this.template.others.get(node.name);
        if (!other) throw this.#error(`template ${quoted(node.name)} not defined`);
        if (this.depth === deepest) throw this.#error("exceeded maximum template depth (100000)");
        const given = node.pipe ? this.#pipeline(dot, node.pipe) : undefined;
        const inner = new Executor(this.template, node.name, this.execution, given, this.depth + 1);
        inner.output = this.output;
        inner.walk(given, other);
        return;
      }
    }
  }

  #range(dot: Value | undefined, node: Branch<"range">): void {
    const mark = this.#vars.length;
    const given = this.#pipeline(dot, node.pipe);
    const value = given && indirect(given).value;
    const inside = this.#vars.length;
    const one = (key: Value, item: Value | undefined): boolean => {
      const { declared, isAssign } = node.pipe;
      if (declared.length > 0) {
        const first = declared.length > 1 ? key : item;
        if (isAssign) this.#assign(declared[0]!.names[0], first);
        else this.#vars[inside - declared.length]!.value = first;
      }
      if (declared.length > 1) {
        if (isAssign) this.#assign(declared[1]!.names[0], item);
        else this.#vars[inside - 1]!.value = item;
      }
      try {
        this.walk(item, node.list);
      } catch (jump) {
        if (!(jump instanceof LoopJump)) throw jump;
        if (jump.kind === "break") return false;
      } finally {
        this.#vars.length = inside;
      }
      return true;
    };
    let ran = false;
    const type = value?.type;
    if (type?.kind === "slice") {
      const items = (value!.value ?? []) as unknown[];
      for (const [index, item] of items.entries()) {
        ran = true;
        if (!one(int(index), { type: type.of, value: item })) break;
      }
    } else if (type?.kind === "map") {
      const map = (value!.value ?? {}) as Record<string, unknown>;
      for (const key of sortedKeys(value!)) {
        ran = true;
        const isText = type.key.kind === "string" || type.key.kind === "textual";
        const keyValue = { type: type.key, value: isText ? key : Number(key) };
        if (!one(keyValue, { type: type.of, value: map[key] })) break;
      }
    } else if ((type?.kind === "int" || type?.kind === "uint") && this.execution.rangesOverNumbers) {
      if (node.pipe.declared.length > 1) {
        throw this.#error(`can't use ${printed(value)} to iterate over more than one variable`);
      }
      for (let index = 0; index < (value!.value as number); index++) {
        ran = true;
        if (!one(int(index), { type: type!, value: index })) break;
      }
    } else if (value !== undefined && !(type?.kind === "any" && isNil(value.value))) {
      throw this.#error(`range can't iterate over ${printed(value)}`);
    }
    if (!ran && node.otherwise) this.walk(dot, node.otherwise);
    this.#vars.length = mark;
  }

  #pipeline(dot: Value | undefined, pipe: Pipe | undefined): Value | undefined {
    if (!pipe) return undefined;
    this.#node = pipe;
    let value: Final;
    for (const command of pipe.commands) value = { value: unwrapped(this.#command(dot, command, value)) };
    const result = value?.value;
    for (const variable of pipe.declared) {
      if (pipe.isAssign) this.#assign(variable.names[0], result);
      else this.#vars.push({ name: variable.names[0], value: result });
    }
    return result;
  }

  #assign(name: string, value: Value | undefined): void {
    const variable = this.#vars.findLast((each) => each.name === name);
    if (!variable) throw this.#error(`undefined variable: ${name}`);
    variable.value = value;
  }

  #command(dot: Value | undefined, command: CommandNode, final: Final): Value | undefined {
    const first = command.operands[0]!;
    switch (first.kind) {
      case "field":
        return this.#fieldNode(dot, first, command.operands, final);
      case "chain":
        return this.#chain(dot, first, command.operands, final);
      case "identifier":
        return this.#function(dot, first, command, command.operands, final);
      case "pipe":
        this.#notAFunction(command.operands, final);
        return this.#pipeline(dot, first);
      case "variable":
        return this.#variable(dot, first, command.operands, final);
    }
    this.#node = first;
    this.#notAFunction(command.operands, final);
    switch (first.kind) {
      case "bool":
        return bool(first.value);
      case "dot":
        return dot;
      case "nil":
        throw this.#error("nil is not a command");
      case "number":
        return numberOf(first);
      case "string":
        return string(first.value);
    }
  }

  #notAFunction(operands: Arguments, final: Final): void {
    if (operands.length > 1 || final) {
      throw this.#error(`can't give argument to non-function ${nodeText(operands[0]!)}`);
    }
  }

  #fieldNode(
    dot: Value | undefined,
    field: Extract<Operand, { kind: "field" }>,
    operands: Arguments,
    final: Final,
  ): Value | undefined {
    this.#node = field;
    return this.#fields(dot, dot, field, field.names, operands, final);
  }

  #chain(
    dot: Value | undefined,
    chain: Extract<Operand, { kind: "chain" }>,
    operands: Arguments,
    final: Final,
  ): Value | undefined {
    this.#node = chain;
    if (chain.of.kind === "nil") throw this.#error(`indirection through explicit nil in ${nodeText(chain)}`);
    const receiver = this.#argument(dot, undefined, chain.of);
    return this.#fields(dot, receiver, chain, chain.names, operands, final);
  }

  #variable(
    dot: Value | undefined,
    variable: Extract<Operand, { kind: "variable" }>,
    operands: Arguments,
    final: Final,
  ): Value | undefined {
    this.#node = variable;
    const [name, ...fields] = variable.names;
    const defined = this.#vars.findLast((each) => each.name === name);
    if (!defined) throw this.#error(`undefined variable: ${name}`);
    if (fields.length === 0) {
      this.#notAFunction(operands, final);
      return defined.value;
    }
    return this.#fields(dot, defined.value, variable, fields, operands, final);
  }

  /** Asks a value for one field after another. The last one may be a method with arguments. */
  #fields(
    dot: Value | undefined,
    receiver: Value | undefined,
    node: Operand,
    names: readonly string[],
    operands: Arguments,
    final: Final,
  ): Value | undefined {
    let value = receiver;
    for (const name of names.slice(0, -1)) value = this.#field(dot, name, node, [], undefined, value);
    return this.#field(dot, names.at(-1)!, node, operands, final, value);
  }

  #field(
    dot: Value | undefined,
    name: string,
    node: Operand,
    operands: Arguments,
    final: Final,
    receiver: Value | undefined,
  ): Value | undefined {
    if (!receiver) {
      if (this.execution.missingKeyIsError) throw this.#error(`nil data; no entry for key ${quoted(name)}`);
      return undefined;
    }
    const { value, isNil: nil } = indirect(receiver);
    if (receiver.type.kind === "any" && nil) {
      throw this.#error(`nil pointer evaluating ${receiver.type.name}.${name}`);
    }
    const { type } = value;
    if ("methods" in type && type.methods) {
      const method = Object.hasOwn(type.methods, name) ? type.methods[name] : undefined;
      if (method) {
        const call: GoFunction = {
          parameters: method.parameters,
          call: (values) => method.call(value.value as never, ...(values as Value[])),
        };
        return this.#call(dot, call, node, name, operands, final);
      }
    }
    const hasArguments = operands.length > 1 || final !== undefined;
    if (type.kind === "time") {
      const part = timePart(value.value as string, name);
      if (part) return part;
    }
    if (type.kind === "struct" && !nil) {
      const field = fieldOf(type, value.value, name);
      if (field) {
        if (hasArguments) throw this.#error(`${name} has arguments but cannot be invoked as function`);
        return field;
      }
    } else if (type.kind === "map") {
      if (hasArguments) throw this.#error(`${name} is not a method but has arguments`);
      const map = (value.value ?? {}) as Record<string, unknown>;
      if (type.key.kind === "string") {
        if (Object.hasOwn(map, name)) return { type: type.of, value: map[name] };
        if (this.execution.missingKeyIsError) throw this.#error(`map has no entry for key ${quoted(name)}`);
        return undefined;
      }
    } else if (receiver.type.kind === "pointer" && nil) {
      const { to } = receiver.type;
      if (!(to.kind === "struct" && !hasField(to, name))) {
        throw this.#error(`nil pointer evaluating ${receiver.type.name}.${name}`);
      }
    }
    throw this.#error(`can't evaluate field ${name} in type ${receiver.type.name}`);
  }

  #function(
    dot: Value | undefined,
    { name }: Extract<Operand, { kind: "identifier" }>,
    node: Operand | CommandNode,
    operands: Arguments,
    final: Final,
  ): Value | undefined {
    this.#node = node.kind === "command" ? node.operands[0] : node;
    const found = this.execution.functions.get(name);
    if (!found) throw this.#error(`${quoted(name)} is not a defined function`);
    return this.#call(dot, found, node, name, operands, final);
  }

  #call(
    dot: Value | undefined,
    called: GoFunction,
    node: Operand | CommandNode,
    name: string,
    operands: Arguments,
    final: Final,
  ): Value | undefined {
    const given = operands.slice(1);
    const count = given.length + (final ? 1 : 0);
    const { parameters, variadic } = called;
    if (variadic) {
      if (count < parameters.length) {
        throw this.#error(
          `wrong number of args for ${name}: want at least ${parameters.length} got ${count}`,
        );
      }
    } else if (count !== parameters.length) {
      throw this.#error(`wrong number of args for ${name}: want ${parameters.length} got ${count}`);
    }
    if (called.stopsAt) {
      // `and` and `or` look at no more arguments than they need.
      let value: Value | undefined;
      for (const operand of given) {
        value = this.#argument(dot, undefined, operand);
        if (isTrue(value) === called.stopsAt.truth) return value;
      }
      return final ? final.value : value;
    }
    const values: (Value | undefined)[] = given.map((operand, index) =>
      this.#argument(dot, parameters[index] ?? variadic, operand),
    );
    if (final) {
      const type =
        parameters[parameters.length > 0 && !variadic ? parameters.length - 1 : count - 1] ?? variadic;
      values.push(this.#validated(final.value, type));
    }
    if (name === "call" && given[0] && values[0]) {
      this.#node = node;
      throw this.#error(
        `error calling call: non-function ${nodeText(given[0])} of type ${unwrapped(values[0])?.type.name}`,
      );
    }
    try {
      return called.call(values);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      this.#node = node;
      const detail = this.execution.namesTypes ? error.detail : "";
      throw this.#error(`error calling ${name}: ${error.message}${detail}`);
    }
  }

  /** The value of an argument of a type; any type where none is given. */
  #argument(dot: Value | undefined, type: GoType | undefined, operand: Operand): Value | undefined {
    this.#node = operand;
    switch (operand.kind) {
      case "dot":
        return this.#validated(dot, type);
      case "nil":
        if (!type || ["any", "pointer", "map", "slice"].includes(type.kind)) return undefined;
        throw this.#error(`cannot assign nil to ${type.name}`);
      case "field":
        return this.#validated(this.#fieldNode(dot, operand, [operand], undefined), type);
      case "variable":
        return this.#validated(this.#variable(dot, operand, [operand], undefined), type);
      case "pipe":
        return this.#validated(this.#pipeline(dot, operand), type);
      case "identifier":
        return this.#validated(this.#function(dot, operand, operand, [operand], undefined), type);
      case "chain":
        return this.#validated(this.#chain(dot, operand, [operand], undefined), type);
    }
    // Constants.
    const expected = (what: string) => this.#error(`expected ${what}; found ${nodeText(operand)}`);
    switch (type?.kind) {
      case "bool":
        if (operand.kind !== "bool") throw expected("bool");
        return bool(operand.value);
      case "string":
        if (operand.kind !== "string") throw expected("string");
        return { type, value: operand.value };
      case "int":
        if (operand.kind !== "number" || operand.isFloat) throw expected("integer");
        return { type, value: operand.value };
      case "uint":
        if (operand.kind !== "number" || operand.isFloat || operand.value < 0)
          throw expected("unsigned integer");
        return { type, value: operand.value };
      case "float":
        if (operand.kind !== "number") throw expected("float");
        return { type, value: operand.value };
      case undefined:
      case "any":
        if (operand.kind === "bool") return bool(operand.value);
        if (operand.kind === "string") return string(operand.value);
        return numberOf(operand);
    }
    throw this.#error(`can't handle ${nodeText(operand)} for arg of type ${type?.name}`);
  }

  #validated(given: Value | undefined, type: GoType | undefined): Value | undefined {
    if (!type || type.kind === "any") return given;
    const value = unwrapped(given);
    if (!value) {
      if (["pointer", "map", "slice"].includes(type.kind)) return { type, value: null };
      throw this.#error(`invalid value; expected ${type.name}`);
    }
    if (value.type.name === type.name) return value;
    // A value of an unnamed type of the same shape may be given, and a pointer to what is wanted.
    if (value.type.kind === "slice" && type.kind === "slice" && value.type.of.name === type.of.name)
      return value;
    if (value.type.kind === "pointer" && value.type.to.name === type.name) {
      if (isNil(value.value)) throw this.#error(`dereference of nil pointer of type ${type.name}`);
      return { type: value.type.to, value: value.value };
    }
    throw this.#error(`wrong type for value; expected ${type.name}; got ${value.type.name}`);
  }

  #print(node: Node, given: Value | undefined): void {
    this.#node = node;
    let value = given;
    if (value?.type.kind === "pointer" && !isNil(value.value))
      value = { type: value.type.to, value: value.value };
    this.output.text += value ? printed(value) : "<no value>";
  }

  #error(message: string): TemplateError {
    const node = this.#node;
    if (!node) return new TemplateError(`template: ${this.template.name}: ${message}`);
    const before = this.template.text.slice(0, node.at);
    const lastLine = before.lastIndexOf("\n") + 1;
    const column = new TextEncoder().encode(before.slice(lastLine)).length;
    const line = before.split("\n").length;
    return new TemplateError(
      `template: ${this.template.name}:${line}:${column}: executing ${quoted(this.name)} at <${nodeText(node)}>: ${message}`,
    );
  }
}

/** What a pointer or an interface leads to. */
function indirect(given: Value): { readonly value: Value; readonly isNil: boolean } {
  let value = given;
  for (;;) {
    if (value.type.kind === "pointer") {
      if (isNil(value.value)) return { value, isNil: true };
      value = { type: value.type.to, value: value.value };
    } else if (value.type.kind === "any") {
      const inner = unwrapped(value);
      if (!inner) return { value, isNil: true };
      value = inner;
    } else return { value, isNil: false };
  }
}

/** What a method of Go's time.Time returns, of those that take nothing and return a number or a text. */
function timePart(text: string, method: string): Value | undefined {
  const date = new Date(text);
  switch (method) {
    case "Year":
      return int(date.getUTCFullYear());
    case "Day":
      return int(date.getUTCDate());
    case "Hour":
      return int(date.getUTCHours());
    case "Minute":
      return int(date.getUTCMinutes());
    case "Second":
      return int(date.getUTCSeconds());
    case "Unix":
      return { type: int64Type, value: Math.floor(date.getTime() / 1000) };
    case "IsZero":
      return bool(text.startsWith("0001-01-01T00:00:00"));
    default:
      return undefined;
  }
}

function hasField(type: StructType, name: string): boolean {
  return fieldOf(type, {}, name) !== undefined;
}

function numberOf(number: Operand): Value {
  if (number.kind !== "number") throw new TypeError(`${number.kind} is no number`);
  return number.isFloat ? { type: floatType, value: number.value } : int(number.value);
}
