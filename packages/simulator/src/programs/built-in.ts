import { arch } from "./arch.js";
import { cat } from "./cat.js";
import { cut } from "./cut.js";
import { date } from "./date.js";
import { echo } from "./echo.js";
import { env } from "./env.js";
import { expr } from "./expr.js";
import { falseProgram } from "./false.js";
import { egrep, fgrep, grep } from "./grep.js";
import { head } from "./head.js";
import { hostname } from "./hostname.js";
import { id, whoami } from "./identity.js";
import { kill } from "./kill.js";
import { basename, dirname } from "./names.js";
import { nproc } from "./nproc.js";
import { printf } from "./printf.js";
import type { ProgramTable } from "./program.js";
import { ps } from "./ps.js";
import { pwd } from "./pwd.js";
import { sed } from "./sed.js";
import { seq } from "./seq.js";
import { sh } from "./shell/sh.js";
import { sleep } from "./sleep.js";
import { sort } from "./sort.js";
import { tail } from "./tail.js";
import { tee } from "./tee.js";
import { test } from "./test.js";
import { time } from "./time.js";
import { timeout } from "./timeout.js";
import { tr } from "./tr.js";
import { trueProgram } from "./true.js";
import { uname } from "./uname.js";
import { uniq } from "./uniq.js";
import { usleep } from "./usleep.js";
import { wc } from "./wc.js";
import { which } from "./which.js";
import { xargs } from "./xargs.js";
import { yes } from "./yes.js";

/** The programs that come with the simulator, as BusyBox has them. */
export const builtInPrograms: ProgramTable = new Map([
  ["[", test],
  ["[[", test],
  ["arch", arch],
  ["ash", sh],
  ["basename", basename],
  ["cat", cat],
  ["cut", cut],
  ["date", date],
  ["dirname", dirname],
  ["echo", echo],
  ["egrep", egrep],
  ["env", env],
  ["expr", expr],
  ["false", falseProgram],
  ["fgrep", fgrep],
  ["grep", grep],
  ["head", head],
  ["hostname", hostname],
  ["id", id],
  ["kill", kill],
  ["nproc", nproc],
  ["printf", printf],
  ["ps", ps],
  ["pwd", pwd],
  ["sed", sed],
  ["seq", seq],
  ["sh", sh],
  ["sleep", sleep],
  ["sort", sort],
  ["tail", tail],
  ["tee", tee],
  ["test", test],
  ["time", time],
  ["timeout", timeout],
  ["tr", tr],
  ["true", trueProgram],
  ["uname", uname],
  ["uniq", uniq],
  ["usleep", usleep],
  ["wc", wc],
  ["which", which],
  ["whoami", whoami],
  ["xargs", xargs],
  ["yes", yes],
]);
