/**
 * The error of an invalid pattern. The message is the reason; for POSIX's syntaxes it is the text of glibc, for
 * Go's that of its package regexp.
 */
export class BadPattern extends Error {}

/** The deepest nesting of parentheses. It keeps the parsers from overflowing the stack. */
export const deepestParentheses = 500;
