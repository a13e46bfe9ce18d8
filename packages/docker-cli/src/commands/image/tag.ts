import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { checkedTarget } from "./target.js";

export const imageTag = command({
  name: "tag",
  short: "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE",
  usage: "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
  arguments: exactly(2),
  completes: "image",
  async run({ engine, arguments: [source = "", target = ""] }) {
    await engine.images.tag(source, checkedTarget(target));
  },
});
