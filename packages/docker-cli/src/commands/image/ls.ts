import type { ImageListFilters, ImageSummary } from "@dryharbor/sdk/port";
import { atMost } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { filters, text, toggle } from "../../command/flags.js";
import { formatRows, listFormat } from "../../format/table.js";
import { isIn, type Release } from "../../releases.js";
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
  completes: "image or repository",
  flags: {
    all: toggle("a"),
    digests: toggle(),
    filter: filters("f"),
    format: text(),
    "no-trunc": toggle(),
    quiet: toggle("q"),
    tree: toggle(undefined, { since: "28.5" }),
  },
  async run({ engine, io, flags, release, session, path, arguments: [name] }) {
    const isNew = isIn(release, { since: "29" });
    const refusal = outsideTree(flags);
    if (flags.tree && refusal !== undefined) throw new CommandError(refusal);
    const configured = session.configuredFormat("imagesFormat");
    // Since 29 the usual form is the one of a tree, without its branches.
    const isTreeLike = flags.tree || (isNew && refusal === undefined && configured === "");
    const wanted: ImageListFilters = {
      ...(flags.filter as ImageListFilters),
      ...(name !== undefined && { reference: [...(flags.filter.reference ?? []), name] }),
    };
    const found: ImageSummary[] = await engine.images.list({
      ...(flags.all && { all: true }),
      ...(isTreeLike && { manifests: true }),
      filters: wanted,
    });
    const hidesDangling = !flags.all && (isNew ? asksForNamed(wanted) : flags.tree);
    const images = hidesDangling ? found.filter((image) => !isDangling(image, isNew)) : found;
    if (isTreeLike) io.stdout(imageTree(images, { isTree: flags.tree, io, release }));
    else io.stdout(listText(images));
    if (images.length === 0 && name !== undefined && path === "docker images" && !(flags.tree && !isNew)) {
      io.stderr(ambiguityHint(name, release));
    }

    function listText(images: readonly ImageSummary[]): string {
      const digestLine = flags.digests ? "digest: {{.Digest}}\n" : "";
      const format = listFormat(flags.format, configured, flags.quiet, {
        table: flags.digests ? withDigest : withoutDigest,
        quiet: "{{.ID}}",
        raw: `repository: {{ .Repository }}\ntag: {{.Tag}}\n${digestLine}image_id: {{.ID}}\ncreated_at: {{.CreatedAt}}\nvirtual_size: {{.Size}}\n`,
        quietRaw: "image_id: {{.ID}}",
      });
      const digests = flags.digests || format.includes("{{.Digest}}");
      const rows = imageRows(images, { digests, short: !flags["no-trunc"], now: io.now() });
      return formatRows(imageColumns, rows, format, release);
    }
  },
});

/** What docker says of a flag with which it shows no tree. */
function outsideTree(flags: {
  readonly quiet: boolean;
  readonly "no-trunc": boolean;
  readonly digests: boolean;
  readonly format: string;
}): string | undefined {
  const flag =
    (flags.quiet && "quiet") ||
    (flags["no-trunc"] && "no-trunc") ||
    (flags.digests && "show-digest") ||
    (flags.format !== "" && "format");
  return flag ? `--${flag} is not yet supported with --tree` : undefined;
}

/** Whether filters leave it to the command to hide images without a name. */
function asksForNamed({ dangling }: ImageListFilters): boolean {
  return dangling === undefined || [dangling].flat().includes("false");
}

/** Whether an image has no name. Up to 28.5 a digest counts as one. */
function isDangling({ RepoTags, RepoDigests }: ImageSummary, isNew: boolean): boolean {
  const tags = (RepoTags ?? []).filter((tag) => tag !== "<none>:<none>");
  const digests = (RepoDigests ?? []).filter((digest) => digest !== "<none>@<none>");
  return tags.length === 0 && (digests.length === 0 || (isNew && (RepoTags ?? []).length === 0));
}

const commandsOfImages = [
  ...["build", "history", "import", "inspect", "list", "load", "ls", "prune", "pull", "push", "rm"],
  ...["save", "tag"],
];

/** What docker says where no image has a name that is one of a command. */
function ambiguityHint(name: string, release: Release): string {
  if (!isIn(release, { since: "26.1" }) || !commandsOfImages.includes(name)) return "";
  const before = isIn(release, { since: "29" }) ? "" : "\n";
  return `${before}No images found matching "${name}": did you mean "docker image ${name}"?\n`;
}
