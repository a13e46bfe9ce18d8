// The progress bar of downloads: BusyBox's libbb/progress.c.
import type { ProcessContext } from "@dryharbor/kernel";
import { sizeInFive } from "./size-text.js";

/** After so many seconds without data, a transfer is said to be stalled. */
const stallTime = 5;

/** The columns beside the bar. */
const besideBar = 48;

/** A progress bar on standard error: one line that is drawn anew on a terminal, or one line for each update. */
export class Progress {
  readonly #process: ProcessContext;
  readonly #title: string;
  #start: number;
  #lastUpdate: number;
  #lastChange: number;
  #lastSize = 0;

  /** @param file the name of the file that is transferred */
  constructor(process: ProcessContext, file: string) {
    this.#process = process;
    this.#title = [...file].slice(0, 20).join("").padEnd(20);
    this.#start = this.#seconds();
    this.#lastUpdate = this.#start;
    this.#lastChange = this.#start;
  }

  #seconds(): number {
    return Number(this.#process.now() / 1_000_000_000n);
  }

  /** Whether standard error is a terminal. */
  get #isTerminal(): boolean {
    return this.#process.descriptors.get(2)?.terminal !== undefined;
  }

  /**
   * Shows how far a transfer is, once a second and at its end.
   *
   * @param before the bytes that were there before the transfer
   * @param transferred the bytes that have come since
   * @param total the bytes that there will be, with those from before. 0 where that is not known
   */
  update(before: number, transferred: number, total: number): void {
    const now = this.#seconds();
    const sinceUpdate = now - this.#lastUpdate;
    this.#lastUpdate = now;
    const isLast = total !== 0 && transferred >= total - before;
    if (!isLast && sinceUpdate === 0) return;
    const size = sizeInFive(before + transferred);
    // The numbers are scaled down as there, which shows in the percentage of large files.
    let [beginning, received, whole] = [before, transferred, total];
    while (whole >= 2 ** 20) [beginning, received, whole] = [beginning, received, whole].map(scaled) as Sizes;
    const bar = whole === 0 ? "" : this.#bar(beginning + received, whole);
    const left = this.#timeLeft(now, beginning, received, whole);
    const line = `${this.#title} ${bar}${size}${left}`;
    this.#process.stderr(this.#isTerminal ? `\r${line}` : `${line}\n`);
  }

  /** Ends the line on a terminal. */
  end(): void {
    if (this.#isTerminal) this.#process.stderr("\n");
  }

  #bar(received: number, whole: number): string {
    const ratio = `${String(Math.floor((100 * received) / whole)).padStart(3)}% `;
    const width = Math.min(999, this.#width() - besideBar);
    if (width <= 2) return ratio;
    const stars = Math.floor((width * received) / whole);
    return `${ratio}|${"*".repeat(stars).padEnd(width)}| `;
  }

  #width(): number {
    const columns = Number(this.#process.env.COLUMNS);
    return columns > 0 ? columns : 80;
  }

  #timeLeft(now: number, before: number, received: number, whole: number): string {
    let sinceChange = now - this.#lastChange;
    if (received !== this.#lastSize) {
      this.#lastChange = now;
      this.#lastSize = received;
      // The time of a stall does not count.
      if (sinceChange >= stallTime) this.#start += sinceChange;
      sinceChange = 0;
    }
    const elapsed = now - this.#start;
    if (sinceChange >= stallTime) return "  - stalled -";
    if (whole === 0 || received === 0 || elapsed < 0) return " --:--:-- ETA";
    const eta = Math.floor(((whole - before) * elapsed) / received) - elapsed;
    const seconds = Math.min(eta, 1000 * 3600 - 1);
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
    const two = (number: number) => String(number).padStart(2, "0");
    return `${String(hours).padStart(3)}:${two(minutes)}:${two(seconds % 60)} ETA`;
  }
}

type Sizes = [number, number, number];

function scaled(size: number): number {
  return Math.floor(size / 256);
}
