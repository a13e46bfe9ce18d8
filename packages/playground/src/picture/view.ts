// The picture as SVG in the page. Each thing is an element that stays as long as the thing does, so that it can move to
// its new place, glow when it has changed, and keep the focus.
import { changes, type Topology } from "@dryharbor/sdk/topology";
import type { Seen } from "../protocol.js";
import { shape } from "./nodes.js";
import {
  type BerthPlace,
  type Lane,
  labelWidth,
  type Plan,
  planOf,
  type Row,
  sizes,
  stateOf,
} from "./plan.js";
import { rowInWords } from "./words.js";

/** What the picture tells the page. */
export interface PictureListener {
  /** A container, or the host, was pointed at. */
  chosen(name: string): void;
}

/** How a name or a container looks to whom the picture is seen from. */
type Sight = "seen" | "unseen" | undefined;

/** The picture of one engine. */
export class PictureView {
  readonly svg: SVGSVGElement;
  plan: Plan;
  readonly #layers: Readonly<Record<"lanes" | "lines" | "rows" | "packets", SVGElement>>;
  readonly #kept = new Map<string, { readonly node: SVGElement; signature: string }>();
  readonly #listener: PictureListener;
  readonly #frame: HTMLElement;
  #drawnIn = 0;
  #topology: Topology = { networks: [], containers: [] };
  #release = "";
  #seen: Seen | undefined;
  #chosen: readonly string[] = [];
  #differs: ReadonlySet<string> = new Set();
  #focus: string | undefined;

