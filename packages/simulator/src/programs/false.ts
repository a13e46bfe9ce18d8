import type { Program } from "./program.js";

/** `false`: ends badly, whatever it is told. */
export const falseProgram: Program = async () => 1;
