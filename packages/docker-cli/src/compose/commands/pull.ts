import { NotFoundError } from "@dryharbor/sdk/port";
import { text, toggle } from "../../command/flags.js";
import { pullOne } from "../actions/images.js";
import { together } from "../actions/order.js";
import { withSelectedServices } from "../model/select.js";
import { composeCommand } from "./compose-command.js";
import { projectOfFiles } from "./projects.js";

export const pull = composeCommand({
  name: "pull",
  short: "Pull service images",
  usage: "[OPTIONS] [SERVICE...]",
  flags: {
    "ignore-buildable": toggle(),
    "ignore-pull-failures": toggle(),
    "include-deps": toggle(),
    policy: text(),
    quiet: toggle("q"),
  },
  async execute(call) {
    const { arguments: services, context, flags } = call;
    const loaded = await projectOfFiles(call, services);
    const project = flags["include-deps"] ? loaded : withSelectedServices(loaded, services, "nobody");
    const { progress, engine } = context;
    const skip = (id: string, text: string) => progress.step({ id, state: "done", text });
    const isThere = async (image: string) => {
      try {
        await engine.images.inspect(image);
        return true;
      } catch (error) {
        if (error instanceof NotFoundError) return false;
        throw error;
      }
    };
    await progress.run("Pulling", async () => {
      const pulled = new Map<string, string>();
      const acts: (() => Promise<void>)[] = [];
      for (const [name, service] of project.services) {
        const image = service.image ?? "";
        const policy = flags.policy && image ? flags.policy : (service.pull_policy ?? "");
        if (!image) skip(name, "Skipped - No image to be pulled");
        else if (policy === "never" || policy === "build") skip(name, "Skipped");
        else if (policy === "missing" && !/(:latest|^[^:]+)$/.test(image) && (await isThere(image))) {
          skip(name, "Skipped - Image is already present locally");
        } else if (service.build && flags["ignore-buildable"]) skip(name, "Skipped - Image can be built");
        else if (pulled.has(image)) {
          skip(name, `Skipped - Image is already being pulled by ${pulled.get(image)}`);
        } else {
          pulled.set(image, name);
          acts.push(async () => {
            try {
              await pullOne(context, name, service, project, flags.quiet);
            } catch (error) {
              if (!flags["ignore-pull-failures"]) throw error;
            }
          });
        }
      }
      await together(acts);
    });
  },
});
