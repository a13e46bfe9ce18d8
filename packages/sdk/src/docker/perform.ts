import { readableStream } from "../bytes.js";
import type { Answer as AnswerKind, AnyCall } from "../calls/call.js";
import { type CallGroups, calls } from "../calls/calls.js";
import { BuildCommandError, engineError } from "../errors.js";
import type { ProgressOptions } from "../images.js";
import { type Answer, type Connection, notModified, type Request } from "./connection.js";
import { jsonLines } from "./lines.js";
import { requestOf } from "./request.js";

/** What is read in the same way whatever the call is. The others need to know more of what they are about. */
type PlainKind = Exclude<AnswerKind["kind"], "output" | "connection">;

/** The methods of a group whose answers are plain. */
type Plain<Group extends keyof CallGroups> = {
  [Name in keyof (typeof calls)[Group] as (typeof calls)[Group][Name] extends {
    answer: { kind: PlainKind };
  }
    ? Name
    : never]: Name extends keyof CallGroups[Group] ? CallGroups[Group][Name] : never;
};

/** The methods of a group, made of its declarations, but for those whose answer is a process's output. */
export function performed<Group extends keyof CallGroups>(
  connection: Connection,
  group: Group,
): Plain<Group> {
  const methods = Object.entries<AnyCall>(calls[group]).map(([name, call]) => [
    name,
    (...parameters: readonly unknown[]) => perform(connection, call, parameters),
  ]);
  return Object.fromEntries(methods) as Plain<Group>;
}

/** One declared call: the request, and its answer read as its kind is. */
async function perform(
  connection: Connection,
  call: AnyCall,
  parameters: readonly unknown[],
): Promise<unknown> {
  const request = requestOf(call, parameters);
  switch (call.answer.kind) {
    case "json":
      return connection.json(request);
    case "nothing":
      await connection.head(request);
      return undefined;
    case "changed":
      return (await connection.head(request)).status !== notModified;
    case "headers":
      return call.answer.read(headerOf(await headOf(connection, request)));
    case "bytes":
      return streamOf(await connection.stream(request));
    case "archive": {
      const answer = await connection.stream(request);
      return { stat: call.answer.read(headerOf(answer)), archive: streamOf(answer) };
    }
    case "lines":
      return jsonLines((await connection.stream(request)).body);
    case "progress": {
      const options = parameters[call.arguments?.length ?? 0] as ProgressOptions<object> | undefined;
      return followed(await connection.stream(request), options?.onProgress);
    }
    default:
      throw new TypeError(`${call.route} has an answer that its driver reads itself`);
  }
}

function streamOf({ body, close }: Answer): ReadableStream<Uint8Array> {
  return readableStream(body, close);
}

/** An answer that is its headers. To a `HEAD`, engines do not say why they refuse; so they are asked by `GET`. */
async function headOf(connection: Connection, request: Request): Promise<Pick<Answer, "headers">> {
  try {
    return await connection.head(request);
  } catch (error) {
    if (request.method !== "HEAD") throw error;
    const answer = await connection.stream({ ...request, method: "GET" });
    answer.close();
    throw error;
  }
}

function headerOf({ headers }: Pick<Answer, "headers">): (name: string) => string {
  return (name) => String(headers[name] ?? "");
}

/** The last line of work that failed after it had begun. */
interface Failure {
  readonly error: string;
  readonly errorDetail?: { readonly code?: number };
}

/** A code below those of HTTP is one with which a command has ended. */
function failureOf({ error, errorDetail }: Failure): Error {
  const code = errorDetail?.code || 500;
  return code < 400 ? new BuildCommandError(error, code) : engineError(code, error);
}

async function followed(answer: Answer, onProgress: ((step: object) => void) | undefined): Promise<void> {
  for await (const line of jsonLines<object | Failure>(answer.body)) {
    if ("error" in line) throw failureOf(line);
    onProgress?.(line);
  }
}
