// The syntax tree of an awk program, as the parser makes it and the interpreter runs it.
import type { Matcher } from "@dryharbor/kernel/patterns";
import type { ByteText } from "../byte-text.js";
import type { Place } from "./awk-error.js";
import type { BuiltinName } from "./builtin-names.js";

/** A whole program. */
export interface AwkProgram {
  readonly begin: readonly Statement[];
  readonly rules: readonly Rule[];
  readonly end: readonly Statement[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
  /** The names of the global variables. A {@link VariableName} has the index of one of them. */
  readonly globals: readonly string[];
  /** The place where the text ends. */
  readonly lastPlace: Place;
}

/** A pattern with its action. Without an action it prints the record. */
export interface Rule {
  readonly pattern: Expression | undefined;
  /** The end of a range. */
  readonly until: Expression | undefined;
  readonly action: Statement;
}

export interface AwkFunction {
  readonly parameters: number;
  readonly body: Statement;
}

/** A variable: a global one, or a parameter of the function around. */
export interface VariableName {
  readonly scope: "global" | "parameter";
  readonly index: number;
}

/** What may be assigned to. */
export type Target = Extract<Expression, { kind: "variable" | "element" | "field" }>;

/** A node that has operands which are evaluated first, from left to right. */
interface Node {
  readonly place: Place;
  /** The expressions whose values are needed before the node itself is evaluated. */
  readonly operands: readonly Expression[];
  /** Whether evaluating the node may take time: a line is read, or a command or a function runs. */
  readonly waits: boolean;
}

export type Expression = Node &
  (
    | { readonly kind: "constant"; readonly value: number | ByteText }
    | { readonly kind: "pattern"; readonly matcher: PatternConstant }
    | { readonly kind: "variable"; readonly variable: VariableName }
    | { readonly kind: "element"; readonly array: VariableName }
    | { readonly kind: "field" }
    /** The operands are those of the target. With an operator, the target is read before the value is evaluated. */
    | {
        readonly kind: "assign";
        readonly operator: Arithmetic | "";
        readonly target: Target;
        readonly value: Expression;
      }
    | { readonly kind: "increment"; readonly by: 1 | -1; readonly isPrefix: boolean; readonly target: Target }
    | { readonly kind: "arithmetic"; readonly operator: Arithmetic }
    /** A left side that may be assigned to is read when the right one has been evaluated, as in `i i++`. */
    | { readonly kind: "compare"; readonly operator: Comparison; readonly left: Target | undefined }
    | { readonly kind: "concatenate"; readonly left: Target | undefined }
    /** Several expressions with commas: joined by `SUBSEP`. */
    | { readonly kind: "list" }
    | { readonly kind: "match"; readonly isNegated: boolean; readonly pattern: Expression }
    | { readonly kind: "in"; readonly array: VariableName | undefined }
    | { readonly kind: "unary"; readonly operator: "+" | "-" | "!" }
    | { readonly kind: "and" | "or"; readonly left: Expression; readonly right: Expression }
    | {
        readonly kind: "conditional";
        readonly condition: Expression;
        readonly then: Expression;
        readonly otherwise: Expression;
      }
    | { readonly kind: "group"; readonly body: Expression }
    /** Nothing between parentheses or brackets that may be empty. */
    | { readonly kind: "nothing" }
    | { readonly kind: "call"; readonly name: string; readonly callArguments: readonly Expression[] }
    | { readonly kind: "builtin"; readonly name: BuiltinName; readonly callArguments: readonly Expression[] }
    | {
        readonly kind: "getline";
        readonly from: "input" | "file" | "command";
        readonly source: Expression | undefined;
        readonly target: Target | undefined;
      }
  );

/** A pattern between slashes. */
export type PatternConstant = { readonly sensitive: Matcher; readonly insensitive: () => Matcher };

export type Arithmetic = "+" | "-" | "*" | "/" | "%" | "^";
export type Comparison = "<" | "<=" | "==" | "!=" | ">" | ">=";

export type Statement = { readonly place: Place } & (
  | { readonly kind: "block"; readonly body: readonly Statement[] }
  | { readonly kind: "expression"; readonly expression: Expression }
  | {
      readonly kind: "print" | "printf";
      readonly values: readonly Expression[];
      readonly redirection: Redirection | undefined;
    }
  | { readonly kind: "delete"; readonly array: VariableName; readonly subscript: Expression | undefined }
  | {
      readonly kind: "delete nothing";
      readonly problem: "Too few arguments" | "Not an array";
    }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      readonly then: Statement;
      readonly otherwise: Statement | undefined;
    }
  | { readonly kind: "while"; readonly condition: Expression; readonly body: Statement }
  | { readonly kind: "do"; readonly condition: Expression; readonly body: Statement }
  | {
      readonly kind: "for";
      readonly first: Expression | undefined;
      readonly condition: Expression | undefined;
      readonly next: Expression | undefined;
      readonly body: Statement;
    }
  | {
      readonly kind: "for in";
      readonly target: Target | undefined;
      readonly array: Expression & { kind: "in" };
      readonly body: Statement;
    }
  | { readonly kind: "break" | "continue" | "next" | "nextfile" }
  | { readonly kind: "exit" | "return"; readonly value: Expression | undefined }
);

/** Where `print` writes to. */
export interface Redirection {
  readonly kind: "write" | "append" | "pipe";
  readonly target: Expression;
}
