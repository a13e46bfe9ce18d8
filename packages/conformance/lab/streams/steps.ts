import { type Headers, type Step, upgrade } from "./scenario.js";

// Parts of scenarios. Each scenario has one container, `box`.

/** A container that repeats its input. */
export const cat = {
  Image: "busybox",
  Cmd: ["cat"],
  OpenStdin: true,
  AttachStdin: true,
  AttachStdout: true,
  AttachStderr: true,
};
/** A container that ends at once. */
export const quick = { Image: "busybox", Cmd: ["echo", "hi"] };
/** A container that prints nothing and keeps running. */
export const sleep = { Image: "busybox", Cmd: ["sleep", "1000"] };

export const create = (body: object): Step => ({ call: "POST /containers/create?name=box", body });
export const start: Step = { call: "POST /containers/box/start" };
export const running = (body: object): Step[] => [create(body), start];
export const wait: Step = { call: "POST /containers/box/wait" };
export const state: Step = { look: "/containers/box/json", at: ["State.Status", "State.ExitCode"] };

export const everything = "stream=1&stdin=1&stdout=1&stderr=1";

export function attach(open = "one", query = everything, headers = upgrade, version = ""): Step {
  return { open, call: `POST ${version}/containers/box/attach?${query}`, headers };
}

export const exec = (body: object): Step => ({ call: "POST /containers/box/exec", body });
/** An exec that is attached to its output only. */
export const output = { AttachStdout: true, AttachStderr: true };
/** Starts the exec that was created last. */
export function startExec(body: unknown = {}, headers: Headers = upgrade, version = ""): Step {
  return { open: "ex", call: `POST ${version}/exec/{id}/start`, body, headers };
}
export const execState: Step = { look: "/exec/{id}/json", at: ["Running", "ExitCode"] };
