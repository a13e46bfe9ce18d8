import fc from "fast-check";
import { type Command, command } from "../commands/command.js";
import { pick } from "./arbitraries.js";
import { archives, image, scratchRepository, scratchTags } from "./pools.js";

/**
 * Generates commands about images. They remove only tags that commands made, because later sequences need the
 * image.
 */
export const handleImages: fc.Arbitrary<Command> = fc.oneof(
  fc.constant(command("images.list")),
  pick([image, "busybox", scratchTags[0], "no-such-image"]).map((one) => command("images.inspect", one)),
  pick([{ tag: "one" }, {}]).map((tag) => command("images.tag", image, { repo: scratchRepository, ...tag })),
  fc.constant(command("images.tag", "no-such-image", { repo: scratchRepository })),
  pick([...scratchTags, "no-such-image"]).map((one) => command("images.remove", one)),
  pick([image, scratchTags[0], "no-such-image", "BAD"]).map((one) => command("images.history", one)),
  fc
    .tuple(pick(archives), pick([{ repo: scratchRepository }, { repo: scratchRepository, tag: "one" }, {}]))
    .map(([archive, options]) => command("images.import", archive, options)),
  // None of these is an archive of images. One that save made would differ each time.
  pick(archives).map((archive) => command("images.load", archive)),
  // Only images without a name are pruned, because later sequences need the named one.
  pick([{}, { label: ["tier=front"] }]).map((filters) => command("images.prune", { filters })),
  pick(["no-such-image", "BAD"]).map((one) => command("images.push", one)),
  pick(["busybox", "BAD"]).map((one) => command("images.distribution", one)),
  pick(["busybox", "https://x/y"]).map((term) => command("images.search", term)),
  fc.constant(command("images.search", "busybox", { limit: 1000 })),
  fc.constant(command("system.auth", { username: "me", password: "x" })),
);
