// Images with what they use, and whether containers use them: `docker images --tree`, and since 29 `docker images` alone.
import { platformText } from "@dryharbor/sdk/platform";
import type { ImageSummary } from "@dryharbor/sdk/port";
import { shortId } from "../../format/texts.js";
import { humanSize } from "../../format/units.js";
import type { CommandIo } from "../../io.js";
import { isIn, type Release } from "../../releases.js";
import { byBytes } from "../../templates/json.js";

/** What the columns behind the first one show of an image, or of its part for one platform. */
interface Details {
  readonly id: string;
  readonly diskUsage: number;
  readonly contentSize: number;
  readonly isUsed: boolean;
}

/** An image with its names; since 29, outside of a tree, one name of it. */
interface Row extends Details {
  readonly names: readonly string[];
  readonly platforms: readonly (Details & { readonly platform: string; readonly isHere: boolean })[];
}

interface Column {
  readonly head: string;
  readonly width: number;
  readonly right?: boolean;
  cell(details: Details, paint: Paint, colour: string): string;
}

/** Puts codes of colour around a text, where there are colours. */
type Paint = (codes: string, text: string) => string;

const gap = 3;
/** The least width of the first column. If it would get less, the columns behind go. */
const leastNameWidth = 12;
/** The width up to 28.5 where there is no terminal. */
const widthElsewhere = 80;
const leastWidth = 20;
/** What stands before a platform is counted in bytes. */
const branchWidth = 7;

const plain = "\x1b[39m";
const bold = "\x1b[1m";
const faint = "\x1b[2m";
const end = "\x1b[0m";
const chipCodes = "\x1b[38;5;0m\x1b[48;5;14m";
const nameCodes = `\x1b[34m${bold}`;
const untagged = "<untagged>";

const columns: readonly Column[] = [
  { head: "ID", width: 12, cell: ({ id }, paint, colour) => paint(colour, shortId(id)) },
  {
    head: "DISK USAGE",
    width: 10,
    right: true,
    cell: ({ diskUsage }, paint, colour) => paint(colour, humanSize(diskUsage, 3)),
  },
  // What a store of contents has of an image. Layers in a graph driver have none.
  {
    head: "CONTENT SIZE",
    width: 12,
    right: true,
    cell: ({ contentSize }, paint, colour) => paint(colour, humanSize(contentSize, 3)),
  },
  { head: "EXTRA", width: 5, cell: ({ isUsed }, paint) => (isUsed ? inUse(paint) : "") },
];

/** Where images are shown, and how. */
interface Shown {
  /** Whether the platforms of an image are shown under it. */
  readonly isTree: boolean;
  readonly io: Pick<CommandIo, "isTerminal" | "terminal" | "env">;
  readonly release: Release;
}

/** Writes images with what they use, in the width of the terminal. */
export function imageTree(images: readonly ImageSummary[], shown: Shown): string {
  const { io, release } = shown;
  const isNew = isIn(release, { since: "29" });
  const hasColours = io.isTerminal.stdout && !(isNew && io.env.NO_COLOR);
  const paint: Paint = (codes, text) => (hasColours ? `${codes}${text}${end}` : text);
  const rows = isNew ? rowsByName(images, shown.isTree) : rowsByAge(images);
  const { whole, isLimited } = widthOf(shown);
  const { rest, left } = fitting(whole);
  const nameWidth = Math.min(left, widestName(rows, isNew));

  const head = [
    padded(paintHead("IMAGE"), nameWidth),
    ...rest.map(({ head, width }) => padded(paintHead(head), width)),
  ].join(" ".repeat(gap));
  function paintHead(text: string): string {
    const codes = `${plain}${bold}`;
    return isNew ? paint(codes, text) : `${codes}${text}${end}`;
  }

  let text = "";
  if (!isNew) {
    const warning =
      "WARNING: This is an experimental feature. The output may change and shouldn't be depended on.";
    text += `${paint("\x1b[93m", warning)}\n${legend(whole - 1, hasColours)} \n\n`;
  } else if (isLimited) text += `${legend(whole, hasColours)}\n`;
  text += `${head}\n`;

  const details = (of: Details, colour: string): string =>
    rest
      .map(({ width, right, cell }) => " ".repeat(gap) + padded(cell(of, paint, colour), width, right))
      .join("");
  const isSpaced = rows.some(({ platforms }) => platforms.length > 0);
  for (const row of rows) {
    text += isNew ? namesAlone(row, nameWidth, paint) : namesAbove(row, nameWidth, paint, io.terminal);
    text += `${details(row, plain)}\n`;
    for (const [at, part] of row.platforms.entries()) {
      const colour = part.isHere ? plain : plain + faint;
      const branch = `${at + 1 < row.platforms.length ? "├" : "└"}─ ${part.platform}`;
      const shownBranch = isNew ? branch : cut(branch, nameWidth);
      text += `${padded(paint(colour, shownBranch), nameWidth)}${details(part, colour)}\n`;
    }
    if (isSpaced) text += "\n";
  }
  return text;
}

