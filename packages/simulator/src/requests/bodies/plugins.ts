import { type Body, everyRelease } from "../body.js";
import { list, text } from "../shape.js";

/** The settings of a plugin, e.g. `DEBUG=1`. */
export const pluginSettings: Body<readonly string[]> = {
  reading: "swarm",
  root: "",
  shape: everyRelease(() => list(text())),
};
