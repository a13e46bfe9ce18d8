import type { ImageListFilters, ImageSummary } from "@dryharbor/sdk/port";
import { atMost } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { filters, text, toggle } from "../../command/flags.js";
import { formatRows, listFormat } from "../../format/table.js";
import { imageColumns, imageRows } from "./columns.js";
import { imageTree } from "./tree.js";

const withoutDigest =
  "table {{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}\t{{.Size}}";
const withDigest =
  "table {{.Repository}}\t{{.Tag}}\t{{.Digest}}\t{{.ID}}\t{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}\t{{.Size}}";

export const imageLs = command({
  name: "ls",
  aliases: ["list"],
  short: "List images",
  usage: "[OPTIONS] [REPOSITORY[:TAG]]",
  arguments: atMost(1),
  completes: "image",
  flags: {
    all: toggle("a"),
    digests: toggle(),
    filter: filters("f"),
    format: text(),
    "no-trunc": toggle(),
    quiet: toggle("q"),
    tree: toggle(undefined, { since: "28.5" }),
  },
  async run({ engine, io, flags, release, session, arguments: [name] }) {
    if (flags.tree) checkTree(flags);
    const wanted: ImageListFilters = {
      ...(flags.filter as ImageListFilters),
      ...(name !== undefined && { reference: [...(flags.filter.reference ?? []), name] }),
    };
    const images: ImageSummary[] = await engine.images.list({
      ...(flags.all && { all: true }),
      filters: wanted,
    });
    if (flags.tree) {
      io.stdout(imageTree(images, { all: flags.all, io }));
      return;
    }
    const digestLine = flags.digests ? "digest: {{.Digest}}\n" : "";
    const format = listFormat(flags.format, session.configuredFormat("imagesFormat"), flags.quiet, {
      table: flags.digests ? withDigest : withoutDigest,
      quiet: "{{.ID}}",
      raw: `repository: {{ .Repository }}\ntag: {{.Tag}}\n${digestLine}image_id: {{.ID}}\ncreated_at: {{.CreatedAt}}\nvirtual_size: {{.Size}}\n`,
      quietRaw: "image_id: {{.ID}}",
    });
    const digests = flags.digests || format.includes("{{.Digest}}");
    const rows = imageRows(images, { digests, short: !flags["no-trunc"], now: io.now() });
    io.stdout(formatRows(imageColumns, rows, format, release));
  },
});

/** Refuses the flags that docker does not know what to do with in a tree. */
function checkTree(flags: {
  readonly quiet: boolean;
  readonly "no-trunc": boolean;
  readonly digests: boolean;
  readonly format: string;
}): void {
  const refused: readonly (readonly [name: string, isGiven: boolean])[] = [
    ["quiet", flags.quiet],
    ["no-trunc", flags["no-trunc"]],
    ["show-digest", flags.digests],
    ["format", flags.format !== ""],
  ];
  for (const [name, isGiven] of refused) {
    if (isGiven) throw new CommandError(`--${name} is not yet supported with --tree`);
  }
}
