// Whether a fault matches a call.

import type { Daemon } from "../../core/daemon.js";
import type { CallFault, CallMatch } from "../fault.js";
import { isRecord } from "../fields.js";
import { anonymous, containerOf, labelsOf, networkOf, type Subject } from "./subject.js";

/** Returns whether a fault is about calls of this kind, whatever they are given. */
export function isAbout({ call, route }: CallFault, subject: Pick<Subject, "call" | "route">): boolean {
  if (call !== undefined) return call === subject.call;
  return subject.route !== undefined && anonymous(route!) === anonymous(subject.route);
}

/** Returns whether a fault has to know the body of a request. */
export function asksForBody({ where }: CallFault): boolean {
  return where !== undefined && Object.keys(where).some((field) => field !== "path" && field !== "query");
}

/** Returns whether a call is one of those that a fault wants. */
export function matches(daemon: Daemon, where: CallMatch | undefined, subject: Subject): boolean {
  if (!where) return true;
  const { arguments: given = [], path = {}, query = {}, container, network, labels } = where;
  return (
    given.every((wanted, at) => wanted === null || isWithin(wanted, subject.arguments[at])) &&
    Object.entries(path).every(([name, wanted]) => subject.path[name] === wanted) &&
    Object.entries(query).every(([name, wanted]) => isSameText(wanted, subject.query[name])) &&
    (container === undefined || isNamed(container, containerOf(daemon, subject))) &&
    (network === undefined || isNamed(network, networkOf(daemon, subject))) &&
    (labels === undefined || labelsOf(daemon, subject).some((own) => isWithin(labels, own)))
  );
}

function isNamed(wanted: string, found: { readonly id: string; readonly name: string } | undefined): boolean {
  return found !== undefined && wanted !== "" && (found.name === wanted || found.id === wanted);
}

/** Returns whether a value has all that is wanted. Objects may have more fields. */
function isWithin(wanted: unknown, value: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(value) &&
      wanted.length === value.length &&
      wanted.every((each, at) => isWithin(each, value[at]))
    );
  }
  if (isRecord(wanted)) {
    return isRecord(value) && Object.entries(wanted).every(([name, each]) => isWithin(each, value[name]));
  }
  return wanted === value;
}

/** The engine takes several words for one truth value, and clients send any of them. */
function isSameText(wanted: string, value: string | undefined): boolean {
  return value !== undefined && (wanted === value || (truth[wanted] ?? wanted) === (truth[value] ?? value));
}

const truth: Readonly<Record<string, string>> = { "1": "true", True: "true", "0": "false", False: "false" };
