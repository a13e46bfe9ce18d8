// The entry `@dryharbor/programs/seldom`: built-in programs that few containers run at first, loaded when one is started.
import type { Program, ProgramTable } from "@dryharbor/kernel";
import { arp } from "./busybox/arp.js";
import { arping } from "./busybox/arping.js";
import { awk } from "./busybox/awk/awk.js";
import { cal } from "./busybox/cal.js";
import { crc32, md5sum, sha1sum, sha3sum, sha256sum, sha384sum, sha512sum } from "./busybox/checksums.js";
import { cmp } from "./busybox/cmp.js";
import { diff } from "./busybox/diff.js";
import { factor } from "./busybox/factor.js";
import { gunzip, gzip, zcat } from "./busybox/gzip.js";
import { hexdump } from "./busybox/hexdump.js";
import { httpd } from "./busybox/httpd.js";
import { ifconfig } from "./busybox/ifconfig.js";
import { ipcalc } from "./busybox/ipcalc.js";
import { killall } from "./busybox/killall.js";
import { less } from "./busybox/less.js";
import { fold, nl } from "./busybox/line-layout.js";
import { last, w, who } from "./busybox/logins.js";
import { more } from "./busybox/more.js";
import { netstat } from "./busybox/netstat.js";
import { od } from "./busybox/od.js";
import { paste } from "./busybox/paste.js";
import { route } from "./busybox/route.js";
import { shuf } from "./busybox/shuf.js";
import { strings } from "./busybox/strings.js";
import { stty } from "./busybox/stty.js";
import { su } from "./busybox/su.js";
import { sysctl } from "./busybox/sysctl.js";
import { tar } from "./busybox/tar/tar.js";
import { telnet } from "./busybox/telnet.js";
import { top } from "./busybox/top.js";
import { traceroute, traceroute6 } from "./busybox/traceroute.js";
import { addgroup, adduser, delgroup, deluser } from "./busybox/user-accounts.js";
import { watch } from "./busybox/watch.js";
import { xxd } from "./busybox/xxd.js";
import { curl } from "./curl/curl.js";
import { getent } from "./getent/getent.js";
import { type SeldomName, seldomNames } from "./seldom-names.js";
import { groupadd, groupdel, useradd, userdel, usermod } from "./shadow/account-programs.js";

const programs: Readonly<Record<SeldomName, Program>> = {
  addgroup,
  adduser,
  arp,
  arping,
  awk,
  cal,
  cmp,
  crc32,
  curl,
  delgroup,
  deluser,
  diff,
  factor,
  fold,
  getent,
  groupadd,
  groupdel,
  gunzip,
  gzip,
  hexdump,
  httpd,
  ifconfig,
  ipcalc,
  killall,
  last,
  less,
  md5sum,
  more,
  netstat,
  nl,
  od,
  paste,
  route,
  sha1sum,
  sha256sum,
  sha384sum,
  sha3sum,
  sha512sum,
  shuf,
  strings,
  stty,
  su,
  sysctl,
  tar,
  telnet,
  top,
  traceroute,
  traceroute6,
  useradd,
  userdel,
  usermod,
  w,
  watch,
  who,
  xxd,
  zcat,
};

/** The built-in programs that are loaded when one of them is started, by name. */
export const seldomPrograms: ProgramTable = new Map(seldomNames.map((name) => [name, programs[name]]));
