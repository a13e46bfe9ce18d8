import { text, toggle } from "../../command/flags.js";
import { alignColumns } from "../../format/columns.js";
import { shortId } from "../../format/texts.js";
import { nanosecondsOf } from "../../format/time.js";
import { ago, humanSize } from "../../format/units.js";
import { nameOf, serviceOf } from "../actions/containers.js";
import { label } from "../actions/labels.js";
import { ComposeError } from "../model/error.js";
import { goJson } from "../model/json.js";
import { composeCommand } from "./compose-command.js";
import { nameOfProject } from "./projects.js";

export const images = composeCommand({
  name: "images",
  short: "List images used by the created containers",
  usage: "[OPTIONS] [SERVICE...]",
  flags: { format: text(undefined, { initial: "table" }), quiet: toggle("q") },
  async execute(call) {
    const { context, flags, arguments: services } = call;
    const { engine, io } = context;
    const name = (await nameOfProject(call)).toLowerCase();
    const containers = await engine.containers.list({
      all: true,
      filters: { label: [`${label.project}=${name}`] },
    });
    const rows = [];
    for (const container of containers) {
      if (services.length > 0 && !services.includes(serviceOf(container))) continue;
      const image = await engine.images.inspect(container.Image);
      const [repository, tag] = splitReference(container.Image);
      rows.push({
        container: nameOf(container),
        id: image.Id,
        repository,
        tag,
        platform: [image.Os, image.Architecture, image.Variant].filter(Boolean).join("/"),
        size: image.Size,
        named: image.Metadata.LastTagTime,
        created: image.Created ?? "",
      });
    }
    rows.sort((a, b) => (a.container < b.container ? -1 : 1));
    if (flags.quiet) {
      io.stdout(
        [...new Set(rows.map(({ id }) => id.replace(/^[^:]*:/, "")))].map((id) => `${id}\n`).join(""),
      );
      return;
    }
    if (flags.format === "json") {
      const shown = rows.map((row) => ({
        ID: row.id,
        ContainerName: row.container,
        Repository: row.repository,
        Tag: row.tag,
        Platform: row.platform,
        Size: row.size,
        LastTagTime: row.named.startsWith("0001-") ? row.created : row.named,
      }));
      io.stdout(`${goJson(shown, "", false)}\n\n`);
      return;
    }
    if (!["table", "pretty", ""].includes(flags.format.toLowerCase())) {
      throw new ComposeError(`format value "${flags.format}" could not be parsed: parsing failed`);
    }
    const lines = rows.map(({ container, repository, tag, platform, id, size, named }) =>
      [
        container,
        repository || "<none>",
        tag || "<none>",
        platform,
        shortId(id),
        humanSize(size, 3),
        ago(later(nanosecondsOf(named), io.now() - longest), io.now()),
      ].join("\t"),
    );
    const head = "CONTAINER\tREPOSITORY\tTAG\tPLATFORM\tIMAGE ID\tSIZE\tCREATED";
    io.stdout(alignColumns(`${[head, ...lines].join("\n")}\n`, { least: 20, padding: 3 }));
  },
});

/** The longest time span that Go has. */
const longest = 2n ** 63n - 1n;
const later = (one: bigint, other: bigint) => (one > other ? one : other);

/** A reference's repository and tag. Compose takes the id of an image for the tag of a repository `sha256`. */
function splitReference(image: string): [string, string] {
  if (/^[0-9a-f]{64}$/.test(image)) return ["", ""];
  const [plain = "", digest] = image.split("@");
  const match = /^(.*?)(?::([^/:]+))?$/.exec(plain);
  const repository = (match?.[1] ?? plain)
    .replace(/^(docker\.io|index\.docker\.io)\//, "")
    .replace(/^library\//, "");
  return [repository, match?.[2] ?? (digest ? "" : "latest")];
}
