// What a name fault does to a question.

import { responseCodes } from "@dryharbor/kernel/dns-message";
import type { Container } from "../../core/containers/container.js";
import type { Daemon } from "../../core/daemon.js";
import type { Question } from "../../core/dns/question.js";
import type { StruckName } from "../../core/faults.js";
import { namespaceOwner } from "../../core/files/namespace-owner.js";
import type { NameFault } from "../fault.js";

/** Returns whether a fault is about a question. */
export function isAsked(
  daemon: Daemon,
  { name, asker }: NameFault,
  who: Container,
  { name: asked }: Question,
): boolean {
  const is = (container: Container): boolean => container.name === asker || container.id === asker;
  if (asker !== undefined && !is(who) && !is(namespaceOwner(daemon, who))) return false;
  return name === "*" || plain(name) === plain(asked);
}

/** Returns a name as names are compared: without regard to case, and without the dot at its end. */
function plain(name: string): string {
  return name.replace(/\.$/, "").toLowerCase();
}

const codes = {
  SERVFAIL: responseCodes.serverFailure,
  NXDOMAIN: responseCodes.noSuchName,
  REFUSED: responseCodes.refused,
};

/** Returns what a fault that strikes makes of a question. */
export function struckName({ answer, late = 0 }: NameFault): StruckName {
  if (answer === undefined || answer === "silence") return { reply: answer, late };
  return { reply: { code: codes[answer], answers: [] }, late };
}
