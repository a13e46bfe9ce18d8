// `docker images --tree`: images with their names, what they use, and whether containers use them.
import type { ImageSummary } from "@dryharbor/sdk/port";
import { shortId } from "../../format/texts.js";
import { humanSize } from "../../format/units.js";
import type { CommandIo } from "../../io.js";

interface Column {
  readonly head: string;
  readonly width: number;
  readonly right?: boolean;
  cell(image: ImageSummary, paint: Paint): string;
}

/** Puts codes of colour around a text, where standard output is a terminal. */
type Paint = (codes: string, text: string) => string;

const gap = 3;
/** The least width of the first column. If it would get less, the columns behind go. */
const leastNameWidth = 12;
const widthElsewhere = 80;
const leastWidth = 20;

const plain = "\x1b[39m";
const bold = "\x1b[1m";
const end = "\x1b[0m";
const chipCodes = "\x1b[38;5;0m\x1b[48;5;14m";

const columns: readonly Column[] = [
  { head: "ID", width: 12, cell: ({ Id }, paint) => paint(plain, shortId(Id)) },
  {
    head: "DISK USAGE",
    width: 10,
    right: true,
    cell: ({ Size }, paint) => paint(plain, humanSize(Size, 3)),
  },
  // What a store of contents has of an image. Layers in a graph driver have none.
  { head: "CONTENT SIZE", width: 12, right: true, cell: (_, paint) => paint(plain, humanSize(0, 3)) },
  { head: "EXTRA", width: 5, cell: ({ Containers }, paint) => (Containers > 0 ? inUse(paint) : "") },
];

/** Writes images as a tree, in the width of the terminal. @param all whether images without names are shown, too */
export function imageTree(
  images: readonly ImageSummary[],
  { all, io: { isTerminal, terminal } }: { readonly all: boolean; readonly io: CommandIo },
): string {
  const paint: Paint = (codes, text) => (isTerminal.stdout ? `${codes}${text}${end}` : text);
  const columnsOfTerminal = isTerminal.stdout ? (terminal?.size().columns ?? 0) : 0;
  const whole = Math.max(columnsOfTerminal || widthElsewhere, leastWidth);
  const shown = images
    .filter(({ RepoTags }) => all || (RepoTags ?? []).length > 0)
    .toSorted((one, other) => other.Created - one.Created);

  const first = shown.flatMap(({ RepoTags }) => RepoTags ?? []);
  const { rest, left } = fitting(whole);
  const nameWidth = Math.min(left, Math.max(5, ...first.map((name) => [...name].length)));

  const lines = [
    paint(
      "\x1b[93m",
      "WARNING: This is an experimental feature. The output may change and shouldn't be depended on.",
    ),
    legend(whole, isTerminal.stdout),
    "",
    [
      padded(`${plain}${bold}IMAGE${end}`, nameWidth),
      ...rest.map(({ head, width }) => padded(`${plain}${bold}${head}${end}`, width)),
    ].join(" ".repeat(gap)),
  ];
  for (const image of shown) {
    const names = image.RepoTags ?? [];
    for (const name of names.slice(0, -1)) {
      lines.push(paint(`\x1b[34m${bold}`, columnsOfTerminal > 0 ? cut(name, columnsOfTerminal) : name));
    }
    const name =
      names.length > 0
        ? paint(`\x1b[34m${bold}`, cut(names.at(-1)!, nameWidth))
        : paint(`${plain}\x1b[2m`, cut("<untagged>", nameWidth));
    lines.push(
      [
        padded(name, nameWidth),
        ...rest.map(({ width, right, cell }) => padded(cell(image, paint), width, right)),
      ].join(" ".repeat(gap)),
    );
  }
  return lines.map((line) => `${line}\n`).join("");
}

/** The columns behind the first one for which there is room, and how wide the first one may be. */
function fitting(whole: number): { readonly rest: readonly Column[]; readonly left: number } {
  let left = whole;
  for (const [at, { width }] of columns.entries()) {
    if (left - width - gap < leastNameWidth) return { rest: columns.slice(0, at), left };
    left -= width + gap;
  }
  return { rest: columns, left };
}

function legend(whole: number, isTerminal: boolean): string {
  const text = isTerminal
    ? `${bold}\x1b[106m\x1b[30mi${end}${end} \x1b[96mInfo → ${end}${end} ${chipCodes} U ${end} In Use `
    : "Info ->  U In Use ";
  return `${" ".repeat(Math.max(0, whole - lengthOf(text)))}${text}`;
}

function inUse(paint: Paint): string {
  const chip = paint(chipCodes, " U ");
  return chip === " U " ? "U" : chip;
}

function padded(text: string, width: number, right = false): string {
  const padding = " ".repeat(Math.max(0, width - lengthOf(text)));
  return right ? `${padding}${text}` : `${text}${padding}`;
}

function cut(text: string, width: number): string {
  const characters = [...text];
  return characters.length > width ? `${characters.slice(0, width - 1).join("")}…` : text;
}

/** How many characters a terminal shows of a text. */
function lengthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colours begin with one
  return [...text.replace(/\x1b\[[\d;]*m/g, "")].length;
}
