// The tree of a template. Each node knows where it begins and how Go prints it, which errors show.

export interface Pipe {
  readonly kind: "pipe";
  readonly at: number;
  readonly line: number;
  readonly isAssign: boolean;
  readonly declared: readonly Variable[];
  readonly commands: readonly CommandNode[];
}

export interface CommandNode {
  readonly kind: "command";
  readonly at: number;
  readonly operands: readonly Operand[];
}

export interface Variable {
  readonly kind: "variable";
  readonly at: number;
  /** Its name with `$`, and then the fields that are asked of it. */
  readonly names: readonly [string, ...string[]];
}

export type Operand =
  | Variable
  | Pipe
  | { readonly kind: "field"; readonly at: number; readonly names: readonly string[] }
  | { readonly kind: "chain"; readonly at: number; readonly of: Operand; readonly names: readonly string[] }
  | { readonly kind: "identifier"; readonly at: number; readonly name: string }
  | { readonly kind: "dot" | "nil"; readonly at: number }
  | { readonly kind: "bool"; readonly at: number; readonly value: boolean }
  | {
      readonly kind: "number";
      readonly at: number;
      readonly text: string;
      readonly value: number;
      readonly isFloat: boolean;
    }
  | { readonly kind: "string"; readonly at: number; readonly quoted: string; readonly value: string };

export type Node =
  | { readonly kind: "text"; readonly at: number; readonly text: string }
  | { readonly kind: "action"; readonly at: number; readonly pipe: Pipe }
  | Branch<"if">
  | Branch<"with">
  | Branch<"range">
  | {
      readonly kind: "template";
      readonly at: number;
      readonly name: string;
      readonly quoted: string;
      readonly pipe: Pipe | undefined;
    }
  | { readonly kind: "break" | "continue"; readonly at: number };

/** An action with a body, and perhaps an `else`. */
export interface Branch<Kind extends string> {
  readonly kind: Kind;
  readonly at: number;
  readonly pipe: Pipe;
  readonly list: readonly Node[];
  readonly otherwise: readonly Node[] | undefined;
}

/** A parsed template with those that it defines. */
export interface Template {
  readonly name: string;
  readonly text: string;
  readonly root: readonly Node[];
  readonly others: ReadonlyMap<string, readonly Node[]>;
}

/** A node as Go prints it. */
export function nodeText(node: Node | Operand | CommandNode): string {
  switch (node.kind) {
    case "text":
      return node.text;
    case "action":
      return `{{${nodeText(node.pipe)}}}`;
    case "pipe": {
      const declared = node.declared.map(nodeText).join(", ");
      const commands = node.commands.map(nodeText).join(" | ");
      return declared === "" ? commands : `${declared} ${node.isAssign ? "=" : ":="} ${commands}`;
    }
    case "command":
      return node.operands
        .map((operand) => (operand.kind === "pipe" ? `(${nodeText(operand)})` : nodeText(operand)))
        .join(" ");
    case "variable":
      return node.names.join(".");
    case "field":
      return node.names.map((name) => `.${name}`).join("");
    case "chain": {
      const inner = nodeText(node.of);
      return `${node.of.kind === "pipe" ? `(${inner})` : inner}${node.names.map((name) => `.${name}`).join("")}`;
    }
    case "identifier":
      return node.name;
    case "dot":
      return ".";
    case "nil":
      return "nil";
    case "bool":
      return String(node.value);
    case "number":
      return node.text;
    case "string":
      return node.quoted;
    case "break":
    case "continue":
      return `{{${node.kind}}}`;
    case "template":
      return `{{template ${node.quoted}${node.pipe ? ` ${nodeText(node.pipe)}` : ""}}}`;
    default: {
      const otherwise = node.otherwise ? `{{else}}${node.otherwise.map(nodeText).join("")}` : "";
      return `{{${node.kind} ${nodeText(node.pipe)}}}${node.list.map(nodeText).join("")}${otherwise}{{end}}`;
    }
  }
}
