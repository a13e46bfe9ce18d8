// The progress meter, and the bar of `-#`.
import type { Output } from "./output.js";

const heading = `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
`;

/** What has been transferred in one direction. */
class Way {
  done = 0;
  total: number | undefined;

  speed(microseconds: number): number {
    return Math.floor((this.done * 1_000_000) / Math.max(1, microseconds));
  }

  percent(): number {
    return this.total === undefined || this.total === 0 ? 0 : Math.floor((this.done * 100) / this.total);
  }

  /** The estimated seconds of the whole. */
  seconds(microseconds: number): number {
    const speed = this.speed(microseconds);
    return this.total === undefined || speed === 0 ? 0 : Math.floor(this.total / speed);
  }
}

/** What is shown of the progress of a transfer. */
export class Progress {
  readonly download = new Way();
  readonly upload = new Way();
  readonly #output: Output;
  readonly #style: "none" | "meter" | "bar";
  readonly #columns: number;
  #started: bigint;
  #shownSecond = -1;
  /** What was transferred at the end of each of the last seconds. */
  readonly #history: { readonly at: number; readonly done: number }[] = [];
  #hasHeading = false;

  constructor(output: Output, style: "none" | "meter" | "bar") {
    this.#output = output;
    this.#style = style;
    this.#started = output.process.now();
    const columns = Number(output.process.env.COLUMNS);
    this.#columns = columns > 20 && columns < 10_000 ? columns : 79;
  }

  /** The microseconds since the beginning. */
  get #spent(): number {
    return Number((this.#output.process.now() - this.#started) / 1000n);
  }

  /** The milliseconds until the next second begins. */
  get untilNextSecond(): number {
    return 1000 - (Math.floor(this.#spent / 1000) % 1000);
  }

  /** Begins anew, for another request of the same transfer. */
  restart(): void {
    this.#shownSecond = -1;
    for (const way of [this.download, this.upload]) {
      way.done = 0;
      way.total = undefined;
    }
  }

  /** Shows the meter, at most once a second. */
  update(): void {
    const second = Math.floor(this.#spent / 1_000_000);
    if (this.#style !== "meter" || second === this.#shownSecond) return;
    this.#shownSecond = second;
    this.#show();
  }

  /** Shows the end. */
  end(): void {
    if (this.#style === "bar") this.#bar();
    if (this.#style !== "meter") return;
    this.#show();
    this.#output.error("\n");
  }

  /** Average bytes a second since the beginning. */
  get averageSpeed(): number {
    return this.download.speed(this.#spent) + this.upload.speed(this.#spent);
  }

  #show(): void {
    const spent = this.#spent;
    if (!this.#hasHeading) this.#output.error(heading);
    this.#hasHeading = true;
    const { download, upload } = this;
    const total = (upload.total ?? upload.done) + (download.total ?? download.done);
    const done = upload.done + download.done;
    const percent = total === 0 ? 0 : Math.floor((done * 100) / total);
    const seconds = Math.max(upload.seconds(spent), download.seconds(spent));
    const elapsed = Math.floor(spent / 1_000_000);
    const columns = [
      `${String(percent).padStart(3)} ${size(total)}`,
      `${String(download.percent()).padStart(3)} ${size(download.done)}`,
      `${String(upload.percent()).padStart(3)} ${size(upload.done)}`,
      size(download.speed(spent)),
    ].join("  ");
    const left = seconds > 0 ? seconds - elapsed : 0;
    const times = [time(seconds), time(elapsed), time(left), size(this.#current(spent, done))].join(" ");
    this.#output.error(`\r${columns}  ${size(upload.speed(spent))} ${times}`);
  }

  /** The speed of the last five seconds. */
  #current(spent: number, done: number): number {
    this.#history.push({ at: spent, done });
    if (this.#history.length > 6) this.#history.shift();
    const first = this.#history[0]!;
    const span = Math.max(1, Math.floor((spent - first.at) / 1000));
    if (this.#history.length === 1) return Math.floor((done * 1_000_000) / Math.max(1, spent));
    return Math.floor(((done - first.done) * 1000) / span);
  }

  #bar(): void {
    const total = this.download.total ?? 0;
    const done = this.download.done + this.upload.done;
    if (done === 0) return;
    const part = total + (this.upload.total ?? 0);
    const width = this.#columns - 7;
    const share = part > 0 ? Math.min(1, done / part) : 1;
    const filled = "#".repeat(Math.floor(width * share));
    this.#output.error(`\r${filled.padEnd(width)} ${`${(share * 100).toFixed(1)}`.padStart(5)}%\n`);
  }
}

const kilo = 1024;
const mega = kilo ** 2;
const giga = kilo ** 3;
const tera = kilo ** 4;

/** Writes a number of bytes in five columns. */
function size(bytes: number): string {
  const whole = (unit: number, letter: string): string =>
    `${String(Math.floor(bytes / unit)).padStart(4)}${letter}`;
  const tenths = (unit: number, letter: string): string => {
    const rest = Math.floor((bytes % unit) / (unit / 10));
    return `${String(Math.floor(bytes / unit)).padStart(2)}.${rest}${letter}`;
  };
  if (bytes < 100_000) return String(bytes).padStart(5);
  if (bytes < 10_000 * kilo) return whole(kilo, "k");
  if (bytes < 100 * mega) return tenths(mega, "M");
  if (bytes < 10_000 * mega) return whole(mega, "M");
  if (bytes < 100 * giga) return tenths(giga, "G");
  if (bytes < 10_000 * giga) return whole(giga, "G");
  return whole(tera, "T");
}

/** Writes seconds in eight columns. */
function time(seconds: number): string {
  if (seconds <= 0) return "--:--:--";
  const hours = Math.floor(seconds / 3600);
  const two = (number: number): string => String(number).padStart(2, "0");
  if (hours <= 99)
    return `${String(hours).padStart(2)}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  const days = Math.floor(seconds / 86_400);
  return days <= 999 ? `${String(days).padStart(3)}d ${two(hours % 24)}h` : `${String(days).padStart(7)}d`;
}
