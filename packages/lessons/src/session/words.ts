// The words of a lesson that are typed at the prompt beside docker commands.

/** A word of the lesson. Everything else that is typed goes to the shell. */
export type LessonWord =
  | {
      readonly word:
        | "undo"
        | "redo"
        | "reset"
        | "hint"
        | "objective"
        | "levels"
        | "next"
        | "step"
        | "show goal"
        | "show solution"
        | "share"
        | "help";
    }
  | { readonly word: "level"; readonly level: string }
  | { readonly word: "save" | "load"; readonly file: string }
  | { readonly word: "answer"; readonly choice: number };

/** The words, with what they do. */
export const lessonWords: readonly (readonly [usage: string, does: string])[] = [
  ["step", "shows the open step again"],
  ["1, 2, 3 …", "answers a question"],
  ["hint", "gives a hint, and a plainer one the next time"],
  ["undo", "takes the last command back"],
  ["redo", "brings it back"],
  ["reset", "begins the level anew"],
  ["objective", "shows what to achieve"],
  ["show goal", "shows what is still missing"],
  ["show solution", "shows commands that solve the level"],
  ["levels", "lists all levels, and which you have solved"],
  ["level NAME", "goes to a level, by its name or number"],
  ["next", "goes to the next level"],
  ["share", "prints the session as a text that others can load"],
  ["save FILE, load FILE", "keeps the session in a file, and goes on with it"],
  ["help", "shows this list"],
];

const simple = [
  "undo",
  "redo",
  "reset",
  "hint",
  "objective",
  "levels",
  "next",
  "step",
  "share",
  "help",
] as const;

/**
 * Reads a line as a word of the lesson; `undefined` for a line that goes to the shell.
 *
 * @example lessonWord("show goal"); // { word: "show goal" }
 */
export function lessonWord(line: string): LessonWord | undefined {
  const [first = "", second, ...rest] = line.trim().split(/\s+/);
  if (rest.length > 0) return undefined;
  if (second === undefined) {
    if (/^[1-9]$/.test(first)) return { word: "answer", choice: Number(first) - 1 };
    if (first === "goal" || first === "solution") return { word: `show ${first}` };
    const word = simple.find((each) => each === first);
    return word && { word };
  }
  if (first === "show" && (second === "goal" || second === "solution")) return { word: `show ${second}` };
  if (first === "level") return { word: "level", level: second };
  if (first === "save" || first === "load") return { word: first, file: second };
  return undefined;
}
