import { arch } from "./arch.js";
import { base64 } from "./base64.js";
import { busybox } from "./busybox.js";
import { cat } from "./cat.js";
import { cmp } from "./cmp.js";
import { cp, ln, mv } from "./copy.js";
import { cut } from "./cut.js";
import { date } from "./date.js";
import { mkdir, rmdir } from "./directories.js";
import { echo } from "./echo.js";
import { env } from "./env.js";
import { expr } from "./expr.js";
import { falseProgram } from "./false.js";
import { find } from "./find.js";
import { egrep, fgrep, grep } from "./grep.js";
import { head } from "./head.js";
import { hostname } from "./hostname.js";
import { id, whoami } from "./identity.js";
import { kill } from "./kill.js";
import { fold, nl } from "./line-layout.js";
import { readlink, realpath } from "./links.js";
import { ls } from "./ls.js";
import { mktemp } from "./mktemp.js";
import { basename, dirname } from "./names.js";
import { nc } from "./nc.js";
import { nproc } from "./nproc.js";
import { chmod, chown } from "./permissions.js";
import { pidof } from "./pidof.js";
import { printf } from "./printf.js";
import type { ProgramTable } from "./program.js";
import { ps } from "./ps.js";
import { pwd } from "./pwd.js";
import { rev, tac } from "./reversed.js";
import { rm } from "./rm.js";
import { sed } from "./sed.js";
import { seq } from "./seq.js";
import { sha256sum } from "./sha256sum.js";
import { sh } from "./shell/sh.js";
import { sleep } from "./sleep.js";
import { sort } from "./sort.js";
import { stat } from "./stat-program.js";
import { tail } from "./tail.js";
import { tee } from "./tee.js";
import { test } from "./test.js";
import { time } from "./time.js";
import { timeout } from "./timeout.js";
import { touch } from "./touch.js";
import { tr } from "./tr.js";
import { trueProgram } from "./true.js";
import { tty } from "./tty.js";
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
  ["base64", base64],
  ["basename", basename],
  ["busybox", busybox],
  ["cat", cat],
  ["chmod", chmod],
  ["chown", chown],
  ["cmp", cmp],
  ["cp", cp],
  ["cut", cut],
  ["date", date],
  ["dirname", dirname],
  ["echo", echo],
  ["egrep", egrep],
  ["env", env],
  ["expr", expr],
  ["false", falseProgram],
  ["fgrep", fgrep],
  ["find", find],
  ["fold", fold],
  ["grep", grep],
  ["head", head],
  ["hostname", hostname],
  ["id", id],
  ["kill", kill],
  ["ln", ln],
  ["ls", ls],
  ["mkdir", mkdir],
  ["mktemp", mktemp],
  ["mv", mv],
  ["nl", nl],
  ["nproc", nproc],
  ["nc", nc],
  ["pidof", pidof],
  ["printf", printf],
  ["ps", ps],
  ["pwd", pwd],
  ["readlink", readlink],
  ["realpath", realpath],
  ["rev", rev],
  ["rm", rm],
  ["rmdir", rmdir],
  ["sed", sed],
  ["seq", seq],
  ["sh", sh],
  ["sha256sum", sha256sum],
  ["sleep", sleep],
  ["sort", sort],
  ["stat", stat],
  ["tac", tac],
  ["tail", tail],
  ["tee", tee],
  ["test", test],
  ["time", time],
  ["timeout", timeout],
  ["touch", touch],
  ["tr", tr],
  ["true", trueProgram],
  ["tty", tty],
  ["uname", uname],
  ["uniq", uniq],
  ["usleep", usleep],
  ["wc", wc],
  ["which", which],
  ["whoami", whoami],
  ["xargs", xargs],
  ["yes", yes],
]);
