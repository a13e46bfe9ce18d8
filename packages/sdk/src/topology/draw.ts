// The drawing of a topology for a terminal. Networks are lanes that run down; containers are rows, with a berth on
// each lane that they are on. Lanes that do not fit beside each other come below.
import type { Berth, Door, Lane, Mark, Picture, Row } from "./picture.js";
import { pictureOf, signs } from "./picture.js";
import { columns, fitted } from "./text.js";
import type { Topology } from "./topology.js";

/** How {@link draw} draws. */
export interface DrawOptions {
  /** Whether to use colours, by the escape sequences of terminals. Default: false. */
  readonly colour?: boolean;
  /** Columns of the terminal. Default: 80. */
  readonly width?: number;
  /** An earlier topology: what has changed since is marked `+` (new), `~` (changed) or `-` (gone). */
  readonly since?: Topology;
}

/**
 * Draws a topology with the characters of a terminal: networks as lanes, containers as rows with a berth on each of
 * their networks, the ports of the host at its edge. Ends with a line break.
 *
 * @example
 * process.stdout.write(draw(await topology(engine), { colour: process.stdout.isTTY, width: process.stdout.columns }));
 * //                      backend      frontend
 * //                      bridge       bridge
 * //                      10.1.0.0/24  10.2.0.0/24
 * //          gateway ────● 10.1.0.1 ──● 10.2.0.1
 * //          redis ──────● 10.1.0.2 ──● 10.2.0.2
 * //            6379/tcp  │            │ alias db
 * //  3000 ▶  web ────────┼────────────● 10.2.0.3
 */
export function draw(topology: Topology, { colour = false, width = 80, since }: DrawOptions = {}): string {
  const picture = pictureOf(topology, since);
  const parts = [...bandsOf(picture, Math.max(width, narrowest)).map(drawBand), restingLines(picture, width)];
  const lines = parts
    .filter((part) => part.length > 0)
    .flatMap((part, index): Line[] => (index === 0 ? part : [[], ...part]));
  if (lines.length === 0) lines.push([[fitted("no networks of your own", width), "faint"]]);
  return lines.map((line) => `${written(line, colour)}\n`).join("");
}

/** A drawing is not narrower than this: terminals break its lines then. */
const narrowest = 32;

type Style = Mark | "faint" | "strong" | "plain" | `lane ${number}`;
type Line = (readonly [text: string, style: Style])[];

/** Lanes that are drawn beside each other, and who has a berth on them. */
interface Band {
  readonly door: number;
  readonly name: number;
  readonly lanes: readonly { readonly lane: Lane; readonly width: number; readonly style: Style }[];
  readonly rows: readonly Row[];
  /** The rows whose doors are shown here. */
  readonly first: ReadonlySet<Row>;
}

function bandsOf({ lanes, rows }: Picture, width: number): Band[] {
  const labels = rows.flatMap(({ doors }) => doors.map(({ label }) => columns(label)));
  const door =
    labels.length === 0 ? 0 : Math.min(Math.max(...labels) + doorway.length + 1, Math.floor(width / 3));
  const names = rows.flatMap(({ name, notes }) => [
    columns(name) + 1,
    ...notes.map((note) => columns(note) + 3),
  ]);
  const name = Math.min(Math.max(...names, "gateway".length + 1) + 1, Math.max(Math.floor(width / 3), 10));
  const room = width - door - name;

  const bands: { lane: Lane; width: number; style: Style }[][] = [];
  let used = 0;
  for (const lane of lanes) {
    const wanted = Math.min(laneWidth(lane, rows), room);
    if (bands.length === 0 || used + wanted > room) {
      bands.push([]);
      used = 0;
    }
    bands
      .at(-1)!
      .push({ lane, width: wanted, style: lane.colour === undefined ? "strong" : `lane ${lane.colour}` });
    used += wanted;
  }
  const drawn = new Set<Row>();
  const result = bands.map((lanes, index) => {
    const here = rows.filter(
      ({ berths }) => lanes.some(({ lane }) => berths.has(lane.id)) || (index === 0 && berths.size === 0),
    );
    const first = new Set(here.filter((row) => !drawn.has(row)));
    for (const row of here) drawn.add(row);
    return { door, name, lanes, rows: here, first };
  });
  const adrift = rows.filter((row) => !drawn.has(row));
  return adrift.length === 0
    ? result
    : [...result, { door, name, lanes: [], rows: adrift, first: new Set(adrift) }];
}

