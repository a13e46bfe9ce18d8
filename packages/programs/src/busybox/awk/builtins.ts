// The functions of awk that do not wait for anything.
import type { Matcher } from "@dryharbor/kernel/patterns";
import type { ByteText } from "../byte-text.js";
import { byteText } from "../byte-text.js";
import { formatDate, type Zone, zoneOf } from "../dates.js";
import type { AwkArray } from "./awk-array.js";
import { AwkError } from "./awk-error.js";
import { operandsOfArgument } from "./builtin-arguments.js";
import { builtins } from "./builtin-names.js";
import type { Cell, Specials } from "./cells.js";
import { formatted } from "./format.js";
import type { Random } from "./random.js";
import { fieldsOf } from "./splitting.js";
import { substituted } from "./substitution.js";
import type { Expression, Target, VariableName } from "./syntax.js";
import { targetOf } from "./target.js";
import { asInt, asLong, numberOf, OutsideText, untilZero, type Value } from "./value.js";

/** What the functions need of the program that runs. */
export interface Runtime {
  readonly specials: Specials;
  readonly random: Random;
  readonly ignoreCase: boolean;
  /** The separator of fields at present, and whether a newline separates as well. */
  readonly newlinesSeparate: boolean;
  textOf(value: Value): ByteText;
  cell(variable: VariableName): Cell;
  /** Compiles what is used as a pattern. @throws {BadExpression} */
  matcher(pattern: Expression, value: Value): Matcher;
  read(target: Target, operands: readonly Value[]): Value;
  assign(target: Target, operands: readonly Value[], value: Value): void;
  /** The current record. */
  readonly record: Value;
  setRecord(value: Value): void;
  /** The time in nanoseconds since 1970. */
  now(): bigint;
  /** The value of the variable `TZ` of the process. */
  readonly zone: string | undefined;
}

type BuiltinNode = Extract<Expression, { kind: "builtin" }>;

/** A call of a built-in function. */
export class BuiltinCall {
  readonly #node: BuiltinNode;
  readonly #values: readonly Value[];
  readonly #runtime: Runtime;

  /** @param values the values of the node's operands @throws {AwkError} There are too few or too many. */
  constructor(node: BuiltinNode, values: readonly Value[], runtime: Runtime) {
    this.#node = node;
    this.#values = values;
    this.#runtime = runtime;
    const [least, most = Number.POSITIVE_INFINITY]: readonly number[] = builtins[node.name];
    if (this.#count < (least as number)) throw new AwkError("Too few arguments");
    if (this.#count > most) throw new AwkError("Too many arguments");
  }

  get #count(): number {
    return this.#node.callArguments.length;
  }

  /** The values of the operands that belong to an argument. */
  #operands(index: number): readonly Value[] {
    let from = 0;
    for (const [at, argument] of this.#node.callArguments.entries()) {
      const { length } = operandsOfArgument(this.#node.name, argument, at);
      if (at === index) return this.#values.slice(from, from + length);
      from += length;
    }
    return [];
  }

  value(index: number): Value {
    return this.#operands(index)[0];
  }

  text(index: number): ByteText {
    return this.#runtime.textOf(this.value(index));
  }

  #number(index: number): number {
    return numberOf(this.value(index));
  }

