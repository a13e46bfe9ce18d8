import type { Expression, Target } from "./syntax.js";

/** Returns what an expression stands for, if it may be assigned to. */
export function targetOf(expression: Expression): Target | undefined {
  switch (expression.kind) {
    case "group":
      return targetOf(expression.body);
    case "variable":
    case "element":
    case "field":
      return expression;
    default:
      return undefined;
  }
}
