import { atLeast } from "../../command/arguments.js";
import { toggle } from "../../command/flags.js";
import { bringUp } from "../actions/up.js";
import { ComposeError } from "../model/error.js";
import { withSelectedServices } from "../model/select.js";
import { composeCommand } from "./compose-command.js";
import { setScale } from "./create-flags.js";
import { resolvedProject } from "./projects.js";

export const scale = composeCommand({
  name: "scale",
  short: "Scale services ",
  usage: "[SERVICE=REPLICAS...]",
  arguments: atLeast(1),
  flags: { "no-deps": toggle() },
  async execute(call) {
    const wanted = new Map(call.arguments.map(replicasOf));
    const names = [...wanted.keys()].sort();
    let project = await resolvedProject(call, names);
    if (call.flags["no-deps"]) project = withSelectedServices(project, names, "nobody");
    const services = new Map(project.services);
    for (const [name, replicas] of wanted) setScale(services, name, replicas);
    await bringUp(call.context, { ...project, services }, { services: names }, {});
  },
});

/** @throws {ComposeError} it is not `service=number`. */
function replicasOf(argument: string): [string, number] {
  const at = argument.indexOf("=");
  const [name, text] = [argument.slice(0, Math.max(0, at)), argument.slice(at + 1)];
  if (at < 0 || name === "" || text === "") throw new ComposeError(`invalid scale specifier: ${argument}`);
  if (!/^[-+]?[0-9]+$/.test(text)) {
    throw new ComposeError(`invalid scale specifier: can't parse replica value as int: ${argument}`);
  }
  return [name, Number(text)];
}
