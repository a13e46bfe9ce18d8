import { engineError } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import { digestProblem } from "./digest.js";

/** An image reference: a repository with an optional tag and digest. */
export interface Reference {
  /** The repository with its domain, such as `docker.io/library/busybox`. */
  readonly repository: string;
  /** The tag, or an empty text. */
  readonly tag: string;
  /** The digest, such as `sha256:…`, or an empty text. */
  readonly digest: string;
}

const defaultDomain = "docker.io";
const legacyDomain = "index.docker.io";
const officialPrefix = "library/";
const longestName = 255;

const component = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const path = `${component}(?:/${component})*`;
const label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const host = `(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])`;
const tag = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const digest = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
const wholeReference = new RegExp(`^(${host}(?::[0-9]+)?/${path})(?::(${tag}))?(?:@(${digest}))?$`);
const wholeTag = new RegExp(`^${tag}$`);

/**
 * Parses a reference as Docker users write it: `busybox`, `redis:7`, `localhost:5000/web@sha256:…`.
 *
 * @throws 400 with the reason
 */
export function parseReference(release: Release, text: string): Reference {
  const rules = release.images;
  if (/^[a-f0-9]{64}$/.test(text)) {
    throw invalid(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  }
  const [domain, remainder] = splitDomain(release, text);
  const [name = ""] = remainder.split(":");
  if (name.toLowerCase() !== name) throw invalid(rules.uppercaseRepository(name));
  const matched = wholeReference.exec(`${domain}/${remainder}`);
  if (!matched || (domain.startsWith("[") && !rules.ipv6Domains)) {
    throw invalid("invalid reference format");
  }
  const [, repository = "", tag = "", digest = ""] = matched;
  const counted = rules.nameLengthCountsDomain ? repository : repository.slice(domain.length + 1);
  if (counted.length > longestName) {
    throw invalid(`repository name must not be more than ${longestName} characters`);
  }
  const problem = digest === "" ? undefined : digestProblem(digest);
  if (problem !== undefined) throw invalid(problem);
  return { repository, tag, digest };
}

function splitDomain(release: Release, text: string): [domain: string, remainder: string] {
  const slash = text.indexOf("/");
  const first = text.slice(0, Math.max(slash, 0));
  const isDomain =
    /[.:]/.test(first) ||
    first === "localhost" ||
    (release.images.uppercaseIsDomain && first.toLowerCase() !== first);
  let [domain, remainder] = isDomain ? [first, text.slice(slash + 1)] : [defaultDomain, text];
  if (domain === legacyDomain) domain = defaultDomain;
  if (domain === defaultDomain && !remainder.includes("/")) remainder = officialPrefix + remainder;
  return [domain, remainder];
}

/** Returns the reference with this tag. @throws 400 */
export function withTag(reference: Reference, tag: string): Reference {
  if (!wholeTag.test(tag)) throw invalid("invalid tag format");
  return { ...reference, tag };
}

/** Returns the reference with the tag `latest` if it has neither tag nor digest. */
export function withDefaultTag(reference: Reference): Reference {
  return isNameOnly(reference) ? { ...reference, tag: "latest" } : reference;
}

export function isNameOnly({ tag, digest }: Reference): boolean {
  return tag === "" && digest === "";
}

/** Returns the repository as users write it: without the default domain and `library/`. */
export function familiarName({ repository }: Reference): string {
  const path = pathOf(repository);
  if (!repository.startsWith(`${defaultDomain}/`)) return repository;
  const official = path.startsWith(officialPrefix) && path.split("/").length === 2;
  return official ? path.slice(officialPrefix.length) : path;
}

/** Returns the repository without its domain. */
export function pathOf(repository: string): string {
  return repository.slice(repository.indexOf("/") + 1);
}

/** Returns the reference as users write it, such as `busybox:latest`. */
export function familiarString(reference: Reference): string {
  return familiarName(reference) + suffix(reference);
}

/** Returns the whole reference, such as `docker.io/library/busybox:latest`. */
export function canonicalString(reference: Reference): string {
  return reference.repository + suffix(reference);
}

function suffix({ tag, digest }: Reference): string {
  return (tag && `:${tag}`) + (digest && `@${digest}`);
}

function invalid(message: string): Error {
  return engineError(400, message);
}
