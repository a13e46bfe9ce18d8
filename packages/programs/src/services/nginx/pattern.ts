import { ConfigurationError } from "./statements.js";

/**
 * Makes the regular expression of a directive. As PCRE, JavaScript's goes back and tries again.
 *
 * @param place where it stands
 * @throws {ConfigurationError} in PCRE's words
 */
export function patternOf(source: string, ignoresCase: boolean, place: string): RegExp {
  const inline = /^\(\?i\)/.test(source);
  try {
    return new RegExp(inline ? source.slice(4) : source, ignoresCase || inline ? "i" : "");
  } catch (error) {
    throw new ConfigurationError(
      `pcre2_compile() failed: ${problemOf(String(error))} in "${source}"${place}`,
    );
  }
}

function problemOf(message: string): string {
  if (/unterminated group/i.test(message)) return "missing closing parenthesis";
  if (/unmatched '\)'/i.test(message)) return "unmatched closing parenthesis";
  if (/character class/i.test(message)) return "missing terminating ] for character class";
  if (/nothing to repeat/i.test(message)) return "quantifier does not follow a repeatable item";
  if (/out of order/i.test(message)) return "numbers out of order in {} quantifier";
  return "syntax error";
}
