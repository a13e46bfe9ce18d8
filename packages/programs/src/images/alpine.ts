import { shadowOf } from "./accounts.js";
import type { Layout } from "./layout.js";
import { protocols, services } from "./netbase.js";

const users = `
root:x:0:0:root:/root:/bin/sh
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
halt:x:7:0:halt:/sbin:/sbin/halt
mail:x:8:12:mail:/var/mail:/sbin/nologin
news:x:9:13:news:/usr/lib/news:/sbin/nologin
uucp:x:10:14:uucp:/var/spool/uucppublic:/sbin/nologin
cron:x:16:16:cron:/var/spool/cron:/sbin/nologin
ftp:x:21:21::/var/lib/ftp:/sbin/nologin
sshd:x:22:22:sshd:/dev/null:/sbin/nologin
games:x:35:35:games:/usr/games:/sbin/nologin
ntp:x:123:123:NTP:/var/empty:/sbin/nologin
guest:x:405:100:guest:/dev/null:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
`;

/** The latest release of each series of Alpine at the time of `alpine:latest`. */
export const alpineReleases: readonly string[] = [
  "3.22.1",
  "3.21.4",
  "3.20.7",
  "3.19.8",
  "3.18.12",
  "3.17.10",
];

/** Returns the files of an Alpine release. */
export function alpineLayout(release: string): Layout {
  const series = release.split(".").slice(0, 2).join(".");
  return {
    directories: `
755 /bin
755 /dev
755 /etc
755 /etc/apk
755 /etc/apk/keys
755 /etc/apk/protected_paths.d
755 /etc/busybox-paths.d
755 /etc/crontabs
755 /etc/logrotate.d
755 /etc/modprobe.d
755 /etc/modules-load.d
755 /etc/network
755 /etc/network/if-down.d
755 /etc/network/if-post-down.d
755 /etc/network/if-pre-up.d
755 /etc/network/if-up.d
755 /etc/opt
755 /etc/periodic
755 /etc/periodic/15min
755 /etc/periodic/daily
755 /etc/periodic/hourly
755 /etc/periodic/monthly
755 /etc/periodic/weekly
755 /etc/profile.d
755 /etc/secfixes.d
755 /etc/ssl
755 /etc/ssl/certs
755 /etc/sysctl.d
755 /home
755 /lib
755 /lib/apk
755 /lib/apk/db
755 /lib/firmware
755 /lib/modules-load.d
755 /lib/sysctl.d
755 /media
755 /media/cdrom
755 /media/floppy
755 /media/usb
755 /mnt
755 /opt
555 /proc
700 /root
755 /run
1777 /run/lock
755 /sbin
755 /srv
555 /sys
1777 /tmp
755 /usr
755 /usr/bin
755 /usr/lib
755 /usr/local
755 /usr/local/bin
755 /usr/local/lib
755 /usr/local/share
755 /usr/sbin
755 /usr/share
755 /usr/share/man
755 /usr/share/misc
755 /usr/share/udhcpc
755 /var
755 /var/cache
755 /var/cache/apk
755 /var/cache/misc
555 /var/empty
755 /var/lib
755 /var/lib/apk
755 /var/lib/misc
755 /var/lib/udhcpd
755 /var/local
755 /var/log
755 /var/mail
755 /var/opt
755 /var/spool
755 /var/spool/cron
1777 /var/tmp
`,
    links: `
/etc/mtab ../proc/mounts
/etc/os-release ../usr/lib/os-release
/lib/libc.musl-x86_64.so.1 ld-musl-x86_64.so.1
/var/lock ../run/lock
/var/run ../run
/var/spool/cron/crontabs ../../../etc/crontabs
/var/spool/mail ../mail
`,
    texts: {
      "/etc/alpine-release": `${release}\n`,
      "/etc/apk/repositories": ["main", "community"]
        .map((name) => `https://dl-cdn.alpinelinux.org/alpine/v${series}/${name}\n`)
        .join(""),
      "/etc/fstab":
        "/dev/cdrom\t/media/cdrom\tiso9660\tnoauto,ro 0 0\n/dev/usbdisk\t/media/usb\tvfat\tnoauto,ro 0 0\n",
      "/etc/hostname": "localhost\n",
      "/etc/hosts": "127.0.0.1\tlocalhost localhost.localdomain\n::1\t\tlocalhost localhost.localdomain\n",
      "/etc/issue": `Welcome to Alpine Linux ${series}\nKernel \\r on an \\m (\\l)\n\n`,
      "/etc/modules": "af_packet\nipv6\n",
      "/etc/nsswitch.conf": "hosts: files dns\n",
      "/etc/profile": profile,
      "/etc/protocols": protocols(),
      "/etc/services": services(),
      "/etc/securetty":
        "console\ntty1\ntty2\ntty3\ntty4\ntty5\ntty6\ntty7\ntty8\ntty9\ntty10\ntty11\nhvc0\nhvsi0\n",
      "/etc/shadow": shadowOf(users, (name) => `${name === "root" ? "*" : "!"}::0:::::`),
      "/etc/shells": "# valid login shells\n/bin/sh\n/bin/ash\n",
      "/usr/lib/os-release": `NAME="Alpine Linux"
ID=alpine
VERSION_ID=${release}
PRETTY_NAME="Alpine Linux v${series}"
HOME_URL="https://alpinelinux.org/"
BUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"
`,
    },
    modes: "640 /etc/shadow 0 42",
    users,
    groups: `
root:x:0:root
bin:x:1:root,bin,daemon
daemon:x:2:root,bin,daemon
sys:x:3:root,bin
adm:x:4:root,daemon
tty:x:5:
disk:x:6:root
lp:x:7:lp
kmem:x:9:
wheel:x:10:root
floppy:x:11:root
mail:x:12:mail
news:x:13:news
uucp:x:14:uucp
cron:x:16:cron
audio:x:18:
cdrom:x:19:
dialout:x:20:root
ftp:x:21:
sshd:x:22:
input:x:23:
tape:x:26:root
video:x:27:root
netdev:x:28:
kvm:x:34:kvm
games:x:35:
shadow:x:42:
www-data:x:82:
users:x:100:games
ntp:x:123:
abuild:x:300:
utmp:x:406:
ping:x:999:
nogroup:x:65533:
nobody:x:65534:
`,
    busybox: { hardLinks: false, applets },
    programs: {
      "/lib": "ld-musl-x86_64.so.1",
      "/sbin": "apk ldconfig",
      "/usr/bin": "getconf getent iconv ldd scanelf ssl_client",
    },
  };
}

