// The syntax tree of a pattern, whatever syntax it was written in. The parsers build it, and program.ts
// compiles it.
import type { CharacterSet } from "./characters.js";
import type { Assertion } from "./position.js";

/** A pattern, or a part of one, as a syntax tree. */
export type Tree =
  /** One character of a set. */
  | { readonly kind: "set"; readonly set: CharacterSet }
  /** All parts in a row. */
  | { readonly kind: "sequence"; readonly parts: readonly Tree[] }
  /** One of the branches. Earlier branches are preferred. */
  | { readonly kind: "choice"; readonly branches: readonly Tree[] }
  /** The body from `least` to `most` times. More repetitions are preferred. */
  | { readonly kind: "repeat"; readonly body: Tree; readonly least: number; readonly most: number }
  /** A group, whose text is found by its number. The first group has the number 1. */
  | { readonly kind: "group"; readonly body: Tree; readonly number: number }
  /** An assertion: it matches no characters, at a position where it holds. */
  | { readonly kind: "assertion"; readonly holds: Assertion }
  /** A back reference: the text that the group with this number has matched. */
  | { readonly kind: "reference"; readonly number: number; readonly ignoresCase: boolean };

/** Makes the tree for one character of a set. */
export function setOf(set: CharacterSet): Tree {
  return { kind: "set", set };
}

/** Makes the tree for parts in a row. */
export function sequence(parts: readonly Tree[]): Tree {
  return parts.length === 1 ? (parts[0] as Tree) : { kind: "sequence", parts };
}

/** Makes the tree for one of several branches. */
export function choice(branches: readonly Tree[]): Tree {
  return branches.length === 1 ? (branches[0] as Tree) : { kind: "choice", branches };
}

/** Makes the tree for an assertion. */
export function assertion(holds: Assertion): Tree {
  return { kind: "assertion", holds };
}

/**
 * Makes the tree for a repetition. Nested repetitions without counts are merged (`a+*` becomes `a*`), so that
 * a long row of operators does not make a deep tree.
 */
export function repeated(body: Tree, least: number, most: number): Tree {
  if (body.kind === "repeat" && isPlain(body.least, body.most) && isPlain(least, most)) {
    return { ...body, least: Math.min(least, body.least), most: Math.max(most, body.most) };
  }
  return { kind: "repeat", body, least, most };
}

/** Returns whether counts are those of `*`, `+` or `?`. */
function isPlain(least: number, most: number): boolean {
  return least <= 1 && (most === 1 || most === Number.POSITIVE_INFINITY);
}

/** Reverses a pattern: it matches the reversed texts. The tree must have no assertions and no references. */
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
