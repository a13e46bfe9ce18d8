import type { BrowserSize } from "./browser-size.js";
import type { FaultFigures } from "./faults.js";
import type { ForkFigures } from "./forks.js";
import type { HttpTimings } from "./http/measure.js";
import type { Timings } from "./measure.js";
import type { Rows } from "./rows.js";
import type { Memory } from "./subject.js";
import type { TrafficFigures } from "./traffic/measure.js";

/** What one run of the benchmark has found; a part that was not asked for is absent. */
export interface Figures {
  /** What was measured, e.g. `77c1ba4`, with a word on changes that are in no commit. */
  readonly commit: string;
  /** The release of the real engine beside it. */
  readonly engine?: string;
  readonly operations?: {
    /** With 100 containers. */
    readonly few: Rows;
    /** With 100,000. */
    readonly many: Rows;
    readonly real?: Timings;
  };
  readonly memory?: Memory;
  readonly start?: { readonly rows: Rows; readonly browser: BrowserSize };
  readonly http?: HttpTimings;
  readonly traffic?: TrafficFigures;
  readonly faults?: FaultFigures;
  readonly forks?: ForkFigures;
}
