// The name that an image is to get, checked as docker's client checks it before it asks.
import { CommandError } from "../../command/errors.js";

const component = "[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*";
const host =
  "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*";
const reference = new RegExp(
  `^((?:(?:${host}|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?/)?${component}(?:/${component})*)(?::([\\w][\\w.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$`,
);

/** The repository and tag of a target. @throws {CommandError} it is no reference, or names a digest */
export function checkedTarget(text: string): { repo: string; tag: string } {
  const problem = (why: string) =>
    new CommandError(`Error parsing reference: "${text}" is not a valid repository/tag: ${why}`);
  if (/^[a-f0-9]{64}$/.test(text)) {
    throw problem(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  }
  const match = text.match(reference);
  if (!match) {
    const lower = text.toLowerCase();
    const name = lower.replace(/(?::[\w.-]+)?(?:@.*)?$/, "");
    if (name !== "" && lower !== text && reference.test(lower)) {
      throw problem("invalid reference format: repository name (" + nameOf(text) + ") must be lowercase");
    }
    throw problem("invalid reference format");
  }
  if (match[3] !== undefined) {
    throw new CommandError("refusing to create a tag with a digest reference");
  }
  return { repo: match[1]!, tag: match[2] ?? "latest" };
}

/** The name of a reference, with the folder of official images. */
function nameOf(text: string): string {
  const name = text.replace(/:[\w.-]+$/, "");
  return name.includes("/") ? name : `library/${name}`;
}
