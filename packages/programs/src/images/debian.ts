import { shadowOf } from "./accounts.js";
import type { Layout } from "./layout.js";

const users = `
root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
games:x:5:60:games:/usr/games:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
www-data:*:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`;

/** A release of Debian or Ubuntu. */
export interface DebianRelease {
  readonly codename: string;
  /** Whether it is Ubuntu's. */
  readonly ubuntu: boolean;
  /** The version that os-release names. */
  readonly version: string;
  /** What `/etc/debian_version` says. */
  readonly debianVersion: string;
}

/** The releases, the newest stable one first. */
export const debianReleases: readonly DebianRelease[] = [
  { codename: "bookworm", ubuntu: false, version: "12", debianVersion: "12.11" },
  { codename: "trixie", ubuntu: false, version: "13", debianVersion: "trixie/sid" },
  { codename: "bullseye", ubuntu: false, version: "11", debianVersion: "11.11" },
  { codename: "noble", ubuntu: true, version: "24.04", debianVersion: "trixie/sid" },
  { codename: "jammy", ubuntu: true, version: "22.04", debianVersion: "bookworm/sid" },
  { codename: "focal", ubuntu: true, version: "20.04", debianVersion: "bullseye/sid" },
];

/** Returns the files of a release, as its small images have them. */
export function debianLayout(release: DebianRelease): Layout {
  return {
    directories: `
755 /boot
755 /dev
755 /etc
755 /etc/alternatives
755 /etc/apt
755 /etc/apt/apt.conf.d
755 /etc/apt/preferences.d
755 /etc/apt/sources.list.d
755 /etc/cron.d
755 /etc/cron.daily
755 /etc/default
755 /etc/dpkg
755 /etc/dpkg/origins
755 /etc/init.d
755 /etc/ld.so.conf.d
755 /etc/opt
755 /etc/pam.d
755 /etc/profile.d
755 /etc/security
755 /etc/selinux
755 /etc/skel
755 /etc/systemd
755 /etc/update-motd.d
755 /home
755 /media
755 /mnt
755 /opt
555 /proc
700 /root
755 /run
1777 /run/lock
755 /srv
555 /sys
1777 /tmp
755 /usr
755 /usr/bin
755 /usr/games
755 /usr/include
755 /usr/lib
755 /usr/lib64
755 /usr/libexec
755 /usr/local
755 /usr/local/bin
755 /usr/local/etc
755 /usr/local/games
755 /usr/local/include
755 /usr/local/lib
755 /usr/local/sbin
755 /usr/local/share
755 /usr/local/src
755 /usr/sbin
755 /usr/share
755 /usr/src
755 /var
755 /var/backups
755 /var/cache
755 /var/lib
755 /var/lib/apt
755 /var/lib/dpkg
755 /var/lib/misc
2775 /var/local 0 50
755 /var/log
2775 /var/mail 0 8
755 /var/opt
755 /var/spool
1777 /var/tmp
`,
    links: `
/bin usr/bin
/etc/mtab /proc/mounts
/etc/os-release ../usr/lib/os-release
/lib usr/lib
/lib64 usr/lib64
/sbin usr/sbin
/usr/bin/sh dash
/usr/bin/rbash bash
/usr/bin/awk /etc/alternatives/awk
/usr/bin/nawk /etc/alternatives/nawk
/usr/bin/which /etc/alternatives/which
/etc/alternatives/awk /usr/bin/mawk
/etc/alternatives/nawk /usr/bin/mawk
/etc/alternatives/which /usr/bin/which.debianutils
/etc/dpkg/origins/default ${release.ubuntu ? "ubuntu" : "debian"}
/var/lock /run/lock
/var/run /run
/var/spool/mail ../mail
`,
    texts: {
      "/etc/debian_version": `${release.debianVersion}\n`,
      "/etc/gshadow": shadowOf(groups, () => "*::"),
      "/etc/host.conf": "multi on\n",
      "/etc/issue": `${titleOf(release)} \\n \\l\n\n`,
      "/etc/issue.net": `${titleOf(release)}\n`,
      "/etc/nsswitch.conf":
        "passwd:         files\ngroup:          files\nshadow:         files\ngshadow:        files\n\nhosts:          files dns\nnetworks:       files\n\nprotocols:      db files\nservices:       db files\n",
      "/etc/profile": profile,
      "/etc/shadow": shadowOf(users, () => "*:20269:0:99999:7:::"),
      "/etc/shells":
        "# /etc/shells: valid login shells\n/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n/bin/rbash\n/usr/bin/rbash\n/bin/dash\n/usr/bin/dash\n",
      "/usr/lib/os-release": osRelease(release),
    },
    modes: "640 /etc/shadow 0 42\n640 /etc/gshadow 0 42",
    users,
    groups,
    programs,
  };
}

function titleOf({ ubuntu, version }: DebianRelease): string {
  return ubuntu ? `Ubuntu ${version} LTS` : `Debian GNU/Linux ${version}`;
}

