// `docker trust`: signatures of images. They are kept by a notary server, and there is none here: so nothing is signed,
// and docker says what it says without one.

import { FileError } from "@dryharbor/kernel";
import { atLeast, exactly } from "../../command/arguments.js";
import { type Call, command, group } from "../../command/command.js";
import { confirm } from "../../command/confirm.js";
import { CommandError } from "../../command/errors.js";
import { list, text, toggle } from "../../command/flags.js";
import { localPath } from "../../copy/paths.js";
import { type ImageReference, readName } from "../../references/reference.js";
import { isIn } from "../../releases.js";

const noServer = "there is no notary server here";

/** Newer commands say first that Docker gives signatures up. */
function warnOfRetiring({ io, release }: Pick<Call, "io" | "release">): void {
  if (isIn(release, { until: "28.5" })) return;
  io.stderr(
    "WARNING: Docker is retiring DCT for Docker Official Images (DOI).\n" +
      "         For details, refer to https://docs.docker.com/go/dct-deprecation/\n\n",
  );
}

const inspect = command({
  name: "inspect",
  short: "Return low-level information about keys and signatures",
  usage: "IMAGE[:TAG] [IMAGE[:TAG]...]",
  arguments: atLeast(1),
  flags: { pretty: toggle() },
  async run(call) {
    const { io, flags, release, arguments: names } = call;
    const problems: string[] = [];
    for (const name of names) {
      try {
        readName(name, release);
        warnOfRetiring(call);
        problems.push(`${release.name === "20.10" ? "No" : "no"} signatures or cannot access ${name}`);
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        problems.push(error.message);
      }
      if (flags.pretty) break;
    }
    if (!flags.pretty) io.stdout("[]\n");
    throw new CommandError(problems.join("\n"));
  },
});

const revoke = command({
  name: "revoke",
  short: "Remove trust for an image",
  usage: "[OPTIONS] IMAGE[:TAG]",
  arguments: exactly(1),
  flags: { yes: toggle("y") },
  async run(call) {
    const {
      io,
      flags,
      release,
      arguments: [name = ""],
    } = call;
    const reference = withoutDigest(readName(name, release));
    const isNewest = isIn(release, { since: "28.5" });
    if (reference.tag === undefined && !flags.yes) {
      const please = isNewest ? "Confirm" : "Please confirm";
      const question = `${please} you would like to delete all signature data for ${name}?`;
      if (!(await confirm(io, question))) {
        if (release.name === "20.10") io.stdout("\nAborting action.\n");
        return;
      }
    }
    warnOfRetiring(call);
    throw new CommandError(`could not remove signature for ${name}: ${noServer}`);
  },
});

const sign = command({
  name: "sign",
  short: "Sign an image",
  usage: "IMAGE:TAG",
  arguments: exactly(1),
  flags: { local: toggle() },
  async run(call) {
    const {
      release,
      arguments: [name = ""],
    } = call;
    if (withoutDigest(readName(name, release)).tag === undefined) {
      throw new CommandError(`${release.name === "20.10" ? "No" : "no"} tag specified for ${name}`);
    }
    warnOfRetiring(call);
    throw new CommandError(`Error: error contacting notary server: ${noServer}`);
  },
});

const generate = command({
  name: "generate",
  short: "Generate and load a signing key-pair",
  usage: "NAME",
  arguments: exactly(1),
  flags: { dir: text() },
  async run({ io, arguments: [name = ""] }) {
    if (!/^[a-z0-9][a-z0-9_-]*$/.test(name)) {
      throw new CommandError(
        `key name "${name}" must start with lowercase alphanumeric characters and can include "-" or "_" after the first character`,
      );
    }
    io.stdout(`Generating key for ${name}...\n`);
    throw new CommandError(`failed to generate key for ${name}: ${noServer}, and no image can be signed`);
  },
});

const load = command({
  name: "load",
  short: "Load a private key file for signing",
  usage: "[OPTIONS] KEYFILE",
  arguments: exactly(1),
  flags: { name: text(undefined, { initial: "signer" }) },
  async run({ io, arguments: [path = ""] }) {
    io.stdout(`Loading key from "${path}"...\n`);
    const refused = (why: string) => new CommandError(`refusing to load key from ${path}: ${why}`);
    const place = localPath(path, io.cwd);
    if (!io.files.exists(place)) throw refused(`stat ${path}: no such file or directory`);
    if ((io.files.stat(place).mode & 0o077) !== 0) {
      throw refused(`private key file ${path} must not be readable or writable by others`);
    }
    throw refused(`${noServer}, and no image can be signed`);
  },
});

const add = command({
  name: "add",
  short: "Add a signer",
  usage: "OPTIONS NAME REPOSITORY [REPOSITORY...] ",
  arguments: atLeast(2),
  flags: { key: list() },
  async run(call) {
    const {
      io,
      flags,
      arguments: [name = "", ...repositories],
    } = call;
    if (!/^[a-z0-9][a-z0-9_-]*$/.test(name)) {
      throw new CommandError(
        `signer name "${name}" must start with lowercase alphanumeric characters and can include "-" or "_" after the first character`,
      );
    }
    if (name === "releases") {
      const please = isIn(call.release, { since: "28.5" }) ? "" : "please ";
      throw new CommandError(`releases is a reserved keyword, ${please}use a different signer name`);
    }
    if (flags.key.length === 0) {
      throw new CommandError("path to a public key must be provided using the `--key` flag");
    }
    for (const path of flags.key) {
      const text = readKey(call as Call, path);
      if (!/-----BEGIN (PUBLIC KEY|CERTIFICATE)-----/.test(text)) {
        throw new CommandError(`could not parse public key from file: ${path}: no valid public key found`);
      }
    }
    for (const repository of repositories) io.stdout(`Adding signer "${name}" to ${repository}...\n`);
    throw new CommandError(`failed to add signer to: ${repositories.join(", ")}: ${noServer}`);
  },
});

const remove = command({
  name: "remove",
  short: "Remove a signer",
  usage: "[OPTIONS] NAME REPOSITORY [REPOSITORY...]",
  arguments: atLeast(2),
  flags: { force: toggle("f") },
  async run(call) {
    const {
      io,
      release,
      arguments: [name = "", ...repositories],
    } = call;
    for (const repository of repositories) {
      io.stdout(`Removing signer "${name}" from ${repository}...\n`);
      warnOfRetiring(call);
      io.stderr(`error retrieving signers for ${repository}: ${noServer}\n\n`);
    }
    const error = release.name === "20.10" ? "Error" : "error";
    throw new CommandError(`${error} removing signer from: ${repositories.join(", ")}`);
  },
});

export const trust = group(
  "trust",
  "Manage trust on Docker images",
  [
    inspect,
    revoke,
    sign,
    group("key", "Manage keys for signing Docker images", [generate, load], {
      heading: "Management Commands",
    }),
    group("signer", "Manage entities who can sign Docker images", [add, remove], {
      heading: "Management Commands",
    }),
  ],
  // Since 29 it is a plugin.
  { heading: "Management Commands", until: "29" },
);

function withoutDigest(reference: ImageReference): ImageReference {
  if (reference.digest !== undefined) {
    throw new CommandError("cannot use a digest reference for IMAGE:TAG");
  }
  return reference;
}

function readKey({ io }: Call, path: string): string {
  try {
    return new TextDecoder().decode(io.files.read(localPath(path, io.cwd)));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new CommandError(
      `unable to read public key from file: open ${path}: ${error.message.toLowerCase()}`,
    );
  }
}
