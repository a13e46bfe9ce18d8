import type { CharacterSet } from "./characters.js";
import type { Assertion } from "./position.js";

/** A pattern as a tree, whatever syntax it was written in. */
export type Tree =
  /** One character of a set. */
  | { readonly kind: "set"; readonly set: CharacterSet }
  /** All parts, one after another. */
  | { readonly kind: "sequence"; readonly parts: readonly Tree[] }
  /** One of the branches; an earlier one is preferred. */
  | { readonly kind: "choice"; readonly branches: readonly Tree[] }
  /** As often as possible, from `least` to `most` times. */
  | { readonly kind: "repeat"; readonly body: Tree; readonly least: number; readonly most: number }
  /** A part whose text is told by its number, from 1 on. */
  | { readonly kind: "group"; readonly body: Tree; readonly number: number }
  /** Nothing, where the assertion holds. */
  | { readonly kind: "assertion"; readonly holds: Assertion }
  /** What the group matched before. */
  | { readonly kind: "reference"; readonly number: number; readonly ignoresCase: boolean };

export function setOf(set: CharacterSet): Tree {
  return { kind: "set", set };
}

export function sequence(parts: readonly Tree[]): Tree {
  return parts.length === 1 ? (parts[0] as Tree) : { kind: "sequence", parts };
}

export function choice(branches: readonly Tree[]): Tree {
  return branches.length === 1 ? (branches[0] as Tree) : { kind: "choice", branches };
}

export function assertion(holds: Assertion): Tree {
  return { kind: "assertion", holds };
}

/**
 * A repetition. Of a repetition without counts it makes one repetition (`a+*` is `a*`), so that a long row of
 * operators is no deep tree.
 */
export function repeated(body: Tree, least: number, most: number): Tree {
  if (body.kind === "repeat" && isPlain(body.least, body.most) && isPlain(least, most)) {
    return { ...body, least: Math.min(least, body.least), most: Math.max(most, body.most) };
  }
  return { kind: "repeat", body, least, most };
}

/** `*`, `+` or `?`. */
function isPlain(least: number, most: number): boolean {
  return least <= 1 && (most === 1 || most === Number.POSITIVE_INFINITY);
}

/** The pattern that matches what `tree` matches, read from the end. For trees without assertions and references. */
export function reversed(tree: Tree): Tree {
  switch (tree.kind) {
    case "sequence":
      return sequence(tree.parts.map(reversed).reverse());
    case "choice":
      return choice(tree.branches.map(reversed));
    case "repeat":
    case "group":
      return { ...tree, body: reversed(tree.body) };
    default:
      return tree;
  }
}
