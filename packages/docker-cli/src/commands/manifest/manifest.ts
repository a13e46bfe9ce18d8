// `docker manifest`: lists of manifests, which are of registries. None is made here without one, so there are none to
// annotate, push or remove.
import { atLeast, between, exactly } from "../../command/arguments.js";
import { command, group } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { list, text, toggle } from "../../command/flags.js";
import { fullText, type ImageReference, readName, withDefaultTag } from "../../references/reference.js";
import type { Release } from "../../releases.js";

const annotate = command({
  name: "annotate",
  short: "Add additional information to a local image manifest",
  usage: "[OPTIONS] MANIFEST_LIST MANIFEST",
  arguments: exactly(2),
  flags: {
    arch: text(),
    os: text(),
    "os-features": list(undefined, { kind: "strings" }),
    "os-version": text(),
    variant: text(),
  },
  async run({ release, arguments: [whole = "", part = ""] }) {
    named(whole, release, "annotate: error parsing name for manifest list");
    named(part, release, "annotate: error parsing name for manifest");
    throw new CommandError(`manifest for image ${part} does not exist in ${whole}`);
  },
});

const create = command({
  name: "create",
  short: "Create a local manifest list for annotating and pushing to a registry",
  usage: "MANIFEST_LIST MANIFEST [MANIFEST...]",
  arguments: atLeast(2),
  flags: { amend: toggle("a"), insecure: toggle() },
  async run({ release, arguments: [whole = "", ...parts] }) {
    named(whole, release, "error parsing name for manifest list");
    for (const part of parts) readName(part, release);
    throw withoutRegistry(parts[0]!);
  },
});

const inspect = command({
  name: "inspect",
  short: "Display an image manifest, or manifest list",
  usage: "[OPTIONS] [MANIFEST_LIST] MANIFEST",
  arguments: between(1, 2),
  flags: { insecure: toggle(), verbose: toggle("v") },
  async run({ release, arguments: names }) {
    const [first, last] = names.map((name) => readName(name, release));
    throw last ? noManifest(last) : withoutRegistry(first!.familiar);
  },
});

const push = command({
  name: "push",
  short: "Push a manifest list to a repository",
  usage: "[OPTIONS] MANIFEST_LIST",
  arguments: exactly(1),
  flags: { insecure: toggle(), purge: toggle("p") },
  async run({ release, arguments: [name = ""] }) {
    throw noManifest(readName(name, release));
  },
});

const rm = command({
  name: "rm",
  short: "Delete one or more manifest lists from local storage",
  usage: "MANIFEST_LIST [MANIFEST_LIST...]",
  arguments: atLeast(1),
  async run({ release, arguments: names }) {
    const found = names.map((name) => {
      try {
        return noManifest(readName(name, release)).message;
      } catch (error) {
        if (error instanceof CommandError) return error.message;
        throw error;
      }
    });
    throw new CommandError(found.join("\n"));
  },
});

export const manifest = group(
  "manifest",
  "Manage Docker image manifests and manifest lists",
  [annotate, create, inspect, push, rm],
  { heading: "Management Commands", usage: "COMMAND" },
);

/** Checks a name. @param what stands before what is wrong */
function named(name: string, release: Release, what: string): void {
  try {
    readName(name, release);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(`${what} ${name}: ${error.message}`);
  }
}

function noManifest(reference: ImageReference): CommandError {
  return new CommandError(`No such manifest: ${fullText(withDefaultTag(reference))}`);
}

function withoutRegistry(name: string): CommandError {
  return new CommandError(
    `the manifest of ${name} is in a registry, and no registry can be asked from here: docker image inspect shows what this engine has of an image`,
  );
}
