import { atLeast } from "../../command/arguments.js";
import { int, readUint, text } from "../../command/flags.js";
import { findContainer, nameOf } from "../actions/containers.js";
import { ComposeError } from "../model/error.js";
import { composeCommand } from "./compose-command.js";
import { nameOfProject } from "./projects.js";

export const port = composeCommand({
  name: "port",
  short: "Print the public port for a port binding",
  usage: "[OPTIONS] SERVICE PRIVATE_PORT",
  arguments: atLeast(2),
  flags: { index: int(), protocol: text(undefined, { initial: "tcp" }) },
  async execute(call) {
    const { context, flags } = call;
    const [service = "", text = ""] = call.arguments;
    const wanted = privatePort(text);
    const protocol = flags.protocol.toLowerCase();
    const which = { oneOff: "include", all: false } as const;
    const container = await findContainer(
      context,
      (await nameOfProject(call)).toLowerCase(),
      service,
      flags.index,
      which,
    );
    const found = container.Ports.find(
      ({ PrivatePort, Type }) => PrivatePort === wanted && Type === protocol,
    );
    if (!found) {
      const ports = container.Ports.map(({ PublicPort = 0, Type }) => `${PublicPort}/${Type}`).join(", ");
      throw new ComposeError(`no port ${wanted}/${protocol} for container ${nameOf(container)}: ${ports}`);
    }
    context.io.stdout(`${found.IP ?? ""}:${found.PublicPort ?? 0}\n`);
  },
});

/** @throws {ComposeError} no number of a port. */
function privatePort(text: string): number {
  try {
    return readUint(/^0[0-9]/.test(text) ? text.replace(/^0+/, "") : text, 16);
  } catch (error) {
    throw new ComposeError((error as Error).message);
  }
}
