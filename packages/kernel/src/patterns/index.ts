// Patterns in Go's syntax, in POSIX's and of wildcards, matched in linear time. It imports nothing of the kernel.
export { MatchTooCostly } from "./backtracking.js";
export { BadPattern } from "./bad-pattern.js";
export { type CharacterSet, characterClasses, except, only, type Range, within } from "./characters.js";
export { goTree } from "./go-syntax.js";
export { type Match, Matcher } from "./matcher.js";
export { type Assertion, atTextEnd, atTextStart, notAfterWord, notBeforeWord } from "./position.js";
export { literalTree, type PosixOptions, posixTree } from "./posix-syntax.js";
export { PrefixMatcher } from "./prefix-matcher.js";
export { withoutTrailing } from "./trailing.js";
export { assertion, repeated, reversed, sequence, setOf, type Tree } from "./tree.js";
