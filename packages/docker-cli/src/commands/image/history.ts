import type { ImageHistoryItem } from "@dryharbor/sdk/port";
import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { text, toggle } from "../../command/flags.js";
import { type Columns, formatRows, listFormat } from "../../format/table.js";
import { ellipsis, shortId } from "../../format/texts.js";
import { rfc3339 } from "../../format/time.js";
import { ago, humanSize } from "../../format/units.js";
import { platformJson } from "../../references/platform.js";

interface Row {
  readonly item: ImageHistoryItem;
  readonly short: boolean;
  readonly human: boolean;
  /** Nanoseconds since 1970. */
  readonly now: bigint;
}

const created = ({ item }: Row) => BigInt(item.Created) * 1_000_000_000n;

const columns: Columns<Row> = {
  name: "*image.historyContext",
  columns: {
    ID: ["IMAGE", ({ item, short }) => (short ? shortId(item.Id) : item.Id)],
    CreatedSince: ["CREATED", (row) => (row.human ? ago(created(row), row.now) : rfc3339(created(row)))],
    CreatedAt: ["CREATED AT", (row) => rfc3339(created(row))],
    CreatedBy: [
      "CREATED BY",
      ({ item, short }) => {
        const by = item.CreatedBy.replaceAll("\t", " ");
        return short ? ellipsis(by, 45) : by;
      },
    ],
    Size: ["SIZE", ({ item, human }) => (human ? humanSize(item.Size, 3) : String(item.Size))],
    Comment: ["COMMENT", ({ item }) => item.Comment],
  },
};

export const imageHistory = command({
  name: "history",
  short: "Show the history of an image",
  usage: "[OPTIONS] IMAGE",
  arguments: exactly(1),
  completes: "image",
  flags: {
    format: text(),
    human: toggle("H", { initial: true }),
    "no-trunc": toggle(),
    platform: text(undefined, { since: "28.5", api: "1.48" }),
    quiet: toggle("q"),
  },
  async run({ engine, io, flags, release, arguments: [image = ""] }) {
    const items = await engine.images.history(
      image,
      flags.platform === "" ? {} : { platform: platformJson(flags.platform) },
    );
    const when = flags.human ? "CreatedSince" : "CreatedAt";
    const format = listFormat(flags.format, "", flags.quiet, {
      table: `table {{.ID}}\t{{.${when}}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}`,
      quiet: "{{.ID}}",
    });
    const now = io.now();
    const rows = items.map((item) => ({ item, short: !flags["no-trunc"], human: flags.human, now }));
    io.stdout(formatRows(columns, rows, format, release));
  },
});
