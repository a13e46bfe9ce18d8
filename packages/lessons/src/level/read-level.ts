// Reads levels that teachers write, and says in words what is wrong and where.

import { UsageError } from "@dryharbor/sdk/port";
import { check } from "./check-fields.js";
import {
  anyObject,
  fields,
  flag,
  type LevelProblem,
  list,
  oneOf,
  optional,
  orElse,
  prose,
  type Read,
  text,
} from "./fields.js";
import { placeholders } from "./fill-in.js";
import {
  type Choice,
  type Level,
  type LevelRelease,
  levelFormat,
  levelReleases,
  type Prediction,
  type Start,
  type Step,
  type Typed,
} from "./level.js";

/** A level that cannot be read. The message lists all problems, one a line. */
export class LevelError extends UsageError {
  constructor(readonly problems: readonly LevelProblem[]) {
    super(problems.map(({ where, what }) => (where === "" ? what : `${where}: ${what}`)).join("\n"));
  }
}

/**
 * Reads a level from the text of a file.
 * @throws {LevelError} it is not JSON, or not a level
 */
export function readLevelText(source: string): Level {
  return readLevel(parsed(source));
}

/**
 * Reads a level from what JSON holds. Fields that are left out get their defaults; a text may stand where a list of
 * texts may, and a command where a list of commands may.
 *
 * @throws {LevelError} with all problems
 *
 * @example
 * readLevel({ format: 1, id: "mine", title: 5 }); // LevelError: title: a title must stand here, not a number …
 */
export function readLevel(value: unknown): Level {
  const problems: LevelProblem[] = [];
  const read = level(value, "", problems);
  if (problems.length === 0) problems.push(...loose(read));
  if (problems.length > 0) throw new LevelError(problems);
  if (read.solution.length > 0) return read;
  return { ...read, solution: walk(read) };
}

/** The commands of all steps, in order: who follows the steps and does the tasks types these. */
export function walk({ steps }: Pick<Level, "steps">): Typed[] {
  return steps.flatMap(({ command, typed, solution }) => [
    ...(command === undefined ? [] : [{ command, ...(typed && { typed }) }]),
    ...solution.map((each) => ({ command: each })),
  ]);
}

const id = text("an id of small letters, digits and hyphens", /^[a-z0-9]+(-[a-z0-9]+)*$/);

const commands: Read<readonly string[]> = (value, where, problems) =>
  typeof value === "string"
    ? [text("a command")(value, where, problems)]
    : list(text("a command"))(value, where, problems);

const typedCommand: Read<Typed> = (value, where, problems) =>
  typeof value === "string"
    ? { command: text("a command")(value, where, problems) }
    : fields<Typed>({ command: text("a command"), typed: optional(list(text("a line"))) })(
        value,
        where,
        problems,
      );

const choice: Read<Choice> = fields<Choice>({
  text: text(),
  right: orElse(flag, false),
  because: optional(text()),
  check: orElse(list(check), []),
});

const prediction: Read<Prediction> = (value, where, problems) => {
  const read = fields<Prediction>({ question: text("a question"), choices: list(choice, { least: 2 }) })(
    value,
    where,
    problems,
  );
  const right = read.choices.filter((each) => each.right).length;
  if (read.choices.length > 1 && right !== 1) {
    problems.push({
      where: `${where}.choices`,
      what: `exactly one choice must have "right": true, and ${right} have`,
    });
  }
  return read;
};

const step: Read<Step> = fields<Step>({
  text: orElse(prose, []),
  predict: optional(prediction),
  command: optional(text("a command")),
  typed: optional(list(text("a line"))),
  look: orElse(prose, []),
  check: orElse(list(check), []),
  solution: orElse(commands, []),
});

const start: Read<Start> = fields<Start>({
  snapshot: optional(anyObject),
  after: optional(id),
  commands: orElse(commands, []),
  ready: orElse(list(check), []),
});

