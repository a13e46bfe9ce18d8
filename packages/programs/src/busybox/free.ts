import { applet } from "./applet.js";
import { humanSize } from "./human-size.js";
import { memoryIn } from "./memory.js";

/** The units by their option. 0 is whatever is easy to read. */
const units: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, h: 0 };

/** `free [-bkmgh]`: prints how much memory is free. */
export const free = applet(
  {
    help: `free [-bkmgh]

Display free and used memory`,
  },
  async (process, { operands: [first = "-k"], usage }) => {
    // Of a first argument with a dash, the next letter counts, and nothing else.
    const letter = first.startsWith("-") ? first.slice(1, 2) : "k";
    const unit = units[letter];
    if (unit === undefined) return usage(process);
    const shown = (kibibytes: number): string =>
      unit === 0 ? humanSize(kibibytes * 1024) : String(Math.round((kibibytes * 1024) / unit));
    const memory = memoryIn(process.files);
    const { total, free, shared, available, swapTotal, swapFree } = memory;
    const cache = memory.buffers + memory.cached + memory.reclaimable;
    const row = (title: string, values: readonly number[]): string =>
      title + values.map((value, at) => shown(value).padStart(at === 0 ? 19 - title.length : 12)).join("");
    process.stdout(
      `              total        used        free      shared  buff/cache   available
${row("Mem:", [total, total - free - cache, free, shared, cache, available])}
${row("Swap:", [swapTotal, swapTotal - swapFree, swapFree])}
`,
    );
    return 0;
  },
);