/** What a login shell reads, in short. */
const profile = `export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PAGER=less
umask 022
for script in /etc/profile.d/*.sh; do
	if [ -r "$script" ]; then . "$script"; fi
done
unset script
`;

/** What Alpine's BusyBox has, and where. Neither `bash` nor `telnet` nor `httpd` is among it. */
const applets = {
  "/bin": `
arch ash base64 bbconfig cat chattr chgrp chmod chown cp date dd df dmesg dnsdomainname dumpkmap echo
egrep false fatattr fdflush fgrep fsync getopt grep gunzip gzip hostname ionice iostat ipcalc kbd_mode
kill link linux32 linux64 ln login ls lsattr lzop makemime mkdir mknod mktemp more mount mountpoint mpstat
mv netstat nice pidof ping ping6 pipe_progress printenv ps pwd reformime rev rm rmdir run-parts sed
setpriv setserial sh sleep stat stty su sync tar touch true umount uname usleep watch zcat
`,
  "/sbin": `
acpid adjtimex arp blkid blockdev depmod fbsplash fdisk findfs fsck fstrim getty halt hwclock ifconfig
ifdown ifenslave ifup init inotifyd insmod ip ipaddr iplink ipneigh iproute iprule iptunnel klogd loadkmap
logread losetup lsmod mdev mkdosfs mkfs.vfat mkswap modinfo modprobe nameif nologin pivot_root poweroff
raidautorun reboot rmmod route setconsole slattach swapoff swapon switch_root sysctl syslogd tunctl udhcpc
vconfig watchdog zcip
`,
  "/usr/bin": `
[ [[ awk basename bc beep blkdiscard bunzip2 bzcat bzip2 cal chvt cksum clear cmp comm cpio crontab
cryptpw cut dc deallocvt diff dirname dos2unix du eject env expand expr factor fallocate find flock fold
free fuser groups hd head hexdump hostid id install ipcrm ipcs killall less logger lsof lsusb lzcat lzma
lzopcat md5sum mesg microcom mkfifo mkpasswd nc nl nmeter nohup nproc nsenter nslookup od openvt passwd
paste pgrep pkill pmap printf pscan pstree pwdx readlink realpath renice reset resize seq setkeycodes
setsid sha1sum sha256sum sha3sum sha512sum showkey shred shuf sort split strings sum tac tail tee test
time timeout top tr traceroute traceroute6 tree truncate tty ttysize udhcpc6 unexpand uniq unix2dos unlink
unlzma unlzop unshare unxz unzip uptime uudecode uuencode vi vlock volname wc wget which who whoami whois
xargs xxd xzcat yes
`,
  "/usr/sbin": `
add-shell addgroup adduser arping brctl chpasswd chroot crond delgroup deluser ether-wake fbset killall5
loadfont nanddump nandwrite nbd-client ntpd partprobe rdate rdev readahead remove-shell rfkill sendmail
setfont setlogcons
`,
};
