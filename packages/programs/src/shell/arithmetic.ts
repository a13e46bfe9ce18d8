// Arithmetic expansion: the expressions in `$((…))`, `let` and `${name:offset}`.

/** The variables that an expression reads and assigns. */
export interface ArithmeticVariables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** The error of an invalid expression. The message is BusyBox's. */
export class ArithmeticError extends Error {}

const syntaxError = "arithmetic syntax error";

/** The binary operators by precedence, the loosest first. Operators of one line associate to the left. */
const levels: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<=", ">=", "<", ">"],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];

const assignments = ["<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "="];

const operators = [
  ...assignments.filter((operator) => operator !== "="),
  "**",
  "++",
  "--",
  "||",
  "&&",
  "==",
  "!=",
  "<=",
  ">=",
  "<<",
  ">>",
  ..."+-*/%<>=!~&|^?:(),",
];

type Token =
  | { readonly kind: "number"; readonly value: bigint }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "operator"; readonly text: string };

/** A value. It has a name when it is a variable, which can be assigned to. */
interface Value {
  readonly name: string | undefined;
  readonly get: () => bigint;
}

/** Evaluates an expression in 64-bit integers. @throws {ArithmeticError} */
export function evaluateArithmetic(text: string, variables: ArithmeticVariables, depth = 0): bigint {
  if (depth > 64) throw new ArithmeticError("expression recursion loop detected");
  return new Evaluation(text, variables, depth).whole();
}

class Evaluation {
  readonly #tokens: Token[];
  readonly #variables: ArithmeticVariables;
  readonly #depth: number;
  #at = 0;
  /**
   * The number of enclosing branches that are not taken. In them, nothing is assigned, divided or looked up.
   */
  #idle = 0;

  constructor(text: string, variables: ArithmeticVariables, depth: number) {
    this.#tokens = tokens(text);
    this.#variables = variables;
    this.#depth = depth;
  }

