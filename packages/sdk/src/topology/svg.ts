// The picture of a topology as SVG. Its geometry is counted in characters of a monospaced font, as in `draw.ts`.
import { type Berth, type Lane, type Mark, marked, type Picture, pictureOf, type Row } from "./picture.js";
import { columns, visible } from "./text.js";
import type { Topology } from "./topology.js";

/** How {@link svg} draws. */
export interface SvgOptions {
  /** An earlier topology: what has changed since is coloured, and marked `+` (new), `~` (changed) or `-` (gone). */
  readonly since?: Topology;
  /** What the picture is of, for those who cannot see it. Default: `Docker networks`. */
  readonly title?: string;
  /** Begins the ids in the picture, which must differ from others of the same page. Default: `topology`. */
  readonly id?: string;
}

/**
 * Draws a topology as SVG: networks as lanes, containers that run as rows with a berth on each of their networks, the
 * ports of the host at its edge. It needs nothing else, is readable on light and on dark pages, and its text can be
 * selected. Title and description say the same in words.
 *
 * @example await writeFile("networks.svg", svg(await topology(engine), { title: "The shop's networks" }));
 */
export function svg(
  topology: Topology,
  { since, title = "Docker networks", id = "topology" }: SvgOptions = {},
): string {
  const picture = pictureOf(topology, since);
  const plan = planOf(picture);
  const name = escaped(visible(id));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="dryharbor-topology" role="img" aria-labelledby="${name}-title ${name}-desc" width="${plan.width}" height="${plan.height}" viewBox="0 0 ${plan.width} ${plan.height}">`,
    `<title id="${name}-title">${escaped(visible(title))}</title>`,
    `<desc id="${name}-desc">${escaped(description(picture))}</desc>`,
    `<style>${styles}</style>`,
    rect({ x: 0, y: 0, width: plan.width, height: plan.height }, "ground"),
    ...plan.lanes.flatMap((place) => laneParts(place, plan)),
    ...gatewayParts(picture, plan),
    ...plan.rows.flatMap((place) => rowParts(place, plan)),
    ...restingParts(picture, plan),
    "</svg>",
    "",
  ].join("\n");
}

/** Pixels of a character, of a line, and around things. */
const character = 8;
const lineHeight = 18;
const padding = 12;

interface LanePlace {
  readonly lane: Lane;
  readonly colour: string;
  readonly x: number;
  readonly width: number;
}

interface RowPlace {
  readonly row: Row;
  readonly y: number;
  readonly height: number;
}

interface Plan {
  readonly width: number;
  readonly height: number;
  /** Where the host begins, to the right of its published ports. */
  readonly edge: number | undefined;
  /** The left edge and the width of the containers' boxes. */
  readonly box: { readonly x: number; readonly width: number };
  readonly lanes: readonly LanePlace[];
  readonly top: number;
  readonly gateways: { readonly y: number; readonly height: number };
  readonly rows: readonly RowPlace[];
  readonly restingY: number;
}

function planOf(picture: Picture): Plan {
  const { lanes, rows } = picture;
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(columns)) * character;
  const doors = rows.flatMap((row) => row.doors.map(({ label }) => `+ ${label}`));
  const edge = doors.length === 0 ? undefined : padding + widest(doors) + 3 * character;
  const texts = rows.flatMap(({ name, notes }) => [`+ ${name}`, ...notes]);
  const box = { x: (edge ?? 0) + padding, width: widest([...texts, "gateway"]) + 2 * padding };

  const places: LanePlace[] = [];
  let x = box.x + box.width + 2 * padding;
  for (const lane of lanes) {
    const berths = rows.flatMap(({ berths }) => berths.get(lane.id)?.lines ?? []);
    const indented = [...lane.gateways, ...berths].map((text) => `    + ${text}`);
    const width = widest([`+ ${lane.name}`, lane.kind, ...lane.subnets, ...indented]) + 2 * padding;
    places.push({
      lane,
      colour: lane.colour === undefined ? "" : `lane${lane.colour % laneColours.length}`,
      x,
      width,
    });
    x += width + padding;
  }

  const top = padding;
  const head = Math.max(0, ...lanes.map(({ subnets }) => 2 + subnets.length)) * lineHeight + 2 * padding;
  const gatewayLines = Math.max(0, ...lanes.map(({ gateways }) => gateways.length));
  const gateways = { y: top + head, height: gatewayLines * lineHeight + (gatewayLines > 0 ? padding : 0) };
  let y = gateways.y + gateways.height;
  const rowPlaces = rows.map((row): RowPlace => {
    const berthLines = [...row.berths.values()].map(({ lines }) => lines.length);
    const height = Math.max(1 + row.notes.length, row.doors.length, ...berthLines) * lineHeight + padding;
    const place = { row, y, height };
    y += height + padding;
    return place;
  });
  const restingY = y;
  const restingTexts = picture.resting.map(({ name, state }) => `+ ${name} ${state}`);
  const width = Math.max(
    x,
    box.x + box.width + padding,
    box.x + widest(restingTexts) + padding,
    30 * character,
  );
  const height =
    restingY + (restingTexts.length > 0 ? restingTexts.length * lineHeight + padding : 0) + padding;
  return { width, height, edge, box, lanes: places, top, gateways, rows: rowPlaces, restingY };
}

/** Where the sign of a lane's berths is, from its left edge. */
const mooring = 2 * padding;

function laneParts({ lane, colour, x, width }: LanePlace, { top, restingY }: Plan): string[] {
  const classes = `${colour} ${lane.mark ?? ""}`;
  return [
    rect({ x, y: top, width, height: restingY - top, rx: 8 }, `lane ${classes}`),
    ...[marked(lane.mark, lane.name), lane.kind, ...lane.subnets].map((line, index) =>
      text(
        x + padding,
        top + padding + (index + 1) * lineHeight - 5,
        line,
        index === 0 ? `strong ${lane.mark ?? `ink ${colour}`}` : "faint",
      ),
    ),
  ];
}

function gatewayParts({ lanes }: Picture, plan: Plan): string[] {
  const berths = new Map<string, Berth>(
    lanes
      .filter(({ gateways }) => gateways.length > 0)
      .map(({ id, gateways, mark }) => [id, { lines: gateways, mark }] as const),
  );
  if (berths.size === 0) return [];
  const y = plan.gateways.y;
  return [
    ...berthParts(berths, undefined, y, plan),
    text(plan.box.x + padding, y + lineHeight, "gateway", "faint"),
  ];
}

function rowParts({ row, y, height }: RowPlace, plan: Plan): string[] {
  const { box, edge } = plan;
  return [
    ...berthParts(row.berths, row.mark, y, plan),
    rect({ x: box.x, y, width: box.width, height, rx: 6 }, `box ${row.mark ?? ""}`),
    text(box.x + padding, y + lineHeight, marked(row.mark, row.name), `strong ${row.mark ?? ""}`),
    ...row.notes.map((note, index) => text(box.x + padding, y + (index + 2) * lineHeight, note, "faint")),
    ...row.doors.flatMap(({ label, mark }, index) => {
      const middle = y + (index + 1) * lineHeight - 5;
      const from = edge! - 2 * character;
      return [
        text(padding, middle + 5, marked(mark, label), `strong ${mark ?? ""}`),
        `<path class="door ${mark ?? ""}" d="M${from} ${middle}H${box.x - 2}m-6 -4l6 4l-6 4"/>`,
      ];
    }),
  ];
}

/** The line from a container to its berths, which passes no text, and the berths. */
function berthParts(
  berths: ReadonlyMap<string, Berth>,
  mark: Mark | undefined,
  y: number,
  { box, lanes }: Plan,
): string[] {
  const middle = y + lineHeight - 5;
  const moored = lanes.filter(({ lane }) => berths.has(lane.id));
  let from = box.x + box.width;
  return moored.flatMap(({ lane, colour, x }) => {
    const berth = berths.get(lane.id)!;
    const [address = "", ...names] = berth.lines;
    const at = x + mooring;
    const line = `<path class="line ${mark ?? ""}" d="M${from} ${middle}H${at}"/>`;
    const shown = address === "" ? "" : marked(berth.mark, address);
    from = at + padding + columns(shown) * character + padding / 2;
    return [
      line,
      `<circle class="berth ${colour} ${berth.mark ?? ""}" cx="${at}" cy="${middle}" r="5"/>`,
      ...(shown === "" ? [] : [text(at + padding, y + lineHeight, shown, berth.mark ?? "")]),
      ...names.map((name, index) =>
        text(at + padding, y + (index + 2) * lineHeight, name, berth.mark ?? "faint"),
      ),
    ];
  });
}

function restingParts({ resting }: Picture, { box, restingY }: Plan): string[] {
  return resting.map(({ name, state, mark }, index) =>
    text(
      box.x,
      restingY + padding + (index + 1) * lineHeight - 5,
      marked(mark, `${name} ${state}`),
      mark ?? "faint",
    ),
  );
}

/** The picture in words. */
function description({ lanes, rows, resting }: Picture): string {
  const networks = lanes.map(({ id, name, kind, subnets, mark }) => {
    const there = rows.flatMap(({ name, berths }) => {
      const berth = berths.get(id);
      return berth ? [`${name} ${berth.lines.join(", ")}${said(berth.mark)}`.trim()] : [];
    });
    const who = there.length === 0 ? "nobody is on it" : there.join("; ");
    return `Network ${name} (${[kind, ...subnets].join(", ")})${said(mark)}: ${who}.`;
  });
  const doors = rows.flatMap(({ name, doors }) =>
    doors.map(({ label, mark }) => `The host publishes ${label} of ${name}${said(mark)}.`),
  );
  const idle = resting.map(({ name, state, mark }) => `${name} ${state}${said(mark)}.`);
  const all = [...networks, ...doors, ...idle];
  return all.length === 0 ? "No networks, and no containers." : all.join(" ");
}

function said(mark: Mark | undefined): string {
  return mark === undefined ? "" : { added: " (new)", changed: " (changed)", removed: " (gone)" }[mark];
}

function rect(place: Readonly<Record<string, number>>, classes: string): string {
  const attributes = Object.entries(place).map(([name, value]) => `${name}="${value}"`);
  return `<rect class="${classes.trim()}" ${attributes.join(" ")}/>`;
}

function text(x: number, y: number, content: string, classes: string): string {
  return `<text class="${classes.trim()}" x="${x}" y="${y}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

const laneColours = [
  { light: "#0969da", dark: "#58a6ff" },
  { light: "#8250df", dark: "#bc8cff" },
  { light: "#0a7480", dark: "#39c5cf" },
  { light: "#bc4c00", dark: "#f0883e" },
  { light: "#bf3989", dark: "#f778ba" },
];

// Every rule is for pictures of this kind only, since styles of an SVG in a page are styles of the page.
const styles = [
  rule("", "font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace"),
  rule("text", "white-space:pre"),
  colours("light"),
  rule(".strong", "font-weight:600"),
  rule(".lane", "fill-opacity:.1"),
  rule(".lane.added,.lane.changed", "stroke-width:2"),
  rule(".line,.door", "fill:none;stroke-width:1.5"),
  rule("rect.removed,path.removed,circle.removed", "stroke-dasharray:4"),
  rule("text.removed", "text-decoration:line-through"),
  `@media (prefers-color-scheme:dark){${colours("dark")}}`,
].join("");

function colours(scheme: "light" | "dark"): string {
  const [ground, ink, faint, line, box] =
    scheme === "light"
      ? ["#ffffff", "#1f2328", "#59636e", "#6e7781", "#f6f8fa"]
      : ["#0d1117", "#e6edf3", "#9198a1", "#8b949e", "#161b22"];
  const marks = scheme === "light" ? ["#1a7f37", "#9a6700", "#cf222e"] : ["#3fb950", "#d29922", "#f85149"];
  return [
    rule(".ground", `fill:${ground}`),
    rule("text", `fill:${ink}`),
    rule("text.faint", `fill:${faint}`),
    rule(".lane,circle", `fill:${line}`),
    rule(".line,.door,.box", `stroke:${line}`),
    rule(".box", `fill:${box}`),
    ...laneColours.flatMap((colour, index) => [
      rule(`.lane.lane${index},circle.lane${index},text.ink.lane${index}`, `fill:${colour[scheme]}`),
    ]),
    ...["added", "changed", "removed"].flatMap((mark, index) => [
      rule(`text.${mark}`, `fill:${marks[index]}`),
      rule(`rect.${mark},path.${mark},circle.${mark}`, `stroke:${marks[index]}`),
    ]),
  ].join("");
}

function rule(selectors: string, declarations: string): string {
  const scoped = selectors.split(",").map((selector) => `.dryharbor-topology ${selector}`.trim());
  return `${scoped.join()}{${declarations}}`;
}
