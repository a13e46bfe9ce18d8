import { everyRelease } from "../../core/json/every-release.js";
import { list, text } from "../../core/json/shape.js";
import type { Body } from "../body.js";

/** The settings of a plugin, e.g. `DEBUG=1`. */
export const pluginSettings: Body<readonly string[]> = {
  reading: "swarm",
  root: "",
  shape: everyRelease(() => list(text())),
};