  /**
   * @param frame what the picture is shown in, and scrolls in where it is too large
   */
  constructor(frame: HTMLElement, listener: PictureListener, title: string) {
    this.#frame = frame;
    this.#listener = listener;
    this.#layers = {
      lanes: shape("g"),
      lines: shape("g", { class: "lines" }),
      rows: shape("g"),
      packets: shape("g", { class: "packets", "aria-hidden": "true" }),
    };
    const { lanes, lines, rows, packets } = this.#layers;
    this.svg = shape(
      "svg",
      { class: "drawing", role: "group", "aria-label": title },
      lanes,
      lines,
      rows,
      packets,
    ) as SVGSVGElement;
    this.plan = planOf(this.#topology);
    this.svg.addEventListener("keydown", (event) => this.#key(event));
    this.svg.addEventListener("click", (event) => {
      const name = (event.target as Element).closest<SVGElement>("[data-name]")?.dataset.name;
      if (name !== undefined) this.#listener.chosen(name);
    });
    new ResizeObserver(() => {
      if (this.#room !== this.#drawnIn) this.#draw(new Set());
    }).observe(frame);
  }

  /** How wide the picture may be; the whole width while it is not shown. */
  get #room(): number {
    return this.#frame.clientWidth - 16 || Number.POSITIVE_INFINITY;
  }

  /** Where packets are drawn. */
  get packets(): SVGElement {
    return this.#layers.packets;
  }

  /** Shows a topology. What differs from the one before glows, unless all of it is another world. */
  show(topology: Topology, release: string, jumped: boolean): void {
    const found = jumped ? [] : changes(this.#topology, topology);
    const fresh = new Set(
      found.flatMap((change) => {
        if (change.change === "removed") return [];
        if (change.what === "network") return [`lane ${change.networkId}`];
        if (change.what === "container") return [`row ${change.containerId}`];
        if (change.what === "endpoint") return [`berth ${change.containerId} ${change.after.networkId}`];
        return [`row ${change.containerId}`];
      }),
    );
    this.#topology = topology;
    this.#release = release;
    this.#draw(fresh);
  }

  /** Shows what is seen from a container; `undefined` shows everything. */
  see(seen: Seen | undefined, chosen: readonly string[]): void {
    this.#seen = seen;
    this.#chosen = chosen;
    this.#draw(new Set());
  }

  /** Marks containers and networks, by their names, that are otherwise on another release. */
  mark(differs: ReadonlySet<string>): void {
    this.#differs = differs;
    this.#draw(new Set());
  }

  #draw(fresh: ReadonlySet<string>): void {
    this.#drawnIn = this.#room;
    const plan = planOf(this.#topology, this.#drawnIn);
    this.plan = plan;
    this.svg.setAttribute("viewBox", `0 0 ${plan.width} ${plan.height}`);
    this.svg.style.setProperty("--natural", `${plan.width}px`);
    this.svg.style.setProperty("--least", `${plan.width * sizes.leastScale}px`);
    this.svg.style.aspectRatio = `${plan.width} / ${plan.height}`;
    const present = new Set<string>();
    const put = (
      layer: SVGElement,
      key: string,
      x: number,
      y: number,
      about: unknown,
      make: () => SVGElement[],
    ): SVGElement => {
      present.add(key);
      const signature = JSON.stringify(about);
      let kept = this.#kept.get(key);
      if (!kept) {
        kept = { node: shape("g", { class: "thing" }), signature: "" };
        this.#kept.set(key, kept);
        layer.append(kept.node);
        if (fresh.size > 0) appear(kept.node);
      }
      const { node } = kept;
      node.style.transform = `translate(${x}px, ${y}px)`;
      if (kept.signature !== signature) {
        kept.signature = signature;
        node.replaceChildren(...make());
      }
      if (fresh.has(key)) glow(node);
      return node;
    };

    const { lanes, lines, rows } = this.#layers;
    put(lanes, "edge", 0, 0, plan.edge, () => edgeParts(plan));
    const top = plan.host.box.y - 10;
    for (const lane of plan.lanes) {
      const about = [lane, lane.x, plan.edge.bottom, this.#differs.has(lane.network.name)];
      const node = put(lanes, `lane ${lane.id}`, lane.x, 0, about, () =>
        laneParts(lane, top, plan.edge.bottom),
      );
      node.setAttribute(
        "class",
        `thing lane ${colourOf(lane)}${this.#differs.has(lane.network.name) ? " differs" : ""}`,
      );
    }
    for (const lane of plan.lanes) {
      const made = put(rows, `gateway ${lane.id}`, lane.line, plan.host.box.middle, lane.gateways, () =>
        gatewayParts(lane),
      );
      made.setAttribute("class", `thing ${colourOf(lane)}`);
    }
    put(lines, "line host", 0, 0, [plan.host, plan.lanes, plan.edge], () => hostLines(plan));
    const hostNode = put(
      rows,
      "row host",
      plan.host.box.x,
      plan.host.box.y,
      [plan.host.box, this.#release],
      () => [named(hostParts(plan, this.#release))],
    );
    this.#asButton(
      hostNode,
      "host",
      `The host: Docker ${this.#release}, with the name server 127.0.0.11`,
      undefined,
    );
    for (const row of plan.rows) {
      const { id, box, container } = row;
      const sight = this.#sightOf(container.name);
      put(lines, `line ${id}`, 0, 0, [box, row.berths.map(({ lane }) => lane.line), row.doors], () =>
        rowLines(row, plan),
      ).classList.toggle("dim", sight === "unseen");
      const node = put(rows, `row ${id}`, box.x, box.y, [row.container, row.notes, box.width], () =>
        boxParts(row),
      );
      this.#asButton(node, container.name, rowInWords(container), sight);
      for (const berth of row.berths) {
        const labels = berth.labels.map(({ kind, name }) => this.#sightOfName(container.name, kind, name));
        const about = [berth.addresses, berth.labels, labels, berth.lane.width];
        const key = `berth ${id} ${berth.lane.id}`;
        const made = put(rows, key, berth.lane.line, box.middle, about, () => berthParts(berth, labels));
        made.setAttribute("class", `thing berth ${colourOf(berth.lane)}${sight === "unseen" ? " dim" : ""}`);
      }
      for (const [index, door] of row.doors.entries()) {
        put(rows, `door ${id} ${index}`, plan.edge.width, door.y, [door.label, box.x], () =>
          doorParts(door.label, box.x - plan.edge.width),
        );
      }
    }
    if (plan.restingY !== undefined) {
      put(rows, "resting", plan.host.box.x, plan.restingY, "", () => [
        shape("text", { class: "faint" }, "not running"),
      ]);
    }
    for (const row of plan.resting) {
      const { id, box, container } = row;
      const node = put(rows, `row ${id}`, box.x, box.y, ["resting", row.container, box.width], () =>
        boxParts(row),
      );
      this.#asButton(
        node,
        container.name,
        `${container.name}, ${stateOf(container)}`,
        this.#seen && "unseen",
      );
    }
    for (const [key, { node }] of this.#kept) {
      if (present.has(key)) continue;
      this.#kept.delete(key);
      vanish(node);
    }
    this.#setTabStops();
  }

  #asButton(node: SVGElement, name: string, label: string, sight: Sight): void {
    const isChosen = this.#chosen.includes(name);
    node.setAttribute("role", "button");
    node.setAttribute("aria-pressed", String(isChosen));
    node.setAttribute(
      "aria-label",
      this.#seen && this.#seen.from !== name && name !== "host"
        ? `${label}. ${sight === "unseen" ? "Not reached" : "Reached"} from ${this.#seen.from}`
        : label,
    );
    node.dataset.name = name;
    const paused = this.#topology.containers.find((each) => each.name === name)?.state;
    node.setAttribute(
      "class",
      [
        "thing row",
        name === "host" ? "host" : (paused ?? ""),
        isChosen && "chosen",
        sight === "unseen" && "dim",
        this.#differs.has(name) && "differs",
      ]
        .filter(Boolean)
        .join(" "),
    );
  }

  #sightOf(container: string): Sight {
    const seen = this.#seen;
    if (!seen) return undefined;
    return seen.from === container || seen.reaches.includes(container) ? "seen" : "unseen";
  }

  /** Aliases are seen by those who resolve them, and links by their owner alone. */
  #sightOfName(container: string, kind: "alias" | "link", name: string): Sight {
    const seen = this.#seen;
    if (!seen) return undefined;
    if (kind === "link") return seen.from === container ? "seen" : "unseen";
    if (seen.from === container) return "seen";
    const found = seen.names.find((each) => each.container === container && each.name === name);
    return found && found.status === "found" ? "seen" : "unseen";
  }

  // One container at a time is in the order of the Tab key; arrows go to the others.

  #buttons(): SVGElement[] {
    return [...this.#layers.rows.querySelectorAll<SVGElement>("[role=button]")].sort((one, other) => {
      return one.getBoundingClientRect().top - other.getBoundingClientRect().top;
    });
  }

  #setTabStops(): void {
    const all = [...this.#layers.rows.querySelectorAll<SVGElement>("[role=button]")];
    const current = all.find(({ dataset }) => dataset.name === this.#focus) ?? all[0];
    for (const each of all) each.setAttribute("tabindex", each === current ? "0" : "-1");
  }

  #key(event: KeyboardEvent): void {
    const name = (event.target as Element).closest<SVGElement>("[data-name]")?.dataset.name;
    if (name === undefined) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#listener.chosen(name);
      return;
    }
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = this.#buttons();
    const next = all[all.findIndex(({ dataset }) => dataset.name === name) + step];
    if (!next) return;
    this.#focus = next.dataset.name;
    this.#setTabStops();
    next.focus();
  }
}

