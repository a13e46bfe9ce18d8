import { cat } from "./cat.js";
import { echo } from "./echo.js";
import { env } from "./env.js";
import { falseProgram } from "./false.js";
import { hostname } from "./hostname.js";
import type { ProgramTable } from "./program.js";
import { sleep } from "./sleep.js";
import { trueProgram } from "./true.js";

/** The programs that come with the simulator, as BusyBox has them. */
export const builtInPrograms: ProgramTable = new Map([
  ["cat", cat],
  ["echo", echo],
  ["env", env],
  ["false", falseProgram],
  ["hostname", hostname],
  ["sleep", sleep],
  ["true", trueProgram],
]);