/** Up to 28.5: the images, the newest first. */
function rowsByAge(images: readonly ImageSummary[]): Row[] {
  return images
    .toSorted((one, other) => other.Created - one.Created)
    .map((image) => ({
      ...rowOf(image, true),
      names: (image.RepoTags ?? []).toSorted((one, other) => other.length - one.length),
    }));
}

/** Since 29: the images of a tree, or each of their names, in the order of names; those without one come last. */
function rowsByName(images: readonly ImageSummary[], isTree: boolean): Row[] {
  const rows = images.flatMap((image): Row[] => {
    const row = rowOf(image, isTree);
    const names = (image.RepoTags ?? []).toSorted(byBytes);
    return isTree || names.length === 0
      ? [{ ...row, names }]
      : names.map((name) => ({ ...row, names: [name] }));
  });
  return rows.sort(({ names: [one] }, { names: [other] }) => {
    if (one === undefined || other === undefined)
      return Number(one === undefined) - Number(other === undefined);
    return byBytes(one, other);
  });
}

function rowOf(
  { Id, Size, Containers, Manifests = [] }: ImageSummary,
  hasPlatforms: boolean,
): Omit<Row, "names"> {
  const platforms = Manifests.flatMap(({ ID, Available, Kind, Size, ImageData }) => {
    if (Kind !== "image" || !ImageData) return [];
    const { os, architecture, variant = "" } = ImageData.Platform;
    return {
      id: ID,
      diskUsage: Size.Total,
      contentSize: Size.Content,
      isUsed: (ImageData.Containers ?? []).length > 0,
      platform: platformText({ os, architecture, variant }),
      isHere: Available,
    };
  });
  return {
    id: Id,
    diskUsage: Size,
    contentSize: Manifests.reduce((sum, { Size }) => sum + Size.Content, 0),
    isUsed: Containers > 0 || platforms.some(({ isUsed }) => isUsed),
    platforms: hasPlatforms ? platforms : [],
  };
}

/** The width that there is, and whether somebody sees its end. Since 29 it has none elsewhere than at a terminal. */
function widthOf({ io: { isTerminal, terminal }, release }: Shown): { whole: number; isLimited: boolean } {
  const there = isTerminal.stdout ? (terminal?.size().columns ?? 0) : 0;
  if (isIn(release, { since: "29" })) {
    const whole = isTerminal.stdout ? Math.max(there, leastWidth) : Number.POSITIVE_INFINITY;
    return { whole, isLimited: there > 0 };
  }
  return { whole: Math.max(there || widthElsewhere, leastWidth), isLimited: true };
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

function widestName(rows: readonly Row[], countsUntagged: boolean): number {
  const names = rows.flatMap(({ names }) => (names.length === 0 && countsUntagged ? [untagged] : names));
  const platforms = rows.flatMap((row) => row.platforms);
  return Math.max(
    "IMAGE".length,
    ...names.map((name) => name.length),
    ...platforms.map(({ platform }) => platform.length + branchWidth),
  );
}

/** Up to 28.5: all names but the last stand on lines of their own, and the last one is cut. */
function namesAbove(
  { names }: Row,
  nameWidth: number,
  paint: Paint,
  terminal: CommandIo["terminal"],
): string {
  const whole = terminal?.size().columns ?? 0;
  const above = names
    .slice(0, -1)
    .map((name) => `${paint(nameCodes, whole > 0 ? cut(name, whole) : name)}\n`);
  const last = names.at(-1);
  const shown =
    last === undefined
      ? paint(plain + faint, cut(untagged, nameWidth))
      : paint(nameCodes, cut(last, nameWidth));
  return above.join("") + padded(shown, nameWidth);
}

/** Since 29: no name is cut; one that is too wide stands on a line of its own. */
function namesAlone({ names }: Row, nameWidth: number, paint: Paint): string {
  if (names.length === 0) return padded(paint(plain + faint, untagged), nameWidth);
  return names
    .map((name, at) => {
      const shown = padded(paint(nameCodes, name), nameWidth);
      const isLast = at === names.length - 1;
      if (name.length <= nameWidth) return isLast ? shown : `${shown}\n`;
      return isLast ? `${shown}\n${" ".repeat(nameWidth)}` : `${shown}\n`;
    })
    .join("");
}

function legend(whole: number, hasColours: boolean): string {
  const text = hasColours
    ? `${bold}\x1b[106m\x1b[30mi${end}${end} \x1b[96mInfo → ${end}${end} ${chipCodes} U ${end} In Use`
    : "Info ->  U In Use";
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
