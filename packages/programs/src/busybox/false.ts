import type { Program } from "@dryharbor/kernel";

/** `false`: exits with code 1. */
export const falseProgram: Program = async () => 1;
