import type { ImageSearchFilters, ImageSearchResult } from "@dryharbor/sdk/port";
import { exactly } from "../command/arguments.js";
import { command } from "../command/command.js";
import { filters, int, text, toggle } from "../command/flags.js";
import { type Columns, formatRows, listFormat } from "../format/table.js";
import { ellipsis } from "../format/texts.js";

interface Row {
  readonly result: ImageSearchResult;
  readonly short: boolean;
}

const okay = (is: boolean) => (is ? "[OK]" : "");

const columns: Columns<Row> = {
  name: "*registry.searchContext",
  columns: {
    Name: ["NAME", ({ result }) => result.name],
    Description: [
      "DESCRIPTION",
      ({ result, short }) => {
        const line = result.description.replace(/[\n\r]/g, " ");
        return short ? ellipsis(line, 45) : line;
      },
    ],
    StarCount: ["STARS", ({ result }) => String(result.star_count)],
    IsOfficial: ["OFFICIAL", ({ result }) => okay(result.is_official)],
    IsAutomated: ["AUTOMATED", ({ result }) => okay(result.is_automated)],
  },
};

export const search = command({
  name: "search",
  short: {
    "20.10": "Search the Docker Hub for images",
    "26.1": "Search Docker Hub for images",
  },
  usage: "[OPTIONS] TERM",
  arguments: exactly(1),
  heading: "Common Commands",
  flags: { filter: filters("f"), format: text(), limit: int(), "no-trunc": toggle() },
  async run({ engine, io, flags, given, release, arguments: [term = ""] }) {
    const found = await engine.images.search(term, {
      ...(given.has("limit") && { limit: flags.limit }),
      filters: flags.filter as ImageSearchFilters,
    });
    const table = `table {{.Name}}\t{{.Description}}\t{{.StarCount}}\t{{.IsOfficial}}${release.name === "20.10" ? "\t{{.IsAutomated}}" : ""}`;
    const rows = found
      .toSorted((a, b) => b.star_count - a.star_count)
      .map((result) => ({ result, short: !flags["no-trunc"] }));
    io.stdout(
      formatRows(columns, rows, listFormat(flags.format, "", false, { table, quiet: table }), release),
    );
  },
});
