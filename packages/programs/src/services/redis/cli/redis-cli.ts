import type { Program } from "@dryharbor/kernel";
export const redisCli: Program = async () => 0;
