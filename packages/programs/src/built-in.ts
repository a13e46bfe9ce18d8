import type { Program, ProgramTable } from "@dryharbor/kernel";
import { type BuiltInName, builtInNames } from "./built-in-names.js";
import { arch } from "./busybox/arch.js";
import { base64 } from "./busybox/base64.js";
import { busybox } from "./busybox/busybox.js";
import { cat } from "./busybox/cat.js";
import { clear } from "./busybox/clear.js";
import { cp, ln, mv } from "./busybox/copy.js";
import { cut } from "./busybox/cut.js";
import { date } from "./busybox/date.js";
import { dd } from "./busybox/dd.js";
import { df } from "./busybox/df.js";
import { mkdir, rmdir } from "./busybox/directories.js";
import { dmesg } from "./busybox/dmesg.js";
import { du } from "./busybox/du.js";
import { echo } from "./busybox/echo.js";
import { env } from "./busybox/env.js";
import { expand, unexpand } from "./busybox/expand.js";
import { expr } from "./busybox/expr.js";
import { falseProgram } from "./busybox/false.js";
import { find } from "./busybox/find.js";
import { free } from "./busybox/free.js";
import { egrep, fgrep, grep } from "./busybox/grep.js";
import { head } from "./busybox/head.js";
import { dnsdomainname, hostname } from "./busybox/hostname.js";
import { groups, id, whoami } from "./busybox/identity.js";
import { ip } from "./busybox/ip.js";
import { kill } from "./busybox/kill.js";
import { readlink, realpath } from "./busybox/links.js";
import { ls } from "./busybox/ls.js";
import { mktemp } from "./busybox/mktemp.js";
import { mount, umount } from "./busybox/mount.js";
import { basename, dirname } from "./busybox/names.js";
import { link, unlink } from "./busybox/names-of-files.js";
import { nc } from "./busybox/nc.js";
import { nproc } from "./busybox/nproc.js";
import { nslookup } from "./busybox/nslookup.js";
import { chgrp, chmod, chown } from "./busybox/permissions.js";
import { pidof } from "./busybox/pidof.js";
import { ping, ping6 } from "./busybox/ping.js";
import { printf } from "./busybox/printf.js";
import { ps } from "./busybox/ps.js";
import { pwd } from "./busybox/pwd.js";
import { reset } from "./busybox/reset.js";
import { rev, tac } from "./busybox/reversed.js";
import { rm } from "./busybox/rm.js";
import { sed } from "./busybox/sed.js";
import { seq } from "./busybox/seq.js";
import { sleep } from "./busybox/sleep.js";
import { sort } from "./busybox/sort.js";
import { stat } from "./busybox/stat-program.js";
import { tail } from "./busybox/tail.js";
import { tee } from "./busybox/tee.js";
import { test } from "./busybox/test.js";
import { time } from "./busybox/time.js";
import { timeout } from "./busybox/timeout.js";
import { touch } from "./busybox/touch.js";
import { tr } from "./busybox/tr.js";
import { trueProgram } from "./busybox/true.js";
import { truncate } from "./busybox/truncate.js";
import { tty } from "./busybox/tty.js";
import { uname } from "./busybox/uname.js";
import { uniq } from "./busybox/uniq.js";
import { uptime } from "./busybox/uptime.js";
import { usleep } from "./busybox/usleep.js";
import { wc } from "./busybox/wc.js";
import { wget } from "./busybox/wget.js";
import { which } from "./busybox/which.js";
import { xargs } from "./busybox/xargs.js";
import { yes } from "./busybox/yes.js";
import { sh } from "./shell/sh.js";

const programs: Readonly<Record<BuiltInName, Program>> = {
  "[": test,
  "[[": test,
  arch,
  ash: sh,
  base64,
  bash: sh,
  basename,
  busybox,
  cat,
  chgrp,
  chmod,
  chown,
  clear,
  cp,
  cut,
  dash: sh,
  date,
  dd,
  df,
  dirname,
  dnsdomainname,
  dmesg,
  du,
  echo,
  egrep,
  env,
  expand,
  expr,
  false: falseProgram,
  fgrep,
  find,
  free,
  grep,
  groups,
  head,
  hostname,
  id,
  ip,
  kill,
  link,
  ln,
  ls,
  mkdir,
  mktemp,
  mount,
  mv,
  nc,
  nproc,
  pidof,
  nslookup,
  ping,
  ping6,
  printf,
  ps,
  pwd,
  readlink,
  realpath,
  reset,
  rev,
  rm,
  rmdir,
  sed,
  seq,
  sh,
  sleep,
  sort,
  stat,
  tac,
  tail,
  tee,
  test,
  time,
  timeout,
  touch,
  tr,
  true: trueProgram,
  truncate,
  tty,
  umount,
  uname,
  unexpand,
  uniq,
  unlink,
  uptime,
  usleep,
  wc,
  wget,
  which,
  whoami,
  xargs,
  yes,
};

/** The programs that are loaded together with the shell, as BusyBox has them. */
export const builtInPrograms: ProgramTable = new Map(builtInNames.map((name) => [name, programs[name]]));