/** The columns of a lane: a sign, its longest text, and a blank that parts it from the next. */
function laneWidth(lane: Lane, rows: readonly Row[]): number {
  const texts = [
    lane.name,
    lane.kind,
    ...lane.subnets,
    ...lane.gateways.map((gateway) => `● ${gateway}`),
    ...rows.flatMap(({ berths }) => (berths.get(lane.id)?.lines ?? []).map((line) => `● ${line}`)),
  ];
  return Math.max(...texts.map(columns)) + 2;
}

/** What leads from a port of the host to its container. */
const doorway = " ▶ ";

function drawBand(band: Band): Line[] {
  return [...headLines(band), ...gatewayLines(band), ...band.rows.flatMap((row) => rowLines(row, band))];
}

function headLines({ door, name, lanes }: Band): Line[] {
  const height = Math.max(0, ...lanes.map(({ lane }) => 2 + lane.subnets.length));
  return Array.from(
    { length: height },
    (_, index): Line => [
      [" ".repeat(door + name), "plain"],
      ...lanes.flatMap(({ lane, width, style }): Line => {
        const text = fitted([lane.name, lane.kind, ...lane.subnets][index] ?? "", width - 2);
        if (index === 0)
          return [
            [signOf(lane.mark), lane.mark ?? "plain"],
            [padded(text, width - 1), lane.mark ?? style],
          ];
        return [[` ${padded(text, width - 1)}`, lane.mark === "removed" ? "removed" : "faint"]];
      }),
    ],
  );
}

function gatewayLines(band: Band): Line[] {
  const { door, name, lanes } = band;
  if (lanes.every(({ lane }) => lane.gateways.length === 0)) return [];
  const berths = new Map<string, Berth>();
  for (const { lane } of lanes) {
    if (lane.gateways.length > 0) berths.set(lane.id, { lines: lane.gateways, mark: lane.mark });
  }
  const height = Math.max(...lanes.map(({ lane }) => lane.gateways.length));
  return Array.from(
    { length: height },
    (_, index): Line => [
      [" ".repeat(door), "plain"],
      ...nameCell(index === 0 ? "gateway" : "", "faint", undefined, name, index === 0),
      ...berthCells(berths, band, index, undefined),
    ],
  );
}

function rowLines(row: Row, band: Band): Line[] {
  const { door, name, lanes, first } = band;
  const doors: readonly Door[] = first.has(row) ? row.doors : [];
  const berthHeights = lanes.map(({ lane }) => row.berths.get(lane.id)?.lines.length ?? 1);
  const height = Math.max(1, 1 + row.notes.length, doors.length, ...berthHeights);
  return Array.from({ length: height }, (_, index): Line => {
    const moored = index === 0 && lanes.some(({ lane }) => row.berths.has(lane.id));
    const text =
      index === 0 ? row.name : row.notes[index - 1] === undefined ? "" : `  ${row.notes[index - 1]}`;
    const style = index === 0 ? (row.mark ?? "strong") : "faint";
    return [
      ...doorCell(doors[index], door),
      ...nameCell(text, style, index === 0 ? row.mark : undefined, name, moored),
      ...berthCells(row.berths, band, index, row.mark),
    ];
  });
}

function doorCell(door: Door | undefined, width: number): Line {
  if (!door) return [[" ".repeat(width), "plain"]];
  const text = fitted(door.label, width - doorway.length - 1);
  const style = door.mark ?? "strong";
  const blank = " ".repeat(width - doorway.length - 1 - columns(text));
  return [
    [blank + signOf(door.mark), style],
    [text + doorway, style],
  ];
}

