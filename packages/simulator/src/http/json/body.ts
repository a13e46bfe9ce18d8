import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../../core/daemon.js";
import type { Shape } from "../../core/json/shape.js";
import { receive } from "../../engine/received.js";
import { type Body, readBody } from "../../requests/body.js";
import { parseMediaType } from "../media-type.js";
import type { HttpRequest } from "../message.js";

/** Decodes a JSON body as the engine does. @throws {EngineError} with the engine's message */
export async function decodeBody<T>({ release }: Daemon, body: Body<T>, request: HttpRequest): Promise<T> {
  const { checksType, mayBeMissing } = release.requests.bodies[body.reading];
  const { length } = request.body;
  if (checksType) checkType(release.requests.notJson, request.headers["content-type"] ?? "", length);
  if (mayBeMissing && length === 0) return readBody(release, body, nothing(body.shape[release.name]));
  const { bytes, broken } = await receive(request.body, mostBytes, tooLong);
  return readBody(release, body, bytes, broken);
}

/** A limit of the simulator's own. The engine takes as much as its memory holds. */
const mostBytes = 64 * 2 ** 20;

function tooLong(): Error {
  return engineError(413, "the JSON of a request is longer than the 64 MiB that the simulator takes");
}

/** Returns an empty value of this shape. */
function nothing({ kind }: Shape): Uint8Array {
  return new TextEncoder().encode(kind === "list" ? "[]" : "{}");
}

/** Checks the header Content-Type. @throws {EngineError} 400 */
function checkType(
  message: (given: string, problem: string | undefined) => string,
  given: string,
  length: number,
): void {
  if (given === "" && length === 0) return;
  const parsed = parseMediaType(given);
  if ("problem" in parsed) throw engineError(400, message(given, parsed.problem));
  if (parsed.type !== "application/json") throw engineError(400, message(given, undefined));
}