function colourOf({ colour }: Lane): string {
  return colour === undefined ? "plain" : `colour${colour % 6}`;
}

function text(x: number, y: number, content: string, classes = ""): SVGElement {
  return shape("text", { x, y, class: classes }, content);
}

/** Shortens a text to a width in pixels. */
function fit(content: string, width: number, character: number = sizes.character): string {
  const most = Math.max(3, Math.floor(width / character));
  if (content.length <= most) return content;
  const head = Math.ceil((most - 1) / 2);
  return `${content.slice(0, head)}…${content.slice(content.length - (most - 1 - head))}`;
}

function edgeParts({ edge }: Plan): SVGElement[] {
  return [
    shape("rect", {
      class: "edge",
      x: 0,
      y: edge.top,
      width: edge.width,
      height: edge.bottom - edge.top,
      rx: 4,
    }),
  ];
}

function gatewayParts({ gateways }: Lane): SVGElement[] {
  if (gateways.length === 0) return [];
  return [
    ...gateways.flatMap((gateway, index) => addressParts(gateway, index, "mono faint")),
    shape("rect", { class: "gateway", x: -6, y: -6, width: 12, height: 12, rx: 3 }),
    shape("title", {}, `The host's address: ${gateways.join(", ")}`),
  ];
}

/** An address beside its mooring, in front of the lines that cross it. */
function addressParts(address: string, index: number, classes: string): SVGElement[] {
  const y = index * sizes.line;
  return [
    shape("rect", {
      class: "behind",
      x: 10,
      y: y - 9,
      width: address.length * sizes.character + 8,
      height: 18,
      rx: 4,
    }),
    text(14, y + 4.5, address, classes),
  ];
}

function laneParts({ network, width, line, x, kind }: Lane, top: number, bottom: number): SVGElement[] {
  const inner = width - 20;
  return [
    shape("rect", { class: "water", x: 0, y: 4, width, height: bottom - 4, rx: 10 }),
    shape("line", { class: "rail", x1: line - x, x2: line - x, y1: top + 32, y2: bottom - 10 }),
    text(12, 24, fit(network.name, inner, 8), "strong ink"),
    text(12, 41, fit(kind, inner), "faint"),
    ...network.subnets.map(({ subnet }, index) =>
      text(12, 41 + (index + 1) * sizes.line, fit(subnet, inner), "mono"),
    ),
    shape(
      "title",
      {},
      `Network ${network.name}: ${[kind, ...network.subnets.map(({ subnet }) => subnet)].join(", ")}`,
    ),
  ];
}

function hostLines({ host, lanes, edge }: Plan): SVGElement[] {
  const last = lanes.findLast(({ gateways }) => gateways.length > 0);
  const { box } = host;
  const across = (x1: number, x2: number) =>
    shape("line", { class: "moor host", x1, x2, y1: box.middle, y2: box.middle });
  return [across(edge.width, box.x), ...(last ? [across(box.x + box.width, last.line)] : [])];
}

/** What is drawn of a thing whose label says all of it. */
function named(parts: readonly SVGElement[]): SVGElement {
  return shape("g", { "aria-hidden": "true" }, ...parts);
}

