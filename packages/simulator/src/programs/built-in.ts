import { cat } from "./cat.js";
import { echo } from "./echo.js";
import { env } from "./env.js";
import { falseProgram } from "./false.js";
import { hostname } from "./hostname.js";
import { kill } from "./kill.js";
import { printf } from "./printf.js";
import type { ProgramTable } from "./program.js";
import { sh } from "./shell/sh.js";
import { sleep } from "./sleep.js";
import { test } from "./test.js";
import { time } from "./time.js";
import { trueProgram } from "./true.js";

/** The programs that come with the simulator, as BusyBox has them. */
export const builtInPrograms: ProgramTable = new Map([
  ["[", test],
  ["[[", test],
  ["ash", sh],
  ["cat", cat],
  ["echo", echo],
  ["env", env],
  ["false", falseProgram],
  ["hostname", hostname],
  ["kill", kill],
  ["printf", printf],
  ["sh", sh],
  ["sleep", sleep],
  ["test", test],
  ["time", time],
  ["true", trueProgram],
]);
