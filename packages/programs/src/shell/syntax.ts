/** A shell's commands as they were parsed. Lines are counted from the script's first. */
export type Command =
  | SimpleCommand
  | { readonly kind: "pipeline"; readonly negated: boolean; readonly commands: readonly Command[] }
  | { readonly kind: "and" | "or" | "sequence"; readonly left: Command; readonly right: Command }
  | { readonly kind: "background"; readonly body: Command; readonly text: string }
  | { readonly kind: "group" | "subshell"; readonly body: Command; readonly redirections: Redirections }
  | {
      readonly kind: "if";
      readonly condition: Command;
      readonly body: Command;
      readonly otherwise: Command | undefined;
    }
  | {
      readonly kind: "while" | "until";
      readonly condition: Command;
      readonly body: Command;
    }
  | {
      readonly kind: "for";
      readonly variable: string;
      /** `undefined`: the positional parameters. */
      readonly words: readonly Word[] | undefined;
      readonly body: Command;
      readonly line: number;
    }
  | {
      readonly kind: "case";
      readonly subject: Word;
      readonly items: readonly CaseItem[];
      readonly line: number;
    }
  | { readonly kind: "function"; readonly name: string; readonly body: Command };

export interface SimpleCommand {
  readonly kind: "simple";
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirections: Redirections;
  readonly line: number;
}

export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly body: Command | undefined;
}

export type Redirections = readonly Redirection[];

export type Redirection =
  | {
      readonly kind: "open";
      readonly operator: OpenOperator;
      readonly descriptor: number;
      readonly target: Word;
    }
  /** `N>&M`, `N<&M`, `N>&-`. */
  | {
      readonly kind: "duplicate";
      readonly output: boolean;
      readonly descriptor: number;
      readonly target: Word;
      /** Whether the descriptor was spelt: `>&file` without one is a file for both outputs. */
      readonly spelt: boolean;
    }
  | { readonly kind: "here"; readonly descriptor: number; readonly document: { text: Word } };

/** `&>` is standard output and error in one file. */
export type OpenOperator = "<" | ">" | ">>" | "<>" | ">|" | "&>" | "&>>";

/** Pieces that are expanded and put together. */
export type Word = readonly WordPart[];

export type WordPart =
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  | ParameterPart
  | { readonly kind: "command"; readonly body: Command | undefined; readonly quoted: boolean }
  | { readonly kind: "arithmetic"; readonly expression: Word; readonly quoted: boolean };

export interface ParameterPart {
  readonly kind: "parameter";
  readonly name: string;
  readonly quoted: boolean;
  readonly operator: ParameterOperator;
  /** `:` before `-`, `=`, `?` and `+`: empty is as good as unset. */
  readonly colon: boolean;
  readonly word: Word;
  /** What `/` and `//` put in place, and the length of `:`. */
  readonly second: Word | undefined;
}

/** `none` is `$x`, `length` is `${#x}`, `bad` one that cannot be. */
export type ParameterOperator =
  | "none"
  | "length"
  | "bad"
  | "-"
  | "="
  | "?"
  | "+"
  | "#"
  | "##"
  | "%"
  | "%%"
  | "/"
  | "//"
  | ":";
