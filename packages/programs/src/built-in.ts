import type { Program, ProgramTable } from "@dryharbor/kernel";
import { type BuiltInName, builtInNames } from "./built-in-names.js";
import { arch } from "./busybox/arch.js";
import { arp } from "./busybox/arp.js";
import { arping } from "./busybox/arping.js";
import { awk } from "./busybox/awk/awk.js";
import { base64 } from "./busybox/base64.js";
import { busybox } from "./busybox/busybox.js";
import { cal } from "./busybox/cal.js";
import { cat } from "./busybox/cat.js";
import { crc32, md5sum, sha1sum, sha3sum, sha256sum, sha384sum, sha512sum } from "./busybox/checksums.js";
import { clear } from "./busybox/clear.js";
import { cmp } from "./busybox/cmp.js";
import { cp, ln, mv } from "./busybox/copy.js";
import { cut } from "./busybox/cut.js";
import { date } from "./busybox/date.js";
import { dd } from "./busybox/dd.js";
import { df } from "./busybox/df.js";
import { diff } from "./busybox/diff.js";
import { mkdir, rmdir } from "./busybox/directories.js";
import { dmesg } from "./busybox/dmesg.js";
import { du } from "./busybox/du.js";
import { echo } from "./busybox/echo.js";
import { env } from "./busybox/env.js";
import { expand, unexpand } from "./busybox/expand.js";
import { expr } from "./busybox/expr.js";
import { factor } from "./busybox/factor.js";
import { falseProgram } from "./busybox/false.js";
import { find } from "./busybox/find.js";
import { free } from "./busybox/free.js";
import { egrep, fgrep, grep } from "./busybox/grep.js";
import { gunzip, gzip, zcat } from "./busybox/gzip.js";
import { head } from "./busybox/head.js";
import { hexdump } from "./busybox/hexdump.js";
import { dnsdomainname, hostname } from "./busybox/hostname.js";
import { httpd } from "./busybox/httpd.js";
import { groups, id, whoami } from "./busybox/identity.js";
import { ifconfig } from "./busybox/ifconfig.js";
import { ip } from "./busybox/ip.js";
import { ipcalc } from "./busybox/ipcalc.js";
import { kill } from "./busybox/kill.js";
import { killall } from "./busybox/killall.js";
import { less } from "./busybox/less.js";
import { fold, nl } from "./busybox/line-layout.js";
import { readlink, realpath } from "./busybox/links.js";
import { last, w, who } from "./busybox/logins.js";
import { ls } from "./busybox/ls.js";
import { mktemp } from "./busybox/mktemp.js";
import { more } from "./busybox/more.js";
import { mount, umount } from "./busybox/mount.js";
import { basename, dirname } from "./busybox/names.js";
import { link, unlink } from "./busybox/names-of-files.js";
import { nc } from "./busybox/nc.js";
import { netstat } from "./busybox/netstat.js";
import { nproc } from "./busybox/nproc.js";
import { nslookup } from "./busybox/nslookup.js";
import { od } from "./busybox/od.js";
import { paste } from "./busybox/paste.js";
import { chgrp, chmod, chown } from "./busybox/permissions.js";
import { pidof } from "./busybox/pidof.js";
import { ping, ping6 } from "./busybox/ping.js";
import { printf } from "./busybox/printf.js";
import { ps } from "./busybox/ps.js";
import { pwd } from "./busybox/pwd.js";
import { reset } from "./busybox/reset.js";
import { rev, tac } from "./busybox/reversed.js";
import { rm } from "./busybox/rm.js";
import { route } from "./busybox/route.js";
import { sed } from "./busybox/sed.js";
import { seq } from "./busybox/seq.js";
import { shuf } from "./busybox/shuf.js";
import { sleep } from "./busybox/sleep.js";
import { sort } from "./busybox/sort.js";
import { stat } from "./busybox/stat-program.js";
import { strings } from "./busybox/strings.js";
import { stty } from "./busybox/stty.js";
import { su } from "./busybox/su.js";
import { sysctl } from "./busybox/sysctl.js";
import { tail } from "./busybox/tail.js";
import { tar } from "./busybox/tar/tar.js";
import { tee } from "./busybox/tee.js";
import { telnet } from "./busybox/telnet.js";
import { test } from "./busybox/test.js";
import { time } from "./busybox/time.js";
import { timeout } from "./busybox/timeout.js";
import { top } from "./busybox/top.js";
import { touch } from "./busybox/touch.js";
import { tr } from "./busybox/tr.js";
import { traceroute, traceroute6 } from "./busybox/traceroute.js";
import { trueProgram } from "./busybox/true.js";
import { truncate } from "./busybox/truncate.js";
import { tty } from "./busybox/tty.js";
import { uname } from "./busybox/uname.js";
import { uniq } from "./busybox/uniq.js";
import { uptime } from "./busybox/uptime.js";
import { addgroup, adduser, delgroup, deluser } from "./busybox/user-accounts.js";
import { usleep } from "./busybox/usleep.js";
import { watch } from "./busybox/watch.js";
import { wc } from "./busybox/wc.js";
import { wget } from "./busybox/wget.js";
import { which } from "./busybox/which.js";
import { xargs } from "./busybox/xargs.js";
import { xxd } from "./busybox/xxd.js";
import { yes } from "./busybox/yes.js";
import { curl } from "./curl/curl.js";
import { getent } from "./getent/getent.js";
import { groupadd, groupdel, useradd, userdel, usermod } from "./shadow/account-programs.js";
import { sh } from "./shell/sh.js";

const programs: Readonly<Record<BuiltInName, Program>> = {
  "[": test,
  "[[": test,
  addgroup,
  adduser,
  arch,
  arp,
  arping,
  ash: sh,
  awk,
  base64,
  bash: sh,
  basename,
  busybox,
  cal,
  cat,
  chgrp,
  chmod,
  chown,
  clear,
  cmp,
  cp,
  crc32,
  curl,
  cut,
  dash: sh,
  date,
  dd,
  delgroup,
  deluser,
  df,
  diff,
  dirname,
  dnsdomainname,
  dmesg,
  du,
  echo,
  egrep,
  env,
  expand,
  expr,
  factor,
  false: falseProgram,
  fgrep,
  find,
  fold,
  free,
  getent,
  grep,
  groupadd,
  groupdel,
  groups,
  gunzip,
  gzip,
  head,
  hexdump,
  hostname,
  httpd,
  id,
  ifconfig,
  ip,
  ipcalc,
  kill,
  killall,
  last,
  less,
  link,
  ln,
  ls,
  md5sum,
  mkdir,
  mktemp,
  more,
  mount,
  mv,
  netstat,
  nc,
  nl,
  nproc,
  od,
  paste,
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
  route,
  sed,
  seq,
  sh,
  sha1sum,
  sha256sum,
  sha384sum,
  sha3sum,
  sha512sum,
  shuf,
  sleep,
  sort,
  stat,
  strings,
  stty,
  su,
  sysctl,
  tac,
  tail,
  tar,
  tee,
  telnet,
  test,
  time,
  timeout,
  top,
  touch,
  tr,
  traceroute,
  traceroute6,
  true: trueProgram,
  truncate,
  tty,
  umount,
  uname,
  unexpand,
  uniq,
  unlink,
  uptime,
  useradd,
  userdel,
  usermod,
  usleep,
  w,
  watch,
  wc,
  wget,
  which,
  who,
  whoami,
  xargs,
  xxd,
  yes,
  zcat,
};

/** The programs that come with the simulator, as BusyBox has them. */
export const builtInPrograms: ProgramTable = new Map(builtInNames.map((name) => [name, programs[name]]));
