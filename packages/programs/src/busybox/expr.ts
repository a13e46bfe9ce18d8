import { applet } from "./applet.js";
import { byteText, toBytes } from "./byte-text.js";
import { BadExpression, regularExpression } from "./regular-expression.js";

const help = `expr EXPRESSION

Print the value of EXPRESSION

EXPRESSION may be:
	ARG1 | ARG2	ARG1 if it is neither null nor 0, otherwise ARG2
	ARG1 & ARG2	ARG1 if neither argument is null or 0, otherwise 0
	ARG1 < ARG2	1 if ARG1 is less than ARG2, else 0. Similarly:
	ARG1 <= ARG2
	ARG1 = ARG2
	ARG1 != ARG2
	ARG1 >= ARG2
	ARG1 > ARG2
	ARG1 + ARG2	Sum of ARG1 and ARG2. Similarly:
	ARG1 - ARG2
	ARG1 * ARG2
	ARG1 / ARG2
	ARG1 % ARG2
	STRING : REGEXP		Anchored pattern match of REGEXP in STRING
	match STRING REGEXP	Same as STRING : REGEXP
	substr STRING POS LEN	Substring of STRING, POS counts from 1
	index STRING CHARS	Index in STRING where any CHARS is found, or 0
	length STRING		Length of STRING
	quote TOKEN		Interpret TOKEN as a string, even if
				it is a keyword like 'match' or an
				operator like '/'
	(EXPRESSION)		Value of EXPRESSION

Beware that many operators need to be escaped or quoted for shells.
Comparisons are arithmetic if both ARGs are numbers, else
lexicographical. Pattern matches return the string matched between
\\( and \\) or null; if \\( and \\) are not used, they return the number
of characters matched or 0.`;

/** The error of an invalid expression. The message is BusyBox's. */
class ExpressionProblem extends Error {}

/** `expr EXPRESSION`: prints the value of an expression. The exit code is 1 when the value is empty or 0. */
export const expr = applet({ help }, async (process, { name, operands }) => {
  const words = operands[0] === "--" ? operands.slice(1) : operands;
  if (words.length === 0) {
    process.stderr(`${name}: too few arguments\n`);
    return 2;
  }
  try {
    const value = new Expression(words).whole();
    process.stdout(`${value}\n`);
    return value === "" || value === "0" ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ExpressionProblem || error instanceof BadExpression)) throw error;
    process.stderr(`${name}: ${error.message}\n`);
    return 2;
  }
});

class Expression {
  #at = 0;

  constructor(readonly words: readonly string[]) {}

  whole(): string {
    const value = this.#or();
    if (this.#at < this.words.length) throw new ExpressionProblem("syntax error");
    return value;
  }

  #or(): string {
    let left = this.#and();
    while (this.#take("|")) {
      const right = this.#and();
      if (isNothing(left)) left = isNothing(right) ? "0" : right;
    }
    return left;
  }

  #and(): string {
    let left = this.#comparison();
    while (this.#take("&")) {
      const right = this.#comparison();
      if (isNothing(left) || isNothing(right)) left = "0";
    }
    return left;
  }

  #comparison(): string {
    let left = this.#sum();
    for (;;) {
      const operator = ["<=", "<", "==", "=", "!=", ">=", ">"].find((each) => this.#take(each));
      if (operator === undefined) return left;
      const right = this.#sum();
      const numeric = isInteger(left) && isInteger(right);
      const relation = numeric
        ? sign(BigInt(left) - BigInt(right))
        : left < right
          ? -1
          : left > right
            ? 1
            : 0;
      left = String(Number((comparisons[operator] as (relation: number) => boolean)(relation)));
    }
  }

  #sum(): string {
    let left = this.#product();
    for (;;) {
      const operator = ["+", "-"].find((each) => this.#take(each));
      if (operator === undefined) return left;
      const right = number(this.#product());
      left = String(BigInt.asIntN(64, operator === "+" ? number(left) + right : number(left) - right));
    }
  }

  #product(): string {
    let left = this.#match();
    for (;;) {
      const operator = ["*", "/", "%"].find((each) => this.#take(each));
      if (operator === undefined) return left;
      const right = number(this.#match());
      if (operator !== "*" && right === 0n) throw new ExpressionProblem("division by zero");
      const value = number(left);
      left = String(
        BigInt.asIntN(
          64,
          operator === "*" ? value * right : operator === "/" ? value / right : value % right,
        ),
      );
    }
  }

  #match(): string {
    let left = this.#primary();
    while (this.#take(":")) left = matched(left, this.#primary());
    return left;
  }

  #primary(): string {
    const word = this.words[this.#at];
    if (word === undefined) throw new ExpressionProblem("syntax error");
    this.#at++;
    if (word === "(") {
      const value = this.#or();
      if (!this.#take(")")) throw new ExpressionProblem("syntax error");
      return value;
    }
    if (word === ")") throw new ExpressionProblem("syntax error");
    const more = this.#at < this.words.length;
    if (word === "quote" && more) return this.words[this.#at++] as string;
    if (word === "length" && more) return String(byteText(this.#primary()).length);
    if (word === "match" && more) return matched(this.#primary(), this.#primary());
    if (word === "index" && more) {
      const text = this.#primary();
      const letters = this.#primary();
      return String([...text].findIndex((letter) => letters.includes(letter)) + 1);
    }
    if (word === "substr" && more) {
      const text = this.#primary();
      const from = Number(this.#primary());
      const length = Number(this.#primary());
      return from < 1 || length < 1 ? "" : text.slice(from - 1, from - 1 + length);
    }
    return word;
  }

  #take(text: string): boolean {
    if (this.words[this.#at] !== text) return false;
    this.#at++;
    return true;
  }
}

const comparisons: Readonly<Record<string, (relation: number) => boolean>> = {
  "<": (relation) => relation < 0,
  "<=": (relation) => relation <= 0,
  "=": (relation) => relation === 0,
  "==": (relation) => relation === 0,
  "!=": (relation) => relation !== 0,
  ">=": (relation) => relation >= 0,
  ">": (relation) => relation > 0,
};

function sign(value: bigint): number {
  return value < 0n ? -1 : value > 0n ? 1 : 0;
}

function isInteger(text: string): boolean {
  return /^-?\d+$/.test(text);
}

function isNothing(text: string): boolean {
  return text === "" || (isInteger(text) && BigInt(text) === 0n);
}

function number(text: string): bigint {
  if (!isInteger(text)) throw new ExpressionProblem("non-numeric argument");
  return BigInt(text);
}

/**
 * Matches a pattern at the beginning of a text. Returns the first group, or the length of the match without
 * one.
 */
function matched(text: string, pattern: string): string {
  const expression = regularExpression(byteText(pattern));
  const match = expression.find(byteText(text));
  if (match?.index !== 0) return expression.groups > 0 ? "" : "0";
  const [whole, group] = match.groups;
  return group === undefined ? String(whole.length) : new TextDecoder().decode(toBytes(group));
}
