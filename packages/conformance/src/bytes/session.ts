import { ids } from "../commands/ids.js";
import { wireForks } from "../compare/exclusions.js";
import { symbols } from "../normalise/symbols.js";
import { shown } from "./normalise.js";
import type { WireAnswer, WireRequest } from "./request.js";

/** Sends one request and returns the whole answer. References in the request have been replaced by ids. */
export type Send = (request: WireRequest) => Promise<WireAnswer>;

/**
 * Sends requests one after the other and returns each answer as {@link shown}. Stops at an answer after which
 * the engine's state is a matter of chance.
 */
export async function answers(send: Send, requests: readonly WireRequest[]): Promise<string[]> {
  const known = ids();
  const names = symbols();
  const all: string[] = [];
  const info = await send({ method: "GET", target: "/info", headers: {} });
  names.learnText((JSON.parse(info.body) as { DockerRootDir: string }).DockerRootDir, "data root");
  for (const request of requests) {
    const answer = await send(known.fill(request));
    if (wireForks.some(({ applies }) => applies(answer))) break;
    learn(request, answer);
    all.push(shown(request, answer, names));
  }
  return all;

  function learn({ method, target, body }: WireRequest, answer: WireAnswer): void {
    if (method !== "POST" || answer.status !== 201 || !/\/(create|exec)\b/.test(target)) return;
    const { Id } = JSON.parse(answer.body) as { Id: string };
    const kind = target.includes("/networks/create") ? "network" : "container";
    const named =
      kind === "network" ? /"name": ?"(\w+)"/i.exec(body ?? "")?.[1] : /[?&]name=(\w+)/.exec(target)?.[1];
    const name = target.includes("/exec") ? "exec" : (named ?? "nameless");
    known.learn(kind, name, Id);
    names.learnId(Id, `${kind} ${name}`);
  }
}
