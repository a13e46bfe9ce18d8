// Packets that travel through the picture. One loop moves them all. They set out one after the other, as the eye can
// follow, although the engine has sent them in a moment.
import type { ObservedPacket } from "@dryharbor/simulator";
import { shape } from "./nodes.js";
import type { PictureView } from "./view.js";
import { type Point, type Way, wayOf } from "./way.js";

/** How fast a packet is, in pixels a second, and how long it may take in milliseconds. */
const speed = 620;
const least = 420;
const most = 1100;

/** The time between two that set out, and how many may wait. */
const gap = 260;
const mostWaiting = 60;

interface Traveller {
  readonly node: SVGElement;
  readonly way: Way;
  readonly lengths: readonly number[];
  readonly length: number;
  readonly began: number;
  readonly duration: number;
}

/** Moves packets through a picture. */
export class PacketMotion {
  readonly #view: PictureView;
  #waiting: ObservedPacket[] = [];
  #travelling: Traveller[] = [];
  #nextStart = 0;
  #frame = 0;

  constructor(view: PictureView) {
    this.#view = view;
  }

  /** Lets packets travel. Where too many wait, the oldest of these are left out. */
  send(packets: readonly ObservedPacket[]): void {
    this.#waiting.push(...packets.filter((packet) => wayOf(packet, this.#view.plan) !== undefined));
    if (this.#waiting.length > mostWaiting) this.#waiting.splice(0, this.#waiting.length - mostWaiting);
    this.#run();
  }

  /** Forgets all of them. */
  clear(): void {
    this.#waiting = [];
    for (const { node } of this.#travelling) node.remove();
    this.#travelling = [];
  }

  get isBusy(): boolean {
    return this.#waiting.length + this.#travelling.length > 0;
  }

  #run(): void {
    if (this.#frame === 0 && this.isBusy) this.#frame = requestAnimationFrame((now) => this.#step(now));
  }

  #step(now: number): void {
    this.#frame = 0;
    if (now >= this.#nextStart) {
      const packet = this.#waiting.shift();
      const way = packet && wayOf(packet, this.#view.plan);
      if (way) this.#start(way, now);
      // The more wait, the closer they follow.
      this.#nextStart = now + gap / (1 + this.#waiting.length / 8);
    }
    const still: Traveller[] = [];
    for (const traveller of this.#travelling) {
      const part = (now - traveller.began) / traveller.duration;
      if (part >= 1) {
        arrive(traveller);
        continue;
      }
      const { x, y } = pointAt(traveller, isCalm() ? 1 : eased(part));
      traveller.node.setAttribute("transform", `translate(${x} ${y})`);
      still.push(traveller);
    }
    this.#travelling = still;
    this.#run();
  }

  #start(way: Way, now: number): void {
    const { label, kind, points } = way;
    const lengths = points.slice(1).map((point, index) => distance(points[index]!, point));
    const length = lengths.reduce((sum, each) => sum + each, 0);
    const shown = label.length > 28 ? `${label.slice(0, 27)}…` : label;
    const width = shown.length * 6.7 + 12;
    const [first] = points;
    const node = shape(
      "g",
      { class: `packet ${kind}`, transform: `translate(${first!.x} ${first!.y})` },
      shape("circle", { r: 6 }),
      // High enough to be between two boxes, where it covers no name.
      shape("rect", { x: 8, y: -38, width, height: 17, rx: 8.5 }),
      shape("text", { x: 14, y: -25.5 }, shown),
    );
    this.#view.packets.append(node);
    const duration = Math.min(Math.max((length / speed) * 1000, least), most);
    this.#travelling.push({ node, way, lengths, length, began: now, duration });
  }
}

function arrive({ node, way }: Traveller): void {
  const last = way.points.at(-1)!;
  node.setAttribute("transform", `translate(${last.x} ${last.y})`);
  node.classList.add("arrived");
  setTimeout(() => node.remove(), way.kind === "lost" || way.kind === "refusal" ? 1500 : 500);
}

function pointAt({ way, lengths, length }: Traveller, part: number): Point {
  let left = part * length;
  for (const [index, each] of lengths.entries()) {
    if (left <= each && each > 0) {
      const [one, other] = [way.points[index]!, way.points[index + 1]!];
      const share = left / each;
      return { x: one.x + (other.x - one.x) * share, y: one.y + (other.y - one.y) * share };
    }
    left -= each;
  }
  return way.points.at(-1)!;
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function eased(part: number): number {
  return part < 0.5 ? 2 * part * part : 1 - (-2 * part + 2) ** 2 / 2;
}

function isCalm(): boolean {
  return (
    document.documentElement.dataset.motion === "reduced" ||
    matchMedia("(prefers-reduced-motion: reduce)").matches
  );
}
