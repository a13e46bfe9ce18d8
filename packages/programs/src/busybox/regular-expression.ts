import { BadPattern, Matcher, type PosixOptions, posixTree } from "@dryharbor/kernel/patterns";
import type { ByteText } from "./byte-text.js";

/** The error of an invalid pattern. The message is BusyBox's, with glibc's reason. */
export class BadExpression extends Error {}

/** Compiles a POSIX regular expression with GNU's additions. @throws {BadExpression} */
export function regularExpression(pattern: ByteText, options: PosixOptions = {}): Matcher {
  try {
    return new Matcher(posixTree(pattern, options));
  } catch (error) {
    if (error instanceof BadPattern) throw new BadExpression(`bad regex '${pattern}': ${error.message}`);
    throw error;
  }
}
