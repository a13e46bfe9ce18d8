import { alignColumns } from "../../format/columns.js";
import { listContainers, nameOf, serviceOf } from "../actions/containers.js";
import { label } from "../actions/labels.js";
import { composeCommand } from "./compose-command.js";
import { nameOfProject } from "./projects.js";

export const top = composeCommand({
  name: "top",
  short: "Display the running processes",
  usage: "[SERVICES...]",
  async execute(call) {
    const { context, arguments: services } = call;
    const name = (await nameOfProject(call)).toLowerCase();
    const found = await listContainers(context, name, { oneOff: "include", all: false });
    const containers = found
      .filter((container) => services.length === 0 || services.includes(serviceOf(container)))
      .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    const titles = ["SERVICE", "#"];
    const rows: Map<string, string>[] = [];
    for (const container of containers) {
      const { Titles, Processes } = await context.engine.containers.top(container.Id);
      for (const title of Titles) if (!titles.includes(title)) titles.push(title);
      for (const process of Processes) {
        const row = new Map(Titles.map((title, at) => [title, process[at] ?? ""]));
        row.set("SERVICE", container.Labels[label.service] ?? nameOf(container));
        row.set("#", container.Labels[label.containerNumber] ?? "");
        rows.push(row);
      }
    }
    if (rows.length === 0) return;
    // The command is as long as it likes, so it comes last.
    const ordered = titles.includes("CMD") ? [...titles.filter((title) => title !== "CMD"), "CMD"] : titles;
    const lines = rows.map((row) => ordered.map((title) => row.get(title) ?? "-").join("\t"));
    context.io.stdout(
      alignColumns(`${[ordered.join("\t"), ...lines].join("\n")}\n`, { least: 4, padding: 2 }),
    );
  },
});
