/** A pattern that is none. Its message is the reason, in the words of glibc where the pattern is in a syntax of POSIX. */
export class BadPattern extends Error {}

/** How deep parentheses may be nested, for the sake of the stack. */
export const deepestParentheses = 500;
