// Durability: an answer over HTTP is sent only when the changes that it tells of are on the disk.
// `stored-simulator.ts` puts these around a simulator.

import { json } from "../../http/answer.js";
import type { Handle } from "../../http/handle.js";
import type { HttpResponse, RawConnection } from "../../http/message.js";
import type { StateFollower } from "../../snapshot/follow.js";
import type { StateFile } from "./state-file.js";

/** Writes changes to the disk. Changes that come during a write go together in the next one. */
export class DurableState {
  readonly #follower: StateFollower;
  readonly #file: StateFile;
  readonly #failed: (error: Error) => void;
  #failure: Error | undefined;
  #ended = false;
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** @param failed - called once, when a write fails. After that nothing is acknowledged any more. */
  constructor(follower: StateFollower, file: StateFile, failed: (error: Error) => void) {
    this.#follower = follower;
    this.#file = file;
    this.#failed = failed;
  }

  /**
   * Resolves when all changes until now are on the disk.
   * @throws {Error} they could not be written
   */
  commit(): Promise<void> {
    this.#next ??= this.#writeNext();
    return this.#next;
  }

  /** Ends: what has changed until now is written, and nothing after it. */
  async end(): Promise<void> {
    await this.commit();
    this.#ended = true;
    await this.#writing;
    this.#follower.end();
  }

  async #writeNext(): Promise<void> {
    await this.#writing;
    this.#next = undefined;
    if (this.#failure) throw this.#failure;
    if (this.#ended) return;
    const change = this.#follower.changes();
    if (change === undefined) return;
    this.#writing = this.#write(change);
    try {
      await this.#writing;
    } finally {
      this.#writing = undefined;
    }
  }

  async #write(change: string): Promise<void> {
    try {
      if (this.#file.hasGrown) await this.#file.rewrite(this.#follower.whole());
      else await this.#file.append(change);
    } catch (error) {
      this.#failure = error as Error;
      this.#failed(this.#failure);
      throw error;
    }
  }
}

/** Holds back each answer until the changes that it tells of are on the disk. */
export function durableHandle(handle: Handle, state: DurableState): Handle {
  return async (request) => {
    const response = await handle(request);
    try {
      await state.commit();
    } catch (error) {
      return json({ message: `the state could not be stored: ${(error as Error).message}` }, 500);
    }
    return durableResponse(response, state);
  };
}

function durableResponse(response: HttpResponse, state: DurableState): HttpResponse {
  const { body, takeOver } = response;
  if (takeOver)
    return { ...response, takeOver: (connection) => takeOver(durableConnection(connection, state)) };
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) return response;
  return { ...response, body: durableBody(body, state) };
}

async function* durableBody(body: AsyncIterable<Uint8Array>, state: DurableState): AsyncIterable<Uint8Array> {
  for await (const piece of body) {
    await state.commit();
    yield piece;
  }
  await state.commit();
}

/**
 * Holds back the end of a taken-over stream, which tells that a process has ended. Its output is no change of
 * the state.
 */
function durableConnection(connection: RawConnection, state: DurableState): RawConnection {
  return {
    input: connection.input,
    signal: connection.signal,
    write: (data) => connection.write(data),
    drained: () => connection.drained(),
    end() {
      const end = (): void => connection.end();
      state.commit().then(end, end);
    },
  };
}
