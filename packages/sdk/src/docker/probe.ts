import { frameMessage, MessageFrames } from "@dryharbor/kernel/dns-message";
import type { CallOptions } from "../call.js";
import type { DnsAnswer, DnsQuery } from "../dns.js";
import type { Engine } from "../engine.js";
import { EngineError, UsageError } from "../errors.js";
import type { ProcessStream } from "../output.js";
import { createContainer, probeLabel, removeContainer, removedOnFailure } from "../temporary-container.js";
import type { Connection } from "./connection.js";
import { attach } from "./containers.js";
import { answerOf, queryMessage } from "./dns-query.js";

/** What probes are made with. */
export interface ProbeOptions {
  connection: Connection;
  engine: Pick<Engine, "containers" | "images">;
  /** An image with `sh` and `nc`; pulled if it is missing. */
  image: string;
  /** How long an answer may take, in milliseconds. */
  timeout: number;
}

/** Queries and answers by the place that the query has in its list. */
export type Queries = ReadonlyMap<number, DnsQuery>;
export type Answers = Map<number, DnsAnswer>;

const noReply: DnsAnswer = { status: "no-reply", records: [] };

/** Over one connection Docker's DNS server takes 128. */
const most = 100;

// Hands on what comes in to the first name server there is (where none is named, libc's is the local
// host), and hands back what comes from there: DNS messages over TCP, so no tool's text is read.
const script = `
server=127.0.0.1
while read -r key value rest || [ -n "$key" ]; do
  if [ "$key" = nameserver ]; then server=$value; break; fi
done < /etc/resolv.conf
exec nc "$server" 53
`;

/**
 * Asks from inside a container's network namespace, by a container of our own that shares it, and with
 * it resolv.conf. So nothing is needed of the target's image. The probe is removed before this returns,
 * and the engine removes it where this program is killed: its input ends then, and with that its process.
 *
 * Answers at least one query. A server that was silent about one may not have come to those after it.
 */
export async function probe(
  target: string,
  queries: Queries,
  { connection, engine, image, timeout }: ProbeOptions,
  call: CallOptions,
): Promise<Answers> {
  const id = await createProbe(target, image, engine, call);
  return removedOnFailure(engine, id, async () => {
    const process = await attach(connection, id, call, { tty: false, takesInput: true });
    await engine.containers.start(id, call);
    const answers = await ask(process, new Map([...queries].slice(0, most)), timeout);
    await removeContainer(engine, id);
    return answers;
  });
}

async function createProbe(
  target: string,
  image: string,
  engine: ProbeOptions["engine"],
  call: CallOptions,
): Promise<string> {
  const request = {
    Image: image,
    Entrypoint: ["sh", "-c", script],
    Cmd: [],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: true,
    StdinOnce: true,
    Labels: { [probeLabel]: "true" },
    HostConfig: { NetworkMode: `container:${target}`, AutoRemove: true, LogConfig: { Type: "none" } },
  };
  try {
    return await createContainer(engine, request, { ...call, pull: "missing" });
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause;
    throw new UsageError(
      `dns needs the image ${image} on the engine, for the container that it asks from: ${cause.message}. ` +
        "Load it there, or name another one with sh and nc as probeImage",
      { cause },
    );
  }
}

async function ask(process: ProcessStream, queries: Queries, timeout: number): Promise<Answers> {
  const answers: Answers = new Map();
  const frames = new MessageFrames();
  let complaint = "";
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    process.close();
  }, timeout);
  try {
    for (const [id, query] of queries) await process.write(frameMessage(queryMessage(query, id)));
    for await (const { stream, data } of process) {
      if (stream === "stderr") {
        complaint += new TextDecoder().decode(data);
        continue;
      }
      for (const message of frames.push(data)) {
        const id = message[0]! * 0x100 + message[1]!;
        const query = queries.get(id);
        if (!query) continue;
        answers.set(id, answerOf(query, message));
        timer.refresh();
      }
      if (answers.size === queries.size) break;
    }
  } finally {
    clearTimeout(timer);
    process.close();
  }
  // What nc itself has to say is that it cannot connect.
  if (complaint && !complaint.startsWith("nc:")) {
    throw new UsageError(`the probe image needs sh and nc: ${complaint.trim()}`);
  }
  return withSilence(queries, answers, late);
}

/**
 * Says which queries got no answer. Servers may answer in turn, so where there were answers, or the time
 * was up, all that is certain is what stands before the last answer, and the one just after it.
 */
function withSilence(queries: Queries, answers: Answers, late: boolean): Answers {
  const ids = [...queries.keys()];
  const unreachable = answers.size === 0 && !late;
  const certain = unreachable ? ids.length : ids.findLastIndex((id) => answers.has(id)) + 2;
  for (const id of ids.slice(0, certain)) {
    if (!answers.has(id)) answers.set(id, noReply);
  }
  return answers;
}
