import { int, text, toggle } from "../../command/flags.js";
import { takeDown } from "../actions/down.js";
import { ComposeError } from "../model/error.js";
import { composeCommand } from "./compose-command.js";
import { isYes, projectOrName, timeoutOf } from "./projects.js";

export const down = composeCommand({
  name: "down",
  short: "Stop and remove containers, networks",
  usage: "[OPTIONS] [SERVICES]",
  flags: { "remove-orphans": toggle(), rmi: text(), timeout: int("t"), volumes: toggle("v") },
  async execute(call) {
    const { flags, given, arguments: services, context } = call;
    const { rmi } = flags;
    if (rmi !== "" && rmi !== "all" && rmi !== "local") {
      throw new ComposeError(`invalid value for --rmi: "${rmi}"`);
    }
    const { name, project } = await projectOrName(call, services);
    await context.progress.run("Running", () =>
      takeDown(context, name.toLowerCase(), {
        project,
        services,
        removeOrphans: given.has("remove-orphans")
          ? flags["remove-orphans"]
          : isYes(call.load.environment.get("COMPOSE_REMOVE_ORPHANS")),
        timeout: timeoutOf(call),
        volumes: flags.volumes,
        images: rmi,
      }),
    );
  },
});
