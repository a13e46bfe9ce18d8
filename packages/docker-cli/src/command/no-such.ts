// Up to 20.10 the docker command words some refusals itself.
import { NotFoundError } from "@dryharbor/sdk/port";
import type { Release } from "../releases.js";
import { CommandError } from "./errors.js";

/**
 * Makes a call about one object. Where the engine does not have it, the command of 20.10 says so in its own words.
 *
 * @param kind what it is, e.g. `network`
 */
export async function asking<T>(
  release: Release,
  kind: string,
  name: string,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (release.name === "20.10" && error instanceof NotFoundError) {
      throw new NoSuchError(`Error: No such ${kind}: ${name}`);
    }
    throw error;
  }
}

/** The error of 20.10's command for something that is not there. */
export class NoSuchError extends CommandError {}

/** Whether an error says that something is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof NotFoundError || error instanceof NoSuchError;
}
