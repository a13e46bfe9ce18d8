// The entry `@dryharbor/kernel/patterns`: regular expressions in Go's and in POSIX's syntax, matched in
// linear time. The shell's wildcards use the same tree and matcher. The folder imports nothing else of the
// kernel. Read it in this order: tree.ts, a syntax (go-syntax.ts, posix-syntax.ts), program.ts, matcher.ts.
export { MatchTooCostly } from "./backtracking.js";
export { BadPattern } from "./bad-pattern.js";
export { type CharacterSet, characterClasses, except, only, type Range, within } from "./characters.js";
export { goTree } from "./go-syntax.js";
export { type Match, Matcher } from "./matcher.js";
export { type Assertion, atTextEnd, atTextStart, notAfterWord, notBeforeWord } from "./position.js";
export { literalTree, type PosixOptions, posixTree } from "./posix-syntax.js";
export { PrefixMatcher } from "./prefix-matcher.js";
export { withoutTrailing } from "./trailing.js";
export { assertion, choice, repeated, reversed, sequence, setOf, type Tree } from "./tree.js";
