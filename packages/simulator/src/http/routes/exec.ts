import { findUsableExec } from "../../core/exec/lifecycle.js";
import { simulatedExec } from "../../engine/exec.js";
import { readTerminalSize, resizeExec } from "../../engine/resize.js";
import { execCreate, execStart } from "../../requests/bodies/exec.js";
import { empty, json } from "../answer.js";
import type { Call } from "../call.js";
import type { HttpResponse } from "../message.js";
import { get, post, type Route, unread } from "../route.js";
import { takeOver } from "../take-over.js";

export const execRoutes: readonly Route[] = [
  post("/containers/{name:.*}/exec", async (call) => {
    const request = await call.body(execCreate);
    return json(await simulatedExec(call.session).create(call.variable("name"), request), 201);
  }),
  get(
    "/exec/{id:.*}/json",
    async (call) => json(await simulatedExec(call.session).inspect(call.variable("id"))),
    unread,
  ),
  post("/exec/{id:.*}/start", start),
  post("/exec/{id:.*}/resize", (call) => {
    const { daemon, session, query } = call;
    const size = readTerminalSize(daemon, { h: query.text("h"), w: query.text("w") });
    resizeExec(session, call.variable("id"), size);
    return empty(200);
  }),
];

async function start(call: Call): Promise<HttpResponse> {
  const { daemon, session } = call;
  const id = call.variable("id");
  const request = await call.body(execStart);
  const { attachStdin: takesInput } = findUsableExec(daemon, id);
  const exec = simulatedExec(session);
  if (request.Detach) {
    await exec.start(id, { Detach: true });
    return empty(200);
  }
  // The exec's creation decided whether the process has a terminal. This `Tty` decides how its output is
  // carried.
  const tty = request.Tty === true;
  const { ConsoleSize } = request;
  return takeOver(call, { tty, takesInput }, (signal) =>
    exec.start(id, ConsoleSize ? { ConsoleSize } : {}, { abortSignal: signal }),
  );
}