function hostParts({ host }: Plan, release: string): SVGElement[] {
  const { width, height } = host.box;
  return [
    shape("rect", { class: "box", width, height, rx: 8 }),
    text(12, 19, "host", "strong"),
    text(12, 35, fit(`Docker ${release}`, width - 20), "faint"),
    shape("title", {}, "The host, with the engine and its name server 127.0.0.11"),
  ];
}

function rowLines({ box, berths, doors }: Row, { edge }: Plan): SVGElement[] {
  const last = Math.max(0, ...berths.map(({ lane }) => lane.line));
  return [
    ...(last > 0
      ? [shape("line", { class: "moor", x1: box.x + box.width, x2: last, y1: box.middle, y2: box.middle })]
      : []),
    ...doors.map(({ y }) =>
      shape("line", {
        class: "moor door",
        x1: edge.width,
        x2: box.x,
        y1: y,
        y2: Math.min(y, box.y + box.height - 6),
      }),
    ),
  ];
}

function boxParts({ container, box, notes }: Row): SVGElement[] {
  const { width, height } = box;
  const inner = width - 38;
  const health = container.health ? container.health : "";
  return [
    shape("rect", { class: "box", width, height, rx: 8 }),
    sign(container.state, health),
    text(28, 19, fit(container.name, inner, 8), "strong"),
    text(28, 35, fit(container.image, inner), "faint"),
    ...notes.map((note, index) =>
      text(
        28,
        50 + index * 15,
        fit(note, inner, 6.7),
        `note ${note === "unhealthy" || note === "healthy" ? note : ""}`,
      ),
    ),
    shape("title", {}, rowInWords(container)),
  ];
}

/** The sign of a state: its shape says it without colours. */
function sign(state: string, health: string): SVGElement {
  switch (state) {
    case "running":
      return shape("circle", { class: `sign running ${health}`, cx: 15, cy: 15, r: 5 });
    case "paused":
      return shape("path", { class: "sign paused", d: "M11 10v10M18 10v10" });
    case "restarting":
      return shape("circle", { class: "sign restarting", cx: 15, cy: 15, r: 4.5 });
    default:
      return shape("rect", { class: "sign resting", x: 10.5, y: 10.5, width: 9, height: 9 });
  }
}

function berthParts({ lane, addresses, labels }: BerthPlace, sights: readonly Sight[]): SVGElement[] {
  const shown = addresses.length === 0 ? [""] : addresses;
  const parts: SVGElement[] = [shape("circle", { class: "mooring", r: 6.5 })];
  for (const [index, address] of shown.entries()) {
    if (address !== "") parts.push(...addressParts(address, index, "mono"));
  }
  let y = 12 + (shown.length - 1) * sizes.line;
  for (const [index, label] of labels.entries()) {
    const sight = sights[index];
    const width = Math.min(labelWidth(label.text), lane.width - (lane.line - lane.x) - 16);
    parts.push(
      shape(
        "g",
        {
          class: `label ${label.kind}${sight === "unseen" ? " unseen" : ""}${sight === "seen" ? " seen" : ""}`,
        },
        shape("rect", { x: 12, y, width, height: 16, rx: 8 }),
        text(19, y + 12, fit(label.text, width - 13, 6.7), "small"),
        shape("title", {}, label.kind === "alias" ? `alias ${label.text}` : `link ${label.text}`),
      ),
    );
    y += sizes.labelHeight;
  }
  return parts;
}

function doorParts(label: string, width: number): SVGElement[] {
  return [
    shape("rect", { class: "gate", x: 4, y: -10, width: width - 10, height: 20, rx: 5 }),
    text(11, 4.5, label, "mono strong"),
    shape("path", { class: "arrow", d: `M${width - 7} -4l5 4l-5 4` }),
    shape("title", {}, `The host's port ${label}`),
  ];
}

function isCalm(): boolean {
  return (
    document.documentElement.dataset.motion === "reduced" ||
    matchMedia("(prefers-reduced-motion: reduce)").matches
  );
}

function appear(node: SVGElement): void {
  if (!isCalm()) node.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 350, easing: "ease-out" });
}

function glow(node: SVGElement): void {
  node.classList.remove("fresh");
  requestAnimationFrame(() => {
    if (node.classList.contains("row")) node.scrollIntoView({ block: "nearest", inline: "nearest" });
    node.classList.add("fresh");
    setTimeout(() => node.classList.remove("fresh"), 2600);
  });
}

function vanish(node: SVGElement): void {
  node.removeAttribute("tabindex");
  node.removeAttribute("role");
  node.setAttribute("aria-hidden", "true");
  if (isCalm()) node.remove();
  else
    node.animate([{ opacity: 1 }, { opacity: 0 }], { duration: 300 }).finished.finally(() => node.remove());
}
