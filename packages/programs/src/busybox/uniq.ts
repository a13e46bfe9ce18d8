import { type AppletCall, applet } from "./applet.js";
import { type ByteText, toBytes } from "./byte-text.js";
import { eachFile } from "./input-file.js";
import { linesOf } from "./lines.js";

const help = `uniq [-cduiz] [-f,s,w N] [FILE [OUTFILE]]

Discard duplicate lines

	-c	Prefix lines by the number of occurrences
	-d	Only print duplicate lines
	-u	Only print unique lines
	-i	Ignore case
	-z	NUL terminated output
	-f N	Skip first N fields
	-s N	Skip first N chars (after any skipped fields)
	-w N	Compare N characters in line`;

/** `uniq [-cduiz] [-f N] [-s N] [-w N] [FILE]`: prints one line of each run of equal lines. */
export const uniq = applet(
  { help, options: { flags: "cduiz", values: "fsw" } },
  async (process, { name, given, operands }) => {
    const end = given.has("z") ? "\0" : "\n";
    let run: { readonly text: ByteText; readonly key: ByteText; count: number } | undefined;
    const show = (): void => {
      if (!run || (given.has("d") && run.count === 1) || (given.has("u") && run.count > 1)) return;
      const head = given.has("c") ? `${String(run.count).padStart(7)} ` : "";
      process.stdout(toBytes(`${head}${run.text}${end}`));
    };
    const all = await eachFile(
      process,
      operands.slice(0, 1),
      async (chunks) => {
        for await (const { text } of linesOf(chunks, end)) {
          const key = keyOf(text, given);
          if (run?.key === key) run.count++;
          else {
            show();
            run = { text, key, count: 1 };
          }
        }
      },
      (path, problem) => process.stderr(`${name}: can't open '${path}': ${problem}\n`),
    );
    show();
    return all ? 0 : 1;
  },
);

function keyOf(line: ByteText, given: AppletCall["given"]): ByteText {
  const number = (letter: string): number | undefined => {
    const text = given.get(letter)?.at(-1);
    return text === undefined ? undefined : Number(text);
  };
  const fields = number("f") ?? 0;
  const rest = line.replace(new RegExp(`^(?:\\s*\\S+){0,${fields}}`), "");
  const key = rest.slice(number("s") ?? 0).slice(0, number("w"));
  return given.has("i") ? key.toLowerCase() : key;
}
