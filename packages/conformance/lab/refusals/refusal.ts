import type { ReleaseName } from "@dryharbor/simulator";
import type { Send } from "../../src/bytes/session.js";

/** A request as one can read it: `POST /networks/create`, and a body, which goes as JSON unless it is a text. */
type Request = readonly [line: string, body?: object | string];

/** What every release answers, or each of them: status and message. `null`: that release takes the request. */
type Says = string | Readonly<Record<ReleaseName, string | null>>;

/** A request that engines refuse in the {@link world}, and their words. */
export interface Refusal {
  /** What has to be there beside the world. It is taken away again. */
  readonly given?: readonly Request[];
  readonly request: Request;
  /** The content type, `null` for none. Default: JSON, where there is a body. */
  readonly type?: string | null;
  readonly says: Says;
  /** Why real engines are not asked each time: seen once, by hand. */
  readonly seldom?: string;
}

const sleeper = { Image: "busybox", Cmd: ["sleep", "1000000"] };

/** Networks and containers in every state that refusals are about. */
const world: readonly Request[] = [
  ["POST /networks/create", { Name: "alpha" }],
  ["POST /networks/create", { Name: "fixed", IPAM: { Config: [{ Subnet: "10.60.0.0/24" }] } }],
  ["POST /networks/create", { Name: "full", IPAM: { Config: [{ Subnet: "10.61.0.0/30" }] } }],
  ["POST /networks/create", { Name: "named", Options: { "com.docker.network.bridge.name": "br-foo" } }],
  ["POST /networks/create", { Name: "template", ConfigOnly: true }],
  ["POST /networks/create", { Name: "instance", ConfigFrom: { Network: "template" } }],
  ["POST /containers/create?name=created", { ...sleeper, HostConfig: { NetworkMode: "alpha" } }],
  ["POST /containers/create?name=running", { ...sleeper, HostConfig: { NetworkMode: "alpha" } }],
  ["POST /containers/running/start"],
  ["POST /containers/create?name=paused", { ...sleeper, HostConfig: { NetworkMode: "full" } }],
  ["POST /containers/paused/start"],
  ["POST /containers/paused/pause"],
  ["POST /containers/create?name=exited", { ...sleeper, HostConfig: { NetworkMode: "alpha" } }],
  ["POST /containers/exited/start"],
  ["POST /containers/exited/kill"],
  ["POST /containers/exited/wait"],
  ["POST /containers/create?name=hosted", { ...sleeper, HostConfig: { NetworkMode: "host" } }],
  ["POST /containers/hosted/start"],
  ["POST /containers/create?name=private", { ...sleeper, HostConfig: { NetworkMode: "none" } }],
  ["POST /containers/private/start"],
  ["POST /containers/create?name=guest", { ...sleeper, HostConfig: { NetworkMode: "container:running" } }],
  ["POST /containers/guest/start"],
];

/** What an engine of a release answers to a refusal's request; `null` where it takes it. */
export function said({ says }: Refusal, release: ReleaseName): string | null {
  return typeof says === "object" ? says[release] : says;
}

/**
 * Sends requests to an engine that is empty.
 *
 * @returns status and message of each answer, with names for ids
 */
export async function outcomes(send: Send, refusals: readonly Refusal[]): Promise<string[]> {
  const ids = new Map<string, string>();
  const undoing = await make(world);
  const all: string[] = [];
  for (const { given = [], request, type } of refusals) {
    const undo = await make(given);
    const { status, body } = await ask(request, type);
    all.push(`${status} ${named(messageOf(body))}`);
    if (status === 201) undo.unshift(taken(request, body));
    await takeAway(undo);
  }
  await takeAway(undoing);
  return all;

  function ask([line, body]: Request, type?: string | null) {
    const [method = "", target = ""] = line.split(" ");
    const text = typeof body === "object" ? JSON.stringify(body) : body;
    const contentType = type === undefined && text !== undefined ? "application/json" : type;
    return send({
      method,
      target,
      headers: contentType ? { "Content-Type": contentType } : {},
      ...(text !== undefined && { body: text }),
    });
  }

  /** @returns what takes it away */
  async function make(requests: readonly Request[]): Promise<Request[]> {
    const undo: Request[] = [];
    for (const request of requests) {
      const { status, body } = await ask(request);
      if (status === 201) undo.unshift(taken(request, body));
    }
    return undo;
  }

  /** @returns what takes away what was made */
  function taken([line, asked]: Request, body: string): Request {
    const { Id } = JSON.parse(body) as { Id: string };
    const name = /[?&]name=(\w+)/.exec(line)?.[1] ?? (asked as { Name?: string }).Name ?? "nameless";
    ids.set(Id, name);
    return [line.includes("/networks/") ? `DELETE /networks/${Id}` : `DELETE /containers/${Id}?force=1`];
  }

  async function takeAway(undo: readonly Request[]): Promise<void> {
    for (const request of undo) await ask(request);
  }

  function named(text: string): string {
    let result = text;
    for (const [id, name] of ids) {
      result = result.replaceAll(id, `<${name}>`).replaceAll(id.slice(0, 12), `<${name}, short>`);
    }
    return (
      result
        .replace(/\b[0-9a-f]{64}\b/g, "<id>")
        .replace(/\b[0-9a-f]{12}\b/g, "<short id>")
        .replace(/\bveth[0-9a-f]{7}\b/g, "<veth>")
        .replace(/\bIfindex: \d+/, "Ifindex: <n>")
        // Of a port that is taken in both families, 28.5 tells of either.
        .replace("Bind for :::", "Bind for 0.0.0.0:")
    );
  }
}

/** The engine's words: JSON, or plain text where a connection was to be taken over. */
function messageOf(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    if (typeof message === "string") return message;
  } catch {
    // Plain text.
  }
  return body.trimEnd();
}
