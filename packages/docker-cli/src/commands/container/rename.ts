import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { messageOf } from "../../command/dispatch.js";
import { CommandError } from "../../command/errors.js";
import { isIn } from "../../releases.js";

export const containerRename = command({
  name: "rename",
  short: "Rename a container",
  usage: "CONTAINER NEW_NAME",
  arguments: exactly(2),
  completes: "container",
  async run({ engine, io, release, session, arguments: [container = "", name = ""] }) {
    const [from, to] = [container.trim(), name.trim()];
    if (isIn(release, { since: "29" })) {
      try {
        if (from === "") throw new CommandError("invalid container name or ID: value is empty");
        if (/^\/?$/.test(to)) throw new CommandError("new name cannot be blank");
        return await engine.containers.rename(from, to);
      } catch (error) {
        throw new CommandError(`failed to rename container: ${messageOf(error, session)}`);
      }
    }
    if (from === "" || to === "") throw new CommandError("Error: Neither old nor new names may be empty");
    try {
      await engine.containers.rename(from, to);
    } catch (error) {
      io.stderr(`${messageOf(error, session)}\n`);
      throw new CommandError(`Error: failed to rename container named ${from}`);
    }
  },
});