  #pattern(index: number): Matcher {
    return this.#runtime.matcher(this.#node.callArguments[index] as Expression, this.value(index));
  }

  #array(index: number): AwkArray | undefined {
    const target = targetOf(this.#node.callArguments[index] as Expression);
    return target?.kind === "variable" ? this.#runtime.cell(target.variable).array : undefined;
  }

  /** Returns the result of the function. @throws {AwkError} @throws {BadExpression} */
  result(): Value {
    const { specials, random, textOf } = this.#runtime;
    switch (this.#node.name) {
      case "and":
        return this.#bits((left, right) => left & right);
      case "or":
        return this.#bits((left, right) => left | right);
      case "xor":
        return this.#bits((left, right) => left ^ right);
      case "lshift":
        return this.#bits((left, right) => left << (right % 64n));
      case "rshift":
        return this.#bits((left, right) => left >> (right % 64n));
      case "compl":
        return Number(BigInt.asUintN(64, ~unsigned(this.#number(0))));
      case "atan2":
      case "cos":
      case "exp":
      case "log":
      case "sin":
      case "sqrt":
        throw new AwkError("Math support is not compiled in");
      case "index":
        return this.#index();
      case "int":
        return asLong(this.#number(0));
      case "length":
        return this.#length();
      case "match": {
        const match = this.#pattern(1).find(this.text(0));
        specials.RSTART.value = match ? match.index + 1 : 0;
        specials.RLENGTH.value = match ? match.groups[0].length : -1;
        return specials.RSTART.value;
      }
      case "mktime":
        return seconds(this.text(0), zoneOf(this.#runtime.zone ?? ""));
      case "rand":
        return random.fraction();
      case "split":
        return this.#split();
      case "sprintf":
        return untilZero(formatted(this.text(0), this.#values.slice(1), textOf));
      case "srand":
        return random.begin(this.#count > 0 ? this.#number(0) : this.#seconds());
      case "strftime":
        return this.#date();
      case "sub":
      case "gsub":
        return this.#substitute();
      case "gensub":
        return this.#generalSubstitute();
      case "substr":
        return this.#part();
      case "systime":
        return this.#seconds();
      case "tolower":
        return this.text(0).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
      case "toupper":
        return this.text(0).replace(/[a-z]/g, (letter) => letter.toUpperCase());
      case "close":
      case "fflush":
      case "system":
        return undefined;
    }
  }

  #seconds(): number {
    return Number(this.#runtime.now() / 1_000_000_000n);
  }

  #bits(combine: (left: bigint, right: bigint) => bigint): number {
    return Number(BigInt.asUintN(64, combine(unsigned(this.#number(0)), unsigned(this.#number(1)))));
  }

  #index(): number {
    const [text, part] = [this.text(0), this.text(1)];
    if (part === "") return 0;
    if (!this.#runtime.ignoreCase) return text.indexOf(part) + 1;
    return text.toLowerCase().indexOf(part.toLowerCase()) + 1;
  }

  #length(): number {
    const [argument] = this.#node.callArguments;
    if (!argument) return this.#runtime.textOf(this.#runtime.record).length;
    if (argument.kind !== "variable") return this.text(0).length;
    const cell = this.#runtime.cell(argument.variable);
    return cell.isArray ? cell.array.length : this.#runtime.textOf(cell.value).length;
  }

  #part(): ByteText {
    const text = this.text(0);
    const from = Math.min(Math.max(asInt(this.#number(1)) - 1, 0), text.length);
    const length = this.#count > 2 ? Math.max(asInt(this.#number(2)), 0) : text.length;
    return text.slice(from, from + length);
  }

  #split(): number {
    const { specials, textOf, ignoreCase, newlinesSeparate } = this.#runtime;
    const third = this.#node.callArguments[2];
    const at =
      third === undefined
        ? textOf(specials.FS.value)
        : third.kind === "pattern"
          ? this.#pattern(2)
          : this.text(2);
    const newlines = third === undefined && newlinesSeparate;
    const fields = fieldsOf(this.text(0), { at, ignoreCase, newlines });
    const array = this.#array(1);
    array?.clear();
    for (const [index, field] of fields.entries()) array?.set(String(index + 1), new OutsideText(field));
    return fields.length;
  }

  #substitute(): number {
    const { textOf } = this.#runtime;
    const pattern = this.#pattern(0);
    const third = this.#node.callArguments[2];
    const target = third && targetOf(third);
    const operands = this.#operands(2);
    const before =
      third === undefined
        ? this.#runtime.record
        : target
          ? this.#runtime.read(target, operands)
          : operands[0];
    const { text, count } = substituted(textOf(before), {
      pattern,
      replacement: this.text(1),
      number: this.#node.name === "sub" ? 1 : 0,
      groups: false,
    });
    if (count > 0 && third === undefined) this.#runtime.setRecord(text);
    else if (count > 0 && target) this.#runtime.assign(target, operands, text);
    return count;
  }

  #generalSubstitute(): ByteText {
    const which = this.value(2);
    const number = Math.max(0, asInt(numberOf(which)));
    return substituted(this.#runtime.textOf(this.#count > 3 ? this.value(3) : this.#runtime.record), {
      pattern: this.#pattern(0),
      replacement: this.text(1),
      number,
      groups: true,
    }).text;
  }

  #date(): ByteText {
    const format = this.#count > 0 ? this.text(0) : "%a %b %e %H:%M:%S %Z %Y";
    const instant = this.#count > 1 ? asLong(this.#number(1)) : this.#seconds();
    const zone = this.#count > 2 && numberOf(this.value(2)) !== 0 ? utc : zoneOf(this.#runtime.zone ?? "");
    // C's strftime has no nanoseconds.
    const plain = format.replace(/%N/g, "%%N");
    return byteText(formatDate(plain, BigInt(instant) * 1_000_000_000n, zone));
  }
}

const utc: Zone = { name: "UTC", offset: 0 };

function unsigned(number: number): bigint {
  return BigInt.asUintN(64, BigInt(Number.isFinite(number) ? Math.trunc(number) : 0));
}

/** Reads a time like `2024 02 29 12 30 45`, in seconds since 1970. Returns -1 when it is none. */
function seconds(text: ByteText, zone: Zone): number {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)(?:\s+(-?\d+))?/.exec(text);
  if (!match) return -1;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, summer = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const utcSeconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  return utcSeconds - zone.offset - (summer > 0 ? 3600 : 0);
}
