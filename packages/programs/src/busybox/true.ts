import type { Program } from "@dryharbor/kernel";

/** `true`: exits with code 0. */
export const trueProgram: Program = async () => 0;
