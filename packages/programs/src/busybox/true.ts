import type { Program } from "@dryharbor/kernel";

/** `true`: ends well, whatever it is told. */
export const trueProgram: Program = async () => 0;
