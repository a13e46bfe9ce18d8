import { type ByRelease, cellOf, type ReleaseName } from "@dryharbor/simulator";
import type { Send } from "../../src/bytes/session.js";

/** A request in short: `POST /networks/create`, and a body. An object is sent as JSON, a text as it is. */
type Request = readonly [line: string, body?: object | string];

/** Status and message, for every release or for each. `null` means that the release takes the request. */
type Says = string | ByRelease<string | null>;

/** A request that engines refuse in the {@link world}, with their words. */
export interface Refusal {
  /** Requests that are sent before. What they make is removed afterwards. */
  readonly given?: readonly Request[];
  readonly request: Request;
  /** The content type, `null` for none. Default: JSON if there is a body. */
  readonly type?: string | null;
  readonly says: Says;
  /** Why real engines are not asked in each run. Such a refusal was seen once, by hand. */
  readonly seldom?: string;
}

const sleeper = { Image: "busybox", Cmd: ["sleep", "1000000"] };

/** The networks and containers that refusals are about, in every state. */
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

/** Returns what an engine of a release answers, or `null` if it takes the request. */
export function said({ says }: Refusal, release: ReleaseName): string | null {
  return typeof says === "object" ? cellOf(says, release) : says;
}

/**
 * Sends requests to an empty engine.
 *
 * @returns status and message of each answer, with names in place of ids
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

  /** @returns the requests that remove what was made */
  async function make(requests: readonly Request[]): Promise<Request[]> {
    const undo: Request[] = [];
    for (const request of requests) {
      const { status, body } = await ask(request);
      if (status === 201) undo.unshift(taken(request, body));
    }
    return undo;
  }

  /** @returns the request that removes what a request made */
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
        // If a port is taken in both address families, 28.5 names either.
        .replace("Bind for :::", "Bind for 0.0.0.0:")
    );
  }
}

/** Returns the engine's message: of JSON, or of plain text where a connection was to be taken over. */
function messageOf(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    if (typeof message === "string") return message;
  } catch {
    // The body is plain text.
  }
  return body.trimEnd();
}
