import { FileError, type ProcessContext } from "@dryharbor/kernel";
import { applet } from "../applet.js";
import { type ByteText, byteText, fromBytes, toBytes } from "../byte-text.js";
import { wholeFile } from "../input-file.js";
import { BadExpression } from "../regular-expression.js";
import { AwkError, type Place } from "./awk-error.js";
import { specialNames } from "./cells.js";
import { CannotOpen, Interpreter } from "./interpreter.js";
import { assignmentOf, MissingInput } from "./main-input.js";
import { Parser } from "./parser.js";
import type { AwkProgram } from "./syntax.js";
import { unescaped } from "./tokens.js";

const help = `awk [OPTIONS] [AWK_PROGRAM] [FILE]...

	-v VAR=VAL	Set variable
	-F SEP		Use SEP as field separator
	-f/-E FILE	Read program from FILE
	-e AWK_PROGRAM`;

/** `awk [-F SEP] [-v VAR=VAL] PROGRAM [FILE]...`: runs a program for the lines of files. */
export const awk = applet(
  {
    help,
    options: { flags: "", values: "FvfEeW", first: true, onlyLetters: true },
    // Nothing behind `-E FILE` is an option.
    prepare(args) {
      const at = args.indexOf("-E");
      return at < 0 ? args : args.toSpliced(at + 2, 0, "--");
    },
  },
  async (process, { name, usage, given, operands }) => {
    if (given.has("W")) process.stderr(`${name}: warning: option -W is ignored\n`);
    const complain = (message: string, place?: Place): number => {
      const where = place ? `${place.source}:${place.line}: ` : "";
      process.stderr(toBytes(byteText(`${name}: ${where}`).concat(message, "\n")));
      return 1;
    };
    const assignments = (given.get("v") ?? []).map((text) => assignmentOf(byteText(text)));
    const files = [...operands];
    const parser = new Parser(specialNames);
    let program: AwkProgram;
    try {
      const texts = await programTexts(process, given);
      if (texts.length === 0) {
        const text = files.shift();
        if (text === undefined) return usage(process);
        texts.push([byteText(text), "cmd. line"]);
      }
      if (assignments.includes(undefined)) return usage(process);
      for (const [text, source] of texts) parser.parse(text, source);
      ({ program } = parser);
    } catch (error) {
      if (error instanceof AwkError || error instanceof BadExpression) {
        return complain(error.message, error instanceof AwkError ? error.place : undefined);
      }
      if (error instanceof UnreadableProgram) return complain(byteText(error.message));
      throw error;
    }
    const interpreter = new Interpreter(process, program);
    interpreter.arguments = [name, ...files];
    const separator = given.get("F")?.at(-1);
    if (separator !== undefined) {
      interpreter.assignFromOutside({ name: "FS", value: unescaped(byteText(separator)) });
    }
    for (const assignment of assignments) if (assignment) interpreter.assignFromOutside(assignment);
    try {
      return await interpreter.run();
    } catch (error) {
      const isReported =
        error instanceof AwkError ||
        error instanceof BadExpression ||
        error instanceof CannotOpen ||
        error instanceof MissingInput;
      if (!isReported) throw error;
      await interpreter.abandon();
      return complain(
        error.message,
        error instanceof AwkError ? (error.place ?? interpreter.place) : undefined,
      );
    }
  },
);

class UnreadableProgram extends Error {}

/** The texts of the program that options give, each with its name in messages. */
async function programTexts(
  process: ProcessContext,
  given: ReadonlyMap<string, readonly string[]>,
): Promise<[text: ByteText, source: string][]> {
  const texts: [ByteText, string][] = [];
  for (const path of [...(given.get("f") ?? []), ...(given.get("E") ?? [])]) {
    let opens = false;
    try {
      if (path !== "-") process.open(path);
      opens = true;
      texts.push([fromBytes(await wholeFile(process, path)), path]);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const what = opens ? "read error from" : "can't open";
      throw new UnreadableProgram(`${what} '${path}': ${error.message}`);
    }
  }
  for (const text of given.get("e") ?? []) texts.push([byteText(text), "cmd. line"]);
  return texts;
}