function nameCell(text: string, style: Style, mark: Mark | undefined, width: number, moored: boolean): Line {
  const shown = fitted(text, width - 2);
  const rest = width - 1 - columns(shown);
  return [
    [signOf(mark), mark ?? "plain"],
    [shown, style],
    [moored ? ` ${"─".repeat(Math.max(rest - 1, 0))}` : " ".repeat(rest), moored ? moorage(mark) : "plain"],
  ];
}

/** The style of the line from a container to its berths. */
function moorage(mark: Mark | undefined): Style {
  return mark === "removed" || mark === "added" ? mark : "plain";
}

function berthCells(
  berths: ReadonlyMap<string, Berth>,
  { lanes }: Band,
  index: number,
  mark: Mark | undefined,
): Line {
  const last = lanes.findLastIndex(({ lane }) => berths.has(lane.id));
  return lanes.flatMap(({ lane, width, style }, place): Line => {
    const berth = berths.get(lane.id);
    const water = index === 0 && place < last ? "─" : " ";
    const own = lane.mark === "removed" ? "removed" : style;
    if (!berth || (index > 0 && berth.lines[index] === undefined)) {
      const before = index === 0 && place <= last ? "─" : " ";
      return [
        [before, before === "─" ? moorage(mark) : "plain"],
        [index === 0 && place < last ? "┼" : "│", own],
        [water.repeat(width - 2), moorage(mark)],
      ];
    }
    const text = fitted(berth.lines[index]!, width - 4);
    const textStyle = berth.mark ?? "plain";
    const gap = width - 3 - columns(text);
    if (index > 0)
      return [
        [" ", "plain"],
        ["│", own],
        [` ${text}`, textStyle === "plain" ? "faint" : textStyle],
        [" ".repeat(gap), "plain"],
      ];
    return [
      [berth.mark ? signOf(berth.mark) : "─", berth.mark ?? moorage(mark)],
      [berth.mark === "removed" ? "×" : "●", berth.mark ?? own],
      [text === "" ? water : ` ${text}`, textStyle],
      [text === "" ? water.repeat(gap) : ` ${water.repeat(gap - 1)}`, moorage(mark)],
    ];
  });
}

function restingLines({ resting }: Picture, width: number): Line[] {
  if (resting.length === 0) return [];
  const fresh = resting.filter(({ mark }) => mark !== undefined);
  const others = resting.length - fresh.length;
  const lines = fresh.map(({ name, state, mark }): Line => {
    const text = `${name} ${state}`;
    return [[`${signOf(mark)}○ ${fitted(text, Math.max(width, narrowest) - 3)}`, mark ?? "faint"]];
  });
  if (others > 0) {
    const rest = others === 1 ? "1 container does not run" : `${others} containers do not run`;
    lines.push([
      [fresh.length > 0 ? ` ○ ${rest.replace("container", "other container")}` : ` ○ ${rest}`, "faint"],
    ]);
  }
  return lines;
}

function signOf(mark: Mark | undefined): string {
  return mark === undefined ? " " : signs[mark];
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(width - columns(text), 0));
}

/** The colours of lanes in turn: blue, magenta, cyan, and their bright kin. Red, yellow and green are for marks. */
const laneColours = ["34", "35", "36", "94", "95", "96"];

function written(line: Line, colour: boolean): string {
  const last = line.findLastIndex(([text]) => text.trim() !== "");
  return line
    .slice(0, last + 1)
    .map(([text, style], index) => {
      const shown = index === last ? text.trimEnd() : text;
      const code = colour && shown.trim() !== "" ? codeOf(style) : "";
      return code === "" ? shown : `\x1b[${code}m${shown}\x1b[0m`;
    })
    .join("");
}

function codeOf(style: Style): string {
  switch (style) {
    case "added":
      return "1;32";
    case "changed":
      return "1;33";
    case "removed":
      return "9;31";
    case "faint":
      return "2";
    case "strong":
      return "1";
    case "plain":
    case undefined:
      return "";
    default:
      return laneColours[Number(style.slice("lane ".length)) % laneColours.length]!;
  }
}
