import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { toggle } from "../../command/flags.js";

export const networkDisconnect = command({
  name: "disconnect",
  short: "Disconnect a container from a network",
  usage: "[OPTIONS] NETWORK CONTAINER",
  arguments: exactly(2),
  completes: ["network", "container"],
  flags: { force: toggle("f") },
  async run({ engine, flags, arguments: [network = "", container = ""] }) {
    await engine.networks.disconnect(network, { Container: container, Force: flags.force });
  },
});
