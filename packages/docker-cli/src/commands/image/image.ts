// `docker image`.
import { group } from "../../command/command.js";
import { imageHistory } from "./history.js";
import { imageInspect } from "./inspect.js";
import { imageLs } from "./ls.js";
import { imagePrune } from "./prune.js";
import { imageRm } from "./rm.js";
import { imageTag } from "./tag.js";

/** Those that can also be called without `image`, by the same name. */
export const imageCommands = [imageHistory, imageTag];

export const image = group("image", "Manage images", [...imageCommands, imageInspect, imageLs, imagePrune, imageRm], {
  heading: "Management Commands",
});
