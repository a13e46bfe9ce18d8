import type { Programs } from "./layout.js";

/** What packages bring that images have beyond their base. */
export const packages: Readonly<Record<string, Programs>> = {
  bash: { "/bin": "bash" },
  /** What images for building software have: Debian's `buildpack-deps`. */
  buildpack: {
    "/usr/bin": `
ar as autoconf automake bzip2 c++ cc cpp curl dpkg-architecture dpkg-buildpackage file g++ gcc git gpg gpgconf hg
kill ld make nm objdump openssl patch pgrep pkill pmap ps pwdx python3 ranlib scp sftp skill slabtop snice sq ssh
ssh-agent ssh-keygen strip svn tload top unzip uptime vmstat w watch wget xz xzcat
`,
    "/usr/sbin": "sysctl",
  },
  /** Alpine's `bind-tools`, and Debian's `dnsutils` with `bind9-host`. */
  "bind-tools": { "/usr/bin": "delv dig host nslookup=bind-nslookup nsupdate" },
  curl: { "/usr/bin": "curl" },
  gosu: { "/usr/local/bin": "gosu" },
  openssl: { "/usr/bin": "openssl" },
  iproute2: { "/sbin": "bridge ip rtacct ss tc" },
  procps: { "/usr/bin": "free pgrep pidwait pkill pmap ps pwdx slabtop top uptime vmstat w watch" },
  "su-exec": { "/sbin": "su-exec=gosu" },
  tcpdump: { "/usr/bin": "tcpdump" },
  tini: { "/sbin": "tini" },
  wget: { "/usr/bin": "wget" },
};
