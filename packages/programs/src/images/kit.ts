import { becomes, userOf } from "./entry-script.js";
import { addImageFiles, entryPointOf, systemOf } from "./image-files.js";
import { knownImages } from "./known.js";
import { addsProgram, endsByItself, resolveImage } from "./resolve.js";

/**
 * What the simulator asks of the images that are known, in one object, since it is loaded when somebody asks.
 *
 * @internal
 */
export const imageKit = {
  addImageFiles,
  addsProgram,
  becomes,
  endsByItself,
  entryPointOf,
  resolveImage,
  systemOf,
  userOf,
  /** The paths of the repositories that are known. */
  repositories: Object.keys(knownImages),
};

export type ImageKit = typeof imageKit;
