import type { ExecCreateRequest, ExecStartRequest } from "@dryharbor/sdk/port";
import { everyRelease } from "../../core/json/every-release.js";
import { bool, list, pointer, type Shape, struct, text } from "../../core/json/shape.js";
import type { Body } from "../body.js";

const consoleSize = pointer(list({ kind: "uint", type: "uint", bits: 64 }, 2));

export const execCreate: Body<ExecCreateRequest> = {
  reading: "json",
  shape: everyRelease((pick) =>
    struct(
      pick("types.ExecConfig", "types.ExecConfig", "container.ExecOptions", "container.ExecCreateRequest"),
      {
        User: text(),
        Privileged: bool,
        Tty: bool,
        ConsoleSize: pick<Shape | undefined>(undefined, consoleSize, consoleSize),
        AttachStdin: bool,
        AttachStderr: bool,
        AttachStdout: bool,
        Detach: pick<Shape | undefined>(bool, bool, bool, undefined),
        DetachKeys: text(),
        Env: list(text()),
        WorkingDir: text(),
        Cmd: list(text()),
      },
    ),
  ),
};

export const execStart: Body<ExecStartRequest> = {
  reading: "json",
  shape: everyRelease((pick) =>
    struct(
      pick(
        "types.ExecStartCheck",
        "types.ExecStartCheck",
        "container.ExecStartOptions",
        "container.ExecStartRequest",
      ),
      {
        Detach: bool,
        Tty: bool,
        ConsoleSize: pick<Shape | undefined>(undefined, consoleSize, consoleSize),
      },
    ),
  ),
};
