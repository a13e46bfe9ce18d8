import type { Program } from "@dryharbor/kernel";

/** `false`: ends badly, whatever it is told. */
export const falseProgram: Program = async () => 1;
