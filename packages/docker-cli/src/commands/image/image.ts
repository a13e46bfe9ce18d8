// `docker image`.
import { group } from "../../command/command.js";
import { imageBuild } from "./build.js";
import { imageHistory } from "./history.js";
import { imageImport } from "./import.js";
import { imageInspect } from "./inspect.js";
import { imageLoad } from "./load.js";
import { imageLs } from "./ls.js";
import { imagePrune } from "./prune.js";
import { imagePull } from "./pull.js";
import { imagePush } from "./push.js";
import { imageRm } from "./rm.js";
import { imageSave } from "./save.js";
import { imageTag } from "./tag.js";

/** Those that can also be called without `image`, by the same name. */
export const imageCommands = [
  imageHistory,
  imageTag,
  imageBuild,
  imageImport,
  imageLoad,
  imagePull,
  imagePush,
  imageSave,
];

export const image = group(
  "image",
  "Manage images",
  [...imageCommands, imageInspect, imageLs, imagePrune, imageRm],
  {
    heading: "Management Commands",
  },
);
