// Names of images as people write them, and in full.
import { CommandError } from "../command/errors.js";

/** A name of an image. */
export interface ImageReference {
  /** The repository with the registry, such as `docker.io/library/redis`. */
  readonly repository: string;
  /** The repository as people write it, such as `redis`. */
  readonly familiar: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const domainPart = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const domain = `(?:${domainPart}(?:\\.${domainPart})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const whole = new RegExp(
  `^((?:${domain}/)?${component}(?:/${component})*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$`,
);

/** What is wrong with a name of an image. */
export class InvalidReference extends Error {
  override readonly name = "InvalidReference";
}

/** Reads a name of an image. @throws {InvalidReference} in docker's words */
export function readReference(text: string): ImageReference {
  if (/^[0-9a-f]{64}$/.test(text)) {
    throw new InvalidReference(
      `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`,
    );
  }
  const slash = text.indexOf("/");
  const first = slash < 0 ? "" : text.slice(0, slash);
  const hasRegistry =
    slash >= 0 && (/[.:]/.test(first) || first === "localhost" || first.toLowerCase() !== first);
  let registry = hasRegistry ? first : "docker.io";
  let rest = hasRegistry ? text.slice(slash + 1) : text;
  if (registry === "index.docker.io") registry = "docker.io";
  if (registry === "docker.io" && !rest.includes("/")) rest = `library/${rest}`;
  const path = rest.replace(/[:@].*$/s, "");
  if (path !== path.toLowerCase()) {
    throw new InvalidReference(`invalid reference format: repository name (${path}) must be lowercase`);
  }
  const found = whole.exec(`${registry}/${rest}`);
  if (!found) throw new InvalidReference("invalid reference format");
  const [, repository = "", tag, digest] = found;
  if (repository.length > 255) {
    throw new InvalidReference("repository name must not be more than 255 characters");
  }
  const short = registry === "docker.io" ? repository.slice("docker.io/".length) : repository;
  return {
    repository,
    familiar: /^library\/[^/]+$/.test(short) ? short.slice("library/".length) : short,
    tag,
    digest,
  };
}

/** The reference with the tag `latest` where it names neither tag nor digest. */
export function withDefaultTag(reference: ImageReference): ImageReference {
  const isNameOnly = reference.tag === undefined && reference.digest === undefined;
  return isNameOnly ? { ...reference, tag: "latest" } : reference;
}

/** The reference as people write it. */
export function familiarText({ familiar, tag, digest }: ImageReference): string {
  return familiar + suffix(tag, digest);
}

/** The reference in full. */
export function fullText({ repository, tag, digest }: ImageReference): string {
  return repository + suffix(tag, digest);
}

function suffix(tag: string | undefined, digest: string | undefined): string {
  return `${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}

/** As {@link readReference}. @throws {CommandError} */
export function readName(text: string): ImageReference {
  try {
    return readReference(text);
  } catch (error) {
    throw new CommandError((error as Error).message);
  }
}
