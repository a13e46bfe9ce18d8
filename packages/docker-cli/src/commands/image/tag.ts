import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { InvalidReference, readReference } from "../../references/reference.js";
import { isIn, type Release } from "../../releases.js";

export const imageTag = command({
  name: "tag",
  short: "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE",
  usage: "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
  arguments: exactly(2),
  completes: "image",
  async run({ engine, release, arguments: [source = "", target = ""] }) {
    await engine.images.tag(source, targetOf(target, release));
  },
});

/** The name that an image is to get. The command checks it before it asks. @throws {CommandError} */
function targetOf(text: string, release: Release): { repo: string; tag: string } {
  try {
    const { familiar, tag, digest } = readReference(text, release);
    if (digest !== undefined) throw new CommandError("refusing to create a tag with a digest reference");
    return { repo: familiar, tag: tag ?? "latest" };
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    const why = release.name === "20.10" ? error.message.replace(/ \(\S+\) must/, " must") : error.message;
    const begin = isIn(release, { since: "29" }) ? "error" : "Error";
    throw new CommandError(`${begin} parsing reference: "${text}" is not a valid repository/tag: ${why}`);
  }
}
