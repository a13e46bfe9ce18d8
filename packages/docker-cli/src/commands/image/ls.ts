import type { ImageListFilters, ImageSummary } from "@dryharbor/sdk/port";
import { atMost } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { filters, text, toggle } from "../../command/flags.js";
import { formatRows, listFormat } from "../../format/table.js";
import { imageColumns, imageRows } from "./columns.js";

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
  },
  async run({ engine, io, flags, release, session, arguments: [name] }) {
    const wanted: ImageListFilters = {
      ...(flags.filter as ImageListFilters),
      ...(name !== undefined && { reference: [...(flags.filter.reference ?? []), name] }),
    };
    const images: ImageSummary[] = await engine.images.list({
      ...(flags.all && { all: true }),
      filters: wanted,
    });
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
