// Help: the layout is docker's, the texts on flags are our own (flag-words.ts).
import { isIn, type Release, textIn } from "../releases.js";
import type { Command, Heading } from "./command.js";
import { flagWords } from "./flag-words.js";
import { type Flags, isShown } from "./flags.js";
import { commandAt, type Path, pathText, usageLine } from "./path.js";

/** Names of commands are padded to this width, or to the longest one of their group. */
const leastNameWidth = 11;
/** Lines of help are not longer than this, as on a terminal. */
const lineWidth = 80;

/** What `--help` prints. */
export function helpOf(path: Path, release: Release): string {
  const command = commandAt(path);
  const isRoot = path.length === 1;
  const commands = (command.commands ?? []).filter((child) => isIn(release, child) && !child.hidden);
  const options = shownFlags(command.flags, release);
  const parts = [
    `Usage:  ${commands.length > 0 ? `${pathText(path)}${options ? " [OPTIONS]" : ""} COMMAND` : usageLine(path, release)}`,
    textIn(release, command.short),
  ];
  if (command.aliases?.length && !isRoot) {
    const parent = pathText(path.slice(0, -1) as unknown as Path);
    const names = [command.name, ...command.aliases];
    const shown = release.commonCommands ? names.map((name) => `${parent} ${name}`) : names;
    parts.push(`Aliases:\n  ${shown.join(", ")}`);
  }
  const optionsLast = isRoot && release.commonCommands;
  const optionsPart = options && `${optionsLast ? "Global Options" : "Options"}:\n${options}`;
  if (optionsPart && !optionsLast) parts.push(optionsPart);
  for (const [heading, members] of headings(commands, release, isRoot))
    parts.push(listOf(heading, members, commands, release));
  if (optionsPart && optionsLast) parts.push(optionsPart);
  if (commands.length > 0) {
    parts.push(`Run '${pathText(path)} COMMAND --help' for more information on a command.`);
    if (isRoot) parts.push(release.guides);
  }
  const text = `${parts.join("\n\n")}\n`;
  return release.mistakes === "run" ? text : `\n${text}`;
}

function headings(commands: readonly Command[], release: Release, isRoot: boolean): [string, Command[]][] {
  const order: Heading[] = ["Common Commands", "Management Commands", "Swarm Commands"];
  const headingOf = ({ heading }: Command): string => {
    if (!isRoot || heading === undefined) return "Commands";
    return release.commonCommands
      ? heading
      : heading === "Common Commands"
        ? "Commands"
        : "Management Commands";
  };
  return [...order, "Commands"].flatMap((heading): [string, Command[]][] => {
    const members = commands.filter((command) => headingOf(command) === heading);
    const sorted =
      heading === "Common Commands" ? members : members.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return members.length > 0 ? [[heading, sorted]] : [];
  });
}

function listOf(
  heading: string,
  members: readonly Command[],
  all: readonly Command[],
  release: Release,
): string {
  const width = Math.max(leastNameWidth, ...all.map(({ name }) => name.length)) + 1;
  return [
    `${heading}:`,
    ...members.map(({ name, short }) => `  ${name.padEnd(width)}${textIn(release, short)}`),
  ].join("\n");
}

/** The lines of the flags, sorted by name, with their texts beside them. */
function shownFlags(flags: Flags, release: Release): string {
  const shown = Object.entries(flags)
    .filter(([, flag]) => isShown(flag, release))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { kind, short }]) => ({
      left: `  ${short === undefined ? "    " : `-${short}, `}--${name}${kind && ` ${kind}`}`,
      words: flagWords[name] ?? "",
    }));
  const width = Math.max(...shown.map(({ left }) => left.length)) + 3;
  return shown
    .map(({ left, words }) => {
      const lines = wrapped(words, Math.max(24, lineWidth - width));
      return `${left.padEnd(width)}${lines.join(`\n${" ".repeat(width)}`)}`.trimEnd();
    })
    .join("\n");
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
