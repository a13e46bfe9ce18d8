import { draw, type Topology } from "@dryharbor/sdk/topology";
import type { Lesson } from "./lesson.js";
import type { StepOutcome } from "./teach.js";

/** What the course is shown on. */
export interface Screen {
  readonly colour: boolean;
  readonly width: number;
}

/** The parts of a stream that say what kind of screen it is. */
interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Finds out what a stream shows: colours on terminals, unless NO_COLOR says otherwise, and their width. */
export function screenOf({ isTTY, columns }: Stream, environment: NodeJS.ProcessEnv): Screen {
  const colour = isTTY === true && !environment.NO_COLOR && environment.TERM !== "dumb";
  return { colour, width: columns ?? (Number(environment.COLUMNS) || 80) };
}

/** The head of a lesson. */
export function headline({ title, about }: Lesson, number: number, screen: Screen): string {
  const line = `${number}. ${title} `;
  const rule = "─".repeat(Math.max(Math.min(screen.width, 80) - line.length, 0));
  return `\n${styled("1;34", line, screen)}${styled("34", rule, screen)}\n${wrapped(about, "", screen)}`;
}

/** A command, what it printed, and what holds. */
export function scene({ step, seen, checks }: StepOutcome, screen: Screen): string {
  const printed = `${seen.stdout}${seen.stderr}`;
  const claims = checks.map(({ claim, held }) => {
    const sign = styled(held ? "32" : "1;31", held ? "✓" : "✗", screen);
    return `${sign} ${wrapped(claim, "  ", screen, held ? "2" : "1;31")}`;
  });
  return `\n${styled("32", "$", screen)} ${styled("1", step.command, screen)}\n${printed}${claims.join("")}`;
}

/** The topology after a step, where it is another one than before. */
export function view(before: Topology, now: Topology, { colour, width }: Screen): string {
  return running(before) === running(now) ? "" : `\n${draw(now, { since: before, colour, width })}`;
}

/** What is to be seen of the containers that run. One that has come and gone again is no news. */
function running({ networks, containers }: Topology): string {
  const there = containers.filter(({ state }) => state !== "created" && state !== "exited");
  return draw({ networks, containers: there });
}

/** The last line: how the checks went. */
export function summary(held: number, failed: number, screen: Screen): string {
  return `\n${styled(failed === 0 ? "1;32" : "1;31", `${held} checks held, ${failed} did not`, screen)}\n`;
}

/** Breaks a text into lines that fit, the later ones with an indent. */
function wrapped(text: string, indent: string, screen: Screen, style = ""): string {
  const room = Math.max(Math.min(screen.width, 100) - indent.length, 20);
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return `${lines.map((line) => styled(style, line, screen)).join(`\n${indent}`)}\n`;
}

function styled(code: string, text: string, { colour }: Screen): string {
  return colour && code !== "" ? `\x1b[${code}m${text}\x1b[0m` : text;
}
