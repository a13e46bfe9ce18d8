// The words that the prompt knows besides commands: those of every lesson, and those that only a page has.
import { type LessonWord, lessonWord, lessonWords } from "@dryharbor/lessons";
import type { ExportFormat } from "../protocol.js";

export type PromptWord =
  | LessonWord
  | { readonly word: "save session" | "load session" | "import" | "build level" | "previous" }
  | { readonly word: "export"; readonly format: ExportFormat | undefined };

const formats: readonly ExportFormat[] = ["compose", "mermaid", "svg", "docker"];

/** The words with what they do, for `help`. */
export const promptWords: readonly (readonly [usage: string, does: string])[] = [
  ...lessonWords.filter(([usage]) => !usage.startsWith("save") && usage !== "help"),
  ["previous", "goes to the level before"],
  ["save, load", "keeps the session in a file of your machine, and goes on with it"],
  ["export compose|docker|mermaid|svg", "writes the networks down in another form"],
  ["import", "makes what a compose file or `docker inspect` tells of"],
  ["build level", "makes a level of what there is now"],
  ["help", "shows this list"],
];

/**
 * Reads a line as a word of the prompt; `undefined` for a line that goes to the shell.
 *
 * @example promptWord("export mermaid"); // { word: "export", format: "mermaid" }
 */
export function promptWord(line: string): PromptWord | undefined {
  const words = line.trim().split(/\s+/).join(" ");
  if (words === "save" || words === "load") return { word: `${words} session` };
  if (words === "import" || words === "build level" || words === "previous") return { word: words };
  if (words === "export dryharbor") return { word: "save session" };
  const format = formats.find((each) => words === `export ${each}`);
  if (format) return { word: "export", format };
  const known = lessonWord(line);
  // Files named here are the host's, and a session is kept in a file of the learner's machine.
  if (known && (known.word === "save" || known.word === "load")) return { word: `${known.word} session` };
  return known;
}
