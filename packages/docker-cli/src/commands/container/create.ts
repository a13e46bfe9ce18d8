// `docker create`.
import type { ContainerCreateRequest } from "@dryharbor/sdk/port";
import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { messageOf } from "../../command/dispatch.js";
import { CommandError } from "../../command/errors.js";
import { createContainer } from "../../create/create-container.js";
import { creationFlags } from "../../create/flags.js";
import { checkPullPolicy, checkReached, creationRequest } from "../../create/request.js";
import { withAdvice } from "./run-failure.js";

export const containerCreate = command({
  name: "create",
  short: "Create a new container",
  usage: "[OPTIONS] IMAGE [COMMAND] [ARG...]",
  arguments: atLeast(1),
  interspersed: false,
  completes: "image",
  flags: creationFlags,
  async run(call) {
    const { io, flags, release, session } = call;
    let request: ContainerCreateRequest;
    const wrong = (error: unknown) =>
      new CommandError(withAdvice(messageOf(error, session), "create", release), 125);
    try {
      checkPullPolicy(flags.pull, release);
    } catch (error) {
      throw wrong(error);
    }
    await checkReached(call);
    try {
      request = creationRequest(call);
    } catch (error) {
      throw wrong(error);
    }
    io.stdout(`${await createContainer(call, request)}\n`);
  },
});
