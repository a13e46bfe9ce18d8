import type { ContainerUpdateRequest } from "@dryharbor/sdk/port";
import type { Act } from "./stop-case.js";

/** Attaches to input and output, and keeps the connection. */
export const attach: Act = async ({ engine, id, streams }) => {
  const stream = await engine.containers.attach(id, { stream: true, stdin: true, stdout: true });
  streams.push(stream);
  // Somebody reads what comes, so that the process never waits for a reader.
  void (async () => {
    for await (const _ of stream);
  })().catch(() => {});
};

/** Attaches to output, and never reads it. */
export const attachUnread: Act = async ({ engine, id, streams }) => {
  streams.push(await engine.containers.attach(id, { stream: true, stdout: true }));
};

export const types =
  (text: string): Act =>
  async ({ streams }) => {
    for (const stream of streams) await stream.write(text);
  };

/** Ends the input of every client. */
export const endsInput: Act = async ({ streams }) => {
  for (const stream of streams) await stream.end();
};

/** Every client leaves. */
export const leaves: Act = async ({ streams }) => {
  for (const stream of streams) stream.close();
};

/** Runs a script by a detached exec. */
export const execs =
  (script: string): Act =>
  async ({ engine, id, execs }) => {
    const { Id } = await engine.exec.create(id, { Cmd: ["sh", "-c", script] });
    execs.push(Id);
    await engine.exec.start(Id, { Detach: true });
  };

export const kills =
  (signal: string): Act =>
  ({ engine, id }) =>
    engine.containers.kill(id, { signal });

export const pauses: Act = ({ engine, id }) => engine.containers.pause(id);
export const unpauses: Act = ({ engine, id }) => engine.containers.unpause(id);
export const starts: Act = ({ engine, id }) => engine.containers.start(id);
export const removes: Act = ({ engine, id }) => engine.containers.remove(id, { force: true });

export const stops =
  (t: number): Act =>
  ({ engine, id }) =>
    engine.containers.stop(id, { t });

export const restarts =
  (t: number): Act =>
  ({ engine, id }) =>
    engine.containers.restart(id, { t });

export const updates =
  (request: ContainerUpdateRequest): Act =>
  ({ engine, id }) =>
    engine.containers.update(id, request);