const level: Read<Level> = fields<Level>({
  format: oneOf(levelFormat),
  id,
  title: text("a title"),
  objective: text("an objective"),
  releases: orElse(list<LevelRelease>(oneOf(...levelReleases), { least: 1 }), levelReleases),
  images: orElse(list(text("the name of an image")), []),
  start: orElse(start, { commands: [], ready: [] }),
  steps: list(step, { least: 1 }),
  goal: list(check, { least: 1 }),
  hints: orElse(prose, []),
  solution: orElse(list(typedCommand), []),
  afterword: orElse(prose, []),
  next: optional(id),
});

/** What is wrong with parts that are right by themselves. */
function loose(read: Level): LevelProblem[] {
  const problems: LevelProblem[] = [];
  read.steps.forEach((each, index) => {
    const where = `steps[${index}]`;
    if (each.text.length + each.look.length === 0 && each.command === undefined) {
      problems.push({ where, what: "a step needs a text, a command, or both" });
    }
    if (each.predict && each.command === undefined) {
      problems.push({
        where: `${where}.predict`,
        what: "a prediction needs a command that shows the answer",
      });
    }
    if (each.typed && each.command === undefined) {
      problems.push({ where: `${where}.typed`, what: "lines need a command that waits for them" });
    }
  });
  const { snapshot, after } = read.start;
  if (snapshot && after !== undefined) {
    problems.push({
      where: "start",
      what: "a level begins with a snapshot or after another level, not both",
    });
  }
  if (read.solution.length === 0 && walk(read).length === 0) {
    problems.push({ where: "solution", what: "a level needs commands that solve it, here or in its steps" });
  }
  const texts = [
    read.steps.flatMap(({ text, look, predict }) => [...text, ...look, ...(predict ? saidIn(predict) : [])]),
    read.hints,
    read.afterword,
  ];
  const unknown = [
    ...texts
      .flat()
      .join("\n")
      .matchAll(/\{\{(.*?)\}\}/g),
  ].filter(([, words]) => {
    const [what, ...others] = words!.trim().split(/\s+/);
    return placeholders[what!] !== others.length;
  });
  for (const [found] of unknown) {
    const known = Object.entries(placeholders).map(([what, count]) => `{{${what}${" …".repeat(count)}}}`);
    problems.push({ where: "", what: `${found} cannot be filled in; known are ${known.join(", ")}` });
  }
  return problems;
}

function saidIn({ question, choices }: Prediction): string[] {
  return [question, ...choices.flatMap(({ text, because = "" }) => [text, because])];
}

/** Parses JSON, and says in words where it is none. */
function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    const place = placeOfError(source);
    throw new LevelError([
      {
        where: place,
        what: "this is not JSON: look for a comma, a quotation mark or a bracket that is missing or too many",
      },
    ]);
  }
}

/** The line and column where JSON stops being JSON. Messages of JavaScript engines differ, so it looks itself. */
function placeOfError(source: string): string {
  const token =
    /\s*(?:("(?:[^"\\\n]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([[\]{}:,]))/y;
  const open: { readonly kind: string }[] = [];
  let wants = "value";
  let at = 0;
  while (true) {
    token.lastIndex = at;
    const found = token.exec(source);
    if (!found) break;
    const [, quoted, plain, sign] = found;
    const top = open.at(-1);
    const isValue = quoted !== undefined || plain !== undefined;
    if (isValue && wants.includes("key") && quoted !== undefined) wants = "colon";
    else if (isValue && wants.includes("value")) wants = top ? "comma" : "end";
    else if (sign === ":" && wants === "colon") wants = "value";
    else if (sign === "," && wants === "comma") wants = top!.kind === "{" ? "key" : "value";
    else if ((sign === "{" || sign === "[") && wants.includes("value")) {
      open.push({ kind: sign });
      wants = sign === "{" ? "key or }" : "value or ]";
    } else if (
      top &&
      sign === (top.kind === "{" ? "}" : "]") &&
      (wants === "comma" || wants.endsWith(sign))
    ) {
      open.pop();
      wants = open.length > 0 ? "comma" : "end";
    } else break;
    at = token.lastIndex;
  }
  const begins = at + (/^\s*/.exec(source.slice(at))?.[0].length ?? 0);
  const before = source.slice(0, begins).split("\n");
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`;
}
