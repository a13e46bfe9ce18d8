// `docker stats`.
import type { ContainerStats } from "@dryharbor/sdk/port";
import { atLeast } from "../../command/arguments.js";
import { type Call, command } from "../../command/command.js";
import { text, toggle } from "../../command/flags.js";
import { formatRows, listFormat } from "../../format/table.js";
import { isIn } from "../../releases.js";
import { statsColumns } from "./stats-columns.js";

const table =
  "table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}";

/** How often the screen is drawn anew, in milliseconds. */
const every = 500;
const cleanScreen = "\x1b[2J\x1b[H";

type StatsCall = Call<{
  readonly all: boolean;
  readonly format: string;
  readonly "no-stream": boolean;
  readonly "no-trunc": boolean;
}>;

export const containerStats = command({
  name: "stats",
  short: "Display a live stream of container(s) resource usage statistics",
  usage: "[OPTIONS] [CONTAINER...]",
  arguments: atLeast(0),
  completes: "running container",
  flags: { all: toggle("a"), format: text(), "no-stream": toggle(), "no-trunc": toggle() },
  async run(call) {
    const { engine, io, flags, release, arguments: names } = call;
    const isNew = isIn(release, { since: "29" });
    if (flags["no-stream"]) {
      const containers = await wanted(call);
      if (isNew && containers.length === 0) return;
      const stats = await Promise.all(containers.map((name) => engine.containers.stats(name)));
      io.stdout(
        linesOf(
          call,
          containers.map((container, at) => ({ container, stats: stats[at] })),
        ),
      );
      return;
    }
    const streams = new Map<string, { last: ContainerStats | undefined; stop(): void }>();
    try {
      for (;;) {
        const containers = await wanted(call);
        for (const [name, { stop }] of streams) {
          if (containers.includes(name)) continue;
          stop();
          streams.delete(name);
        }
        for (const name of containers) if (!streams.has(name)) streams.set(name, followed(call, name));
        await io.sleep(every);
        const rows = [...streams].map(([container, { last }]) => ({ container, stats: last }));
        if (isNew) io.stdout(drawnOver(linesOf(call, rows)));
        else io.stdout(cleanScreen + linesOf(call, rows));
        await io.caughtUp();
        if (streams.size === 0 && names.length > 0) return;
      }
    } finally {
      for (const { stop } of streams.values()) stop();
    }
  },
});

/** The containers that were named, or all that run. */
async function wanted({ engine, flags, arguments: names }: StatsCall): Promise<readonly string[]> {
  if (names.length === 0) return (await engine.containers.list({ all: flags.all })).map(({ Id }) => Id);
  await Promise.all(names.map((name) => engine.containers.inspect(name)));
  return names;
}

function followed({ engine }: StatsCall, name: string): { last: ContainerStats | undefined; stop(): void } {
  const given = new AbortController();
  const entry: { last: ContainerStats | undefined; stop(): void } = {
    last: undefined,
    stop: () => given.abort(),
  };
  const follow = async (): Promise<void> => {
    for await (const stats of await engine.containers.statsStream(name, { abortSignal: given.signal })) {
      entry.last = stats;
    }
  };
  // It ends with the container.
  follow().catch(() => {});
  return entry;
}

/** Puts lines over those of before: each up to the end of its line, and nothing below them. */
function drawnOver(lines: string): string {
  return `\x1b[H${lines
    .split("\n")
    .map((line) => `${line}\x1b[K\n`)
    .join("")}\x1b[J`;
}

function linesOf(
  { flags, release, session }: StatsCall,
  rows: readonly { readonly container: string; readonly stats: ContainerStats | undefined }[],
): string {
  const format = listFormat(flags.format, session.configuredFormat("statsFormat"), false, {
    table,
    quiet: "{{.ID}}",
  });
  const short = !flags["no-trunc"];
  const all = rows.map((row) => ({ ...row, short }));
  return formatRows(statsColumns, all, format, release);
}
