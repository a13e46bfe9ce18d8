// How compose tells what goes on: one line for each step, or a picture that is redrawn on a terminal.

/** Whether something is going on, done, doubtful or failed. */
export type StepState = "working" | "done" | "warning" | "error";

/** A step of something. */
export interface Step {
  /** What it is about, e.g. `Container shop-web-1`. */
  readonly id: string;
  /** The step of which this is a part: the pull that a layer belongs to. */
  readonly parent?: string | undefined;
  readonly text?: string | undefined;
  readonly state: StepState;
  /** E.g. `Started`. */
  readonly status?: string | undefined;
  readonly current?: number | undefined;
  readonly total?: number | undefined;
  /** 0 to 100. */
  readonly percent?: number | undefined;
}

/** Whoever shows steps. */
export interface Progress {
  /** Carries something out while its steps are shown under a title. */
  run<Value>(title: string, act: () => Promise<Value>): Promise<Value>;
  step(step: Step): void;
  /** A line after all steps. */
  tail(line: string): void;
}

/** Tells a step by its status. */
export const tell = (progress: Progress, id: string, state: StepState, status: string) =>
  progress.step({ id, state, status });

/** One line for each step, for whoever is no terminal. */
export function plainProgress(write: (text: string) => void): Progress {
  return {
    run: (_, act) => act(),
    step: ({ id, text = "", status = "" }) => write(` ${id} ${text} ${status}\n`),
    tail: (line) => write(`${line}\n`),
  };
}

/** Nothing. */
export const quietProgress: Progress = { run: (_, act) => act(), step() {}, tail() {} };

/** One JSON object for each step. */
export function jsonProgress(write: (text: string) => void): Progress {
  return {
    run: (_, act) => act(),
    step: ({ id, parent, text, status, state, current, total, percent }) => {
      const shown = {
        id: id || undefined,
        parent_id: parent || undefined,
        text: text || undefined,
        status: status || undefined,
        ...(state === "error" ? { error: true } : {}),
        current: current || undefined,
        total: total || undefined,
        percent: percent || undefined,
      };
      write(`${JSON.stringify(shown)}\n`);
    },
    tail: (line) => write(`${JSON.stringify({ tail: true, text: line })}\n`),
  };
}
