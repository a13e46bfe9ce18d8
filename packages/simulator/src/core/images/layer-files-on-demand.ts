import { PartOnDemand } from "@dryharbor/programs/image";

/** The files of layers, which are needed once somebody looks at the files of an image that came as an archive. */
export const layerFiles = new PartOnDemand(() => import("./layer-files.js"));
