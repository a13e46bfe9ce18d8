import { BadPattern, Matcher, type PosixOptions, posixTree } from "@dryharbor/kernel/patterns";
import type { ByteText } from "./byte-text.js";

/** A pattern that is none. Its message is what BusyBox says of it, with glibc's reason. */
export class BadExpression extends Error {}

/** POSIX's regular expressions, with GNU's additions. @throws {BadExpression} */
export function regularExpression(pattern: ByteText, options: PosixOptions = {}): Matcher {
  try {
    return new Matcher(posixTree(pattern, options));
  } catch (error) {
    if (error instanceof BadPattern) throw new BadExpression(`bad regex '${pattern}': ${error.message}`);
    throw error;
  }
}
