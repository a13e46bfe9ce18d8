// The root of the command tree: `docker`, its own flags, and everything below it.
import { type Command, group } from "../command/command.js";
import { list, text, toggle } from "../command/flags.js";
import { network } from "./network/network.js";
import { version } from "./version.js";

/** The whole command tree. */
export const docker: Command = {
  ...group("docker", "A self-sufficient runtime for containers", [network, version]),
  usage: "[OPTIONS] COMMAND",
  flags: {
    config: text(),
    context: text("c"),
    debug: toggle("D"),
    host: list("H", { kind: "string" }),
    "log-level": text("l", { initial: "info" }),
    tls: toggle(),
    tlscacert: text(),
    tlscert: text(),
    tlskey: text(),
    tlsverify: toggle(),
    version: toggle("v"),
  },
};
