// The steps of a pull, a push or a load as docker shows them: lines, or at a terminal bars that move.
import { humanSize } from "../format/units.js";
import type { CommandIo } from "../io.js";

/** A step, as the engine tells of it. */
export interface Step {
  readonly status?: string;
  readonly stream?: string;
  readonly id?: string;
  readonly progress?: string;
  readonly progressDetail?: {
    readonly current?: number;
    readonly total?: number;
    readonly units?: string;
    readonly hidecounts?: boolean;
  };
  readonly aux?: unknown;
}

/** Shows steps on one of a command's outputs. */
export class ProgressDisplay {
  readonly #io: CommandIo;
  readonly #stream: "stdout" | "stderr";
  readonly #isTerminal: boolean;
  /** The rows of the bars, by id, counted from the uppermost one. */
  #rows = new Map<string, number>();

  /** @param isTerminal whether bars are drawn. Default: whether the output is a terminal */
  constructor(io: CommandIo, stream: "stdout" | "stderr", isTerminal = io.isTerminal[stream]) {
    this.#io = io;
    this.#stream = stream;
    this.#isTerminal = isTerminal;
  }

  /** Shows the next step. */
  readonly show = (step: Step): void => {
    if (step.aux !== undefined) return;
    const { id = "" } = step;
    let up = 0;
    if (id !== "" && (step.progressDetail || step.progress)) {
      if (!this.#rows.has(id)) {
        this.#rows.set(id, this.#rows.size);
        if (this.#isTerminal) this.#write("\n");
      }
      up = this.#rows.size - (this.#rows.get(id) as number);
      if (this.#isTerminal) this.#write(`\x1b[${up}A`);
    } else {
      this.#rows = new Map();
    }
    this.#write(this.#line(step));
    if (id !== "" && this.#isTerminal && up > 0) this.#write(`\x1b[${up}B`);
  };

  #line(step: Step): string {
    const { id = "", status = "", stream = "", progressDetail } = step;
    const bar = progressDetail ? barOf(progressDetail, this.#width) : "";
    const isBar = this.#isTerminal && stream === "" && progressDetail !== undefined;
    if (!isBar && progressDetail && bar !== "") return "";
    const name = id === "" ? "" : `${id}: `;
    if (isBar) return `\x1b[2K\r${name}${status} ${bar}\r`;
    if (step.progress) return `${name}${status} ${step.progress}`;
    return stream === "" ? `${name}${status}\n` : `${name}${stream}`;
  }

  get #width(): number {
    return this.#isTerminal ? (this.#io.terminal?.size().columns ?? 200) : 200;
  }

  #write(text: string): void {
    if (text !== "") this.#io[this.#stream](text);
  }
}

function barOf(detail: NonNullable<Step["progressDetail"]>, width: number): string {
  const { current = 0, total = 0, units = "", hidecounts = false } = detail;
  if (current <= 0 && total <= 0) return "";
  if (total <= 0) return units === "" ? humanSize(current).padStart(8) : `${current} ${units}`;
  const half = Math.min(50, Math.floor(Math.trunc((current / total) * 100) / 2));
  const box = width > 110 ? `[${"=".repeat(half)}>${" ".repeat(50 - half)}] ` : "";
  if (hidecounts) return box;
  const now = units === "" ? humanSize(current).padStart(8) : `${current}`;
  if (current > total) return box + now + (units === "" ? "" : ` ${units}`);
  return `${box}${now}/${units === "" ? humanSize(total) : `${total} ${units}`}`;
}