function osRelease({ codename, ubuntu, version }: DebianRelease): string {
  const name = `${codename.slice(0, 1).toUpperCase()}${codename.slice(1)}`;
  const lines = ubuntu
    ? [
        `PRETTY_NAME="Ubuntu ${version} LTS"`,
        'NAME="Ubuntu"',
        `VERSION_ID="${version}"`,
        `VERSION="${version} LTS (${name})"`,
        `VERSION_CODENAME=${codename}`,
        "ID=ubuntu",
        "ID_LIKE=debian",
        'HOME_URL="https://www.ubuntu.com/"',
        'SUPPORT_URL="https://help.ubuntu.com/"',
        'BUG_REPORT_URL="https://bugs.launchpad.net/ubuntu/"',
        `UBUNTU_CODENAME=${codename}`,
      ]
    : [
        `PRETTY_NAME="Debian GNU/Linux ${version} (${codename})"`,
        'NAME="Debian GNU/Linux"',
        `VERSION_ID="${version}"`,
        `VERSION="${version} (${codename})"`,
        `VERSION_CODENAME=${codename}`,
        "ID=debian",
        'HOME_URL="https://www.debian.org/"',
        'SUPPORT_URL="https://www.debian.org/support"',
        'BUG_REPORT_URL="https://bugs.debian.org/"',
      ];
  return `${lines.join("\n")}\n`;
}

/** What a login shell reads, in short. */
const profile = `if [ "$(id -u)" -eq 0 ]; then
  PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
else
  PATH="/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"
fi
export PATH
`;

const groups = `
root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
lp:x:7:
mail:x:8:
news:x:9:
uucp:x:10:
man:x:12:
proxy:x:13:
kmem:x:15:
dialout:x:20:
fax:x:21:
voice:x:22:
cdrom:x:24:
floppy:x:25:
tape:x:26:
sudo:x:27:
audio:x:29:
dip:x:30:
www-data:x:33:
backup:x:34:
operator:x:37:
list:x:38:
irc:x:39:
src:x:40:
shadow:x:42:
utmp:x:43:
video:x:44:
sasl:x:45:
plugdev:x:46:
staff:x:50:
games:x:60:
users:x:100:
nogroup:x:65534:
`;

/** What a Debian without further packages has. No `ping`, `ip`, `ps`, `curl` or `wget` is among it. */
const programs = {
  "/usr/bin": `
[ addpart apt apt-cache apt-cdrom apt-config apt-get apt-key apt-mark arch awk b2sum base32 base64
basename basenc bash bashbug captoinfo cat chage chattr chcon chfn chgrp chmod choom chown chrt chsh cksum
clear clear_console cmp comm cp csplit cut dash date dd deb-systemd-helper deb-systemd-invoke debconf
debconf-apt-progress debconf-communicate debconf-copydb debconf-escape debconf-set-selections debconf-show
delpart df diff diff3 dir dircolors dirname dmesg dnsdomainname domainname dpkg dpkg-deb dpkg-divert
dpkg-maintscript-helper dpkg-query dpkg-realpath dpkg-split dpkg-statoverride dpkg-trigger du echo egrep
env expand expiry expr factor faillog fallocate false fgrep fincore find findmnt flock fmt fold getconf
getent getopt gpasswd gpgv grep groups gunzip gzexe gzip hardlink head hostid hostname i386 iconv id
infocmp infotocap install ionice ipcmk ipcrm ipcs ischroot join last lastb lastlog ld.so ldd link linux32
linux64 ln locale localedef logger login logname ls lsattr lsblk lscpu lsfd lsipc lsirq lslocks lslogins
lsmem lsns mawk=awk mcookie md5sum md5sum.textutils mesg mkdir mkfifo mknod mktemp more mount mountpoint mv
namei nawk newgrp nice nisdomainname nl nohup nproc nsenter numfmt od partx passwd paste pathchk perl
perl5.36.0 pidof pinky pldd pr printenv printf prlimit ptx pwd rbash readlink realpath rename.ul renice
reset resizepart rev rgrep rm rmdir run-parts runcon savelog script scriptlive scriptreplay sdiff sed seq
setarch setpriv setsid setterm sg sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort
split stat stdbuf stty su sum sync tabs tac tail tar taskset tee tempfile test tic timeout toe touch tput
tr true truncate tset tsort tty tzselect uclampset umount uname uncompress unexpand uniq unlink unshare
update-alternatives users utmpdump vdir wall wc wdctl whereis which which.debianutils=which who whoami x86_64
xargs yes ypdomainname zcat zcmp zdiff zdump zegrep zfgrep zforce zgrep zless zmore znew
`,
  "/usr/sbin": `
add-shell addgroup=debian-addgroup adduser=debian-adduser agetty badblocks blkdiscard blkid blkzone blockdev chcpu chgpasswd chmem
chpasswd chroot cpgr cppw ctrlaltdel debugfs delgroup=debian-delgroup deluser=debian-deluser dpkg-fsys-usrunmess dpkg-preconfigure
dpkg-reconfigure dumpe2fs e2freefrag e2fsck e2image e2label e2mmpstatus e2scrub e2scrub_all e2undo e4crypt
e4defrag filefrag findfs fsck fsck.cramfs fsck.ext2 fsck.ext3 fsck.ext4 fsck.minix fsfreeze fstab-decode
fstrim getty groupadd groupdel groupmems groupmod grpck grpconv grpunconv hwclock iconvconfig
installkernel invoke-rc.d isosize killall5 ldattach ldconfig logsave losetup mke2fs mkfs mkfs.bfs
mkfs.cramfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.minix mklost+found mkswap newusers nologin pivot_root
policy-rc.d pwck pwconv pwunconv readprofile remove-shell resize2fs rmt-tar rtcwake runuser service
shadowconfig start-stop-daemon sulogin swaplabel swapoff swapon switch_root tarcat tune2fs update-passwd
update-rc.d update-shells useradd userdel usermod vigr vipw wipefs zic zramctl
`,
};
