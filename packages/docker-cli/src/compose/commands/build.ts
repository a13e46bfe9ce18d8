import { list, text, toggle } from "../../command/flags.js";
import { bytes } from "../../command/size-flags.js";
import { buildImages } from "../actions/build.js";
import { ComposeError } from "../model/error.js";
import { withSelectedServices } from "../model/select.js";
import { quietProgress } from "../progress/progress.js";
import { composeCommand } from "./compose-command.js";
import { resolvedProject } from "./projects.js";

export const build = composeCommand({
  name: "build",
  short: "Build or rebuild services",
  usage: "[OPTIONS] [SERVICE...]",
  flags: {
    "build-arg": list(undefined, { kind: "stringArray" }),
    builder: text(),
    check: toggle(),
    memory: bytes("m"),
    "no-cache": toggle(),
    print: toggle(),
    provenance: text(),
    pull: toggle(),
    push: toggle(),
    quiet: toggle("q"),
    sbom: text(),
    ssh: text(),
    "with-dependencies": toggle(),
  },
  async execute(call) {
    const { arguments: services, flags } = call;
    if (flags.print)
      throw new ComposeError("--print is not supported here: there is no Bake to write a file for");
    if (flags.push) throw new ComposeError("--push is not supported here: there is no registry to push to");
    const loaded = await resolvedProject(call, services);
    const project = flags["with-dependencies"] ? loaded : withSelectedServices(loaded, services, "nobody");
    const context = flags.quiet ? { ...call.context, progress: quietProgress } : call.context;
    await context.progress.run("Building", () =>
      buildImages(context, project, [...project.services.keys()], {
        noCache: flags["no-cache"],
        pull: flags.pull,
        memory: flags.memory,
        args: flags["build-arg"],
      }),
    );
  },
});
