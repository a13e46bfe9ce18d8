// The syntax tree of a script. parser.ts builds it, shell.ts runs it, expansion.ts expands its words.

/** A parsed command. Line numbers count from the first line of the script. */
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
      /** The words behind `in`. `undefined` stands for the positional parameters. */
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

/** A simple command: assignments, the words of the command line, and redirections. */
export interface SimpleCommand {
  readonly kind: "simple";
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirections: Redirections;
  readonly line: number;
}

/** An assignment before a command: `NAME=VALUE`. */
export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

/** A branch of `case`: its patterns and its commands. */
export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly body: Command | undefined;
}

/** The redirections of a command, in order. */
export type Redirections = readonly Redirection[];

/** A redirection: it opens a file, duplicates a descriptor, or reads a here-document. */
export type Redirection =
  | {
      readonly kind: "open";
      readonly operator: OpenOperator;
      readonly descriptor: number;
      readonly target: Word;
    }
  /** A duplicated or closed descriptor: `N>&M`, `N<&M` or `N>&-`. */
  | {
      readonly kind: "duplicate";
      readonly output: boolean;
      readonly descriptor: number;
      readonly target: Word;
      /** Whether the script names the descriptor. Without one, `>&file` sends both outputs to a file. */
      readonly spelt: boolean;
    }
  | { readonly kind: "here"; readonly descriptor: number; readonly document: { text: Word } };

/** A redirection operator that opens a file. `&>` and `&>>` redirect standard output and error. */
export type OpenOperator = "<" | ">" | ">>" | "<>" | ">|" | "&>" | "&>>";

/** A word: its parts are expanded and joined. */
export type Word = readonly WordPart[];

/** A part of a word: text, or an expansion of a parameter, a command or an expression. */
export type WordPart =
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  | ParameterPart
  | { readonly kind: "command"; readonly body: Command | undefined; readonly quoted: boolean }
  | { readonly kind: "arithmetic"; readonly expression: Word; readonly quoted: boolean };

/** A parameter expansion, for example `${name:-word}`. */
export interface ParameterPart {
  readonly kind: "parameter";
  readonly name: string;
  readonly quoted: boolean;
  readonly operator: ParameterOperator;
  /** Whether `:` stands before `-`, `=`, `?` or `+`. An empty value then counts as unset. */
  readonly colon: boolean;
  readonly word: Word;
  /** The second word: the replacement of `/` and `//`, or the length of `:`. */
  readonly second: Word | undefined;
}

/**
 * The operator of a parameter expansion. `none` is `$x`, `length` is `${#x}`, `bad` is an invalid expansion.
 */
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
