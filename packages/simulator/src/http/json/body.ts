import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../../core/daemon.js";
import { type Body, read } from "../../engine/request.js";
import { bytesOf } from "../body.js";
import type { HttpRequest } from "../message.js";

/** A JSON body as the engine decodes it. @throws 400 in the engine's words */
export async function decodeBody<T extends object>(
  daemon: Daemon,
  shape: Body<T>,
  { body }: HttpRequest,
): Promise<T> {
  const text = new TextDecoder().decode(await bytesOf(body));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw engineError(400, `${daemon.release.requests.badJson}${(error as Error).message}`);
  }
  return read(daemon, shape, (value ?? {}) as T);
}
