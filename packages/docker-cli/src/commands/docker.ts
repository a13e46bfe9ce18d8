// The root of the command tree: `docker`, its own flags, and everything below it.
import { alsoCalled, type Command, group } from "../command/command.js";
import { FlagValueError } from "../command/errors.js";
import { type Flag, list, text, toggle } from "../command/flags.js";
import { isIn } from "../releases.js";
import { compose } from "./compose.js";
import { container, containerCommands } from "./container/container.js";
import { containerLs } from "./container/ls.js";
import { context } from "./context/context.js";
import { image, imageCommands } from "./image/image.js";
import { imageLs } from "./image/ls.js";
import { imageRm } from "./image/rm.js";
import { inspect } from "./inspect.js";
import { manifest } from "./manifest/manifest.js";
import { network } from "./network/network.js";
import { search } from "./search.js";
import { swarmGroups } from "./swarm/swarm.js";
import { systemEvents } from "./system/events.js";
import { systemInfo } from "./system/info.js";
import { login } from "./system/login.js";
import { logout } from "./system/logout.js";
import { system } from "./system/system.js";
import { trust } from "./trust/trust.js";
import { version } from "./version.js";
import { volume } from "./volume/volume.js";

/** The commands of `docker container` and `docker image` that can be called without these words. */
const short: readonly Command[] = [
  ...[...containerCommands, ...imageCommands].map((command) => alsoCalled(command.name, command)),
  alsoCalled("ps", containerLs, { heading: "Common Commands" }),
  alsoCalled("images", imageLs, { heading: "Common Commands" }),
  alsoCalled("rmi", imageRm),
  alsoCalled("events", systemEvents),
  alsoCalled("info", systemInfo, { heading: "Common Commands" }),
];

/** Where the engine is. Since 28.5 the flag itself refuses to come twice. */
const host: Flag<readonly string[]> = {
  ...list("H", { kind: "string" }),
  read(value, before, release) {
    if (before.length > 0 && isIn(release, { since: "28.5" }))
      throw new FlagValueError("specify only one -H");
    return [...before, value];
  },
};

/** The whole command tree. */
export const docker: Command = {
  ...group("docker", "A self-sufficient runtime for containers", [
    ...swarmGroups,
    compose,
    container,
    context,
    image,
    inspect,
    login,
    logout,
    manifest,
    network,
    search,
    system,
    trust,
    version,
    volume,
    ...short,
  ]),
  usage: "[OPTIONS] COMMAND",
  flags: {
    config: text(),
    context: text("c"),
    debug: toggle("D"),
    host,
    "log-level": text("l", { initial: "info" }),
    tls: toggle(),
    tlscacert: text(),
    tlscert: text(),
    tlskey: text(),
    tlsverify: toggle(),
    version: toggle("v"),
  },
};
