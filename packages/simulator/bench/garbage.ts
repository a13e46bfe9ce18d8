import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");

/** Frees all that nobody holds, so that what comes after does not pay for what was before. */
export const collectGarbage = runInNewContext("gc") as () => void;
