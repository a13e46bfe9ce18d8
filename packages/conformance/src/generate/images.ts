import fc from "fast-check";
import { type Command, command } from "../commands/command.js";
import { pick } from "./arbitraries.js";
import { image, scratchRepository, scratchTags } from "./pools.js";

/** Only tags of our own are ever removed: the image itself must be there for the next sequence. */
export const handleImages: fc.Arbitrary<Command> = fc.oneof(
  fc.constant(command("images.list")),
  pick([image, "busybox", scratchTags[0], "no-such-image"]).map((one) => command("images.inspect", one)),
  pick([{ tag: "one" }, {}]).map((tag) => command("images.tag", image, { repo: scratchRepository, ...tag })),
  fc.constant(command("images.tag", "no-such-image", { repo: scratchRepository })),
  pick([...scratchTags, "no-such-image"]).map((one) => command("images.remove", one)),
);