  whole(): bigint {
    if (this.#tokens.length === 0) return 0n;
    const value = this.#comma().get();
    if (this.#at < this.#tokens.length) throw new ArithmeticError(syntaxError);
    return value;
  }

  #comma(): Value {
    let value = this.#assignment();
    while (this.#take(",")) {
      value.get();
      value = this.#assignment();
    }
    return value;
  }

  #assignment(): Value {
    const target = this.#conditional();
    const operator = assignments.find((each) => this.#take(each));
    if (operator === undefined) return target;
    const value = this.#assignment().get();
    const result = operator === "=" ? value : this.#binary(operator.slice(0, -1), target.get(), value);
    return this.#store(target, result);
  }

  #store({ name }: Value, value: bigint): Value {
    if (name === undefined) throw new ArithmeticError(syntaxError);
    if (this.#idle === 0) this.#variables.set(name, String(value));
    return constant(value);
  }

  #conditional(): Value {
    const condition = this.#level(0);
    if (!this.#take("?")) return condition;
    const holds = condition.get() !== 0n;
    const yes = this.#branch(holds, () => this.#comma().get());
    if (!this.#take(":")) throw new ArithmeticError(syntaxError);
    const no = this.#branch(!holds, () => this.#assignment().get());
    return constant(holds ? yes : no);
  }

  #branch(taken: boolean, read: () => bigint): bigint {
    if (!taken) this.#idle++;
    try {
      return read();
    } finally {
      if (!taken) this.#idle--;
    }
  }

  #level(level: number): Value {
    const here = levels[level];
    if (!here) return this.#power();
    let left = this.#level(level + 1);
    for (;;) {
      const operator = here.find((each) => this.#take(each));
      if (operator === undefined) return left;
      const value = left.get();
      if (operator === "&&" || operator === "||") {
        const decided = operator === "&&" ? value === 0n : value !== 0n;
        const right = this.#branch(!decided, () => this.#level(level + 1).get());
        left = constant(truth(decided ? value !== 0n : right !== 0n));
      } else {
        left = constant(this.#binary(operator, value, this.#level(level + 1).get()));
      }
    }
  }

  #power(): Value {
    const base = this.#unary();
    if (!this.#take("**")) return base;
    const exponent = this.#power().get();
    if (exponent < 0n) throw new ArithmeticError("exponent less than 0");
    let result = 1n;
    for (let left = exponent; left > 0n; left--) result = BigInt.asIntN(64, result * base.get());
    return constant(result);
  }

  #unary(): Value {
    for (const sign of ["++", "--"]) {
      if (!this.#take(sign)) continue;
      const operand = this.#unary();
      if (operand.name === undefined) return constant(operand.get());
      return this.#store(operand, wrapped(operand.get() + (sign === "++" ? 1n : -1n)));
    }
    if (this.#take("+")) return constant(this.#unary().get());
    if (this.#take("-")) return constant(wrapped(-this.#unary().get()));
    if (this.#take("!")) return constant(truth(this.#unary().get() === 0n));
    if (this.#take("~")) return constant(~this.#unary().get());
    return this.#postfix();
  }

  #postfix(): Value {
    const operand = this.#operand();
    for (const sign of ["++", "--"]) {
      if (operand.name === undefined || !this.#take(sign)) continue;
      const before = operand.get();
      this.#store(operand, wrapped(before + (sign === "++" ? 1n : -1n)));
      return constant(before);
    }
    return operand;
  }

  #operand(): Value {
    const token = this.#tokens[this.#at++];
    if (token?.kind === "number") return constant(token.value);
    if (token?.kind === "name") {
      const { name } = token;
      return { name, get: () => this.#read(name) };
    }
    if (token?.text === "(") {
      const value = this.#comma().get();
      if (!this.#take(")")) throw new ArithmeticError(syntaxError);
      return constant(value);
    }
    throw new ArithmeticError(syntaxError);
  }

  #read(name: string): bigint {
    if (this.#idle > 0) return 0n;
    const text = this.#variables.get(name);
    return text === undefined ? 0n : evaluateArithmetic(text, this.#variables, this.#depth + 1);
  }

  #binary(operator: string, left: bigint, right: bigint): bigint {
    if (operator === "/" || operator === "%") {
      if (right === 0n) {
        if (this.#idle > 0) return 0n;
        throw new ArithmeticError("divide by zero");
      }
      return wrapped(operator === "/" ? left / right : left % right);
    }
    return wrapped((simple[operator] as (left: bigint, right: bigint) => bigint)(left, right));
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "operator" || token.text !== text) return false;
    this.#at++;
    return true;
  }
}

const simple: Readonly<Record<string, (left: bigint, right: bigint) => bigint>> = {
  "|": (left, right) => left | right,
  "^": (left, right) => left ^ right,
  "&": (left, right) => left & right,
  "==": (left, right) => truth(left === right),
  "!=": (left, right) => truth(left !== right),
  "<=": (left, right) => truth(left <= right),
  ">=": (left, right) => truth(left >= right),
  "<": (left, right) => truth(left < right),
  ">": (left, right) => truth(left > right),
  // A processor uses only the lowest six bits of the count.
  "<<": (left, right) => left << (right & 63n),
  ">>": (left, right) => left >> (right & 63n),
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
};

function constant(value: bigint): Value {
  return { name: undefined, get: () => value };
}

function truth(holds: boolean): bigint {
  return holds ? 1n : 0n;
}

function wrapped(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  let rest = text.trimStart();
  while (rest !== "") {
    const token = readToken(rest);
    found.push(token.token);
    rest = rest.slice(token.length).trimStart();
  }
  return found;
}

function readToken(text: string): { token: Token; length: number } {
  const name = /^[A-Za-z_]\w*/.exec(text)?.[0];
  if (name !== undefined) return { token: { kind: "name", name }, length: name.length };
  const number = /^\d[\w#@]*/.exec(text)?.[0];
  if (number !== undefined) {
    return { token: { kind: "number", value: readNumber(number) }, length: number.length };
  }
  const operator = operators.find((each) => text.startsWith(each));
  if (operator === undefined) throw new ArithmeticError(syntaxError);
  return { token: { kind: "operator", text: operator }, length: operator.length };
}

const digits = "0123456789abcdefghijklmnopqrstuvwxyz";
const digitsBeyond36 = `${digits}ABCDEFGHIJKLMNOPQRSTUVWXYZ@_`;

/** Parses a number: decimal, octal, hexadecimal, or `BASE#DIGITS`. */
function readNumber(text: string): bigint {
  const based = /^(\d+)#([\w@]+)$/.exec(text);
  if (based) return inBase(based[2] as string, Number(based[1]));
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return inBase(text.slice(2), 16);
  if (/^0[0-7]*$/.test(text)) return inBase(text, 8);
  if (/^[1-9]\d*$/.test(text)) return wrapped(BigInt(text));
  throw new ArithmeticError(syntaxError);
}

function inBase(text: string, base: number): bigint {
  if (base < 2 || base > 64) throw new ArithmeticError(syntaxError);
  let value = 0n;
  for (const letter of text) {
    const digit = base > 36 ? digitsBeyond36.indexOf(letter) : digits.indexOf(letter.toLowerCase());
    if (digit < 0 || digit >= base) throw new ArithmeticError(syntaxError);
    value = wrapped(value * BigInt(base) + BigInt(digit));
  }
  return value;
}
