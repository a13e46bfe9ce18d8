import { changed, emptyTree, FileSystem, type Files, mountTime } from "@dryharbor/kernel/host";
import { LazyTree } from "../images/lazy-tree.js";
import type { DaemonSettings } from "../settings.js";

/** The directories of a Debian host, with the modes that are not 0755. */
const directories: readonly (readonly [path: string, mode?: number])[] = [
  ["/boot"],
  ["/dev"],
  ["/etc"],
  ["/home"],
  ["/media"],
  ["/mnt"],
  ["/opt"],
  ["/proc", 0o555],
  ["/root", 0o700],
  ["/run/lock", 0o1777],
  ["/srv"],
  ["/sys", 0o555],
  ["/tmp", 0o1777],
  ["/usr/bin"],
  ["/usr/lib"],
  ["/usr/lib64"],
  ["/usr/local/bin"],
  ["/usr/sbin"],
  ["/usr/share/zoneinfo/Etc"],
  ["/var/backups"],
  ["/var/cache"],
  ["/var/lib"],
  ["/var/log"],
  ["/var/mail", 0o2775],
  ["/var/opt"],
  ["/var/spool"],
  ["/var/tmp", 0o1777],
];

const links: readonly (readonly [path: string, target: string])[] = [
  ["/bin", "usr/bin"],
  ["/lib", "usr/lib"],
  ["/lib64", "usr/lib64"],
  ["/sbin", "usr/sbin"],
  ["/var/run", "/run"],
  ["/var/lock", "/run/lock"],
  ["/etc/localtime", "/usr/share/zoneinfo/Etc/UTC"],
  ["/etc/mtab", "../proc/self/mounts"],
  ["/etc/os-release", "../usr/lib/os-release"],
];

/** The group `docker` on a fresh host. */
const dockerGroup = 999;

/** The time zone UTC, in the format of tzfile(5): two headers, one type of time without transitions, its rule. */
const utc = (() => {
  const header = `TZif2${"\0".repeat(15)}${[0, 0, 0, 0, 1, 4].map((count) => `\0\0\0${String.fromCharCode(count)}`).join("")}`;
  const block = `${header}\0\0\0\0\0\0UTC\0`;
  return `${block}${block}\nUTC0\n`;
})();

/**
 * Makes the disk of a Debian host on which an engine has been installed: the directories and files that people
 * bind, without the host's own programs.
 */
export function hostDisk(settings: DaemonSettings): FileSystem {
  const tree = new LazyTree(() =>
    changed(
      emptyTree,
      (files, system) => {
        addFiles(files, settings);
        const root = system.directory(1);
        system.put(1, { ...root, mtime: mountTime });
      },
      { time: mountTime },
    ),
  );
  return new FileSystem(tree);
}

function addFiles(files: Files, { hostname, hostHosts, hostResolvConf, dataRoot }: DaemonSettings): void {
  for (const [path, mode = 0o755] of directories) {
    files.makeDirectories(path, 0o755);
    files.chmod(path, mode);
  }
  for (const [path, target] of links) files.symlink(target, path);
  files.makeDirectories(dataRoot, 0o755);
  files.chmod(dataRoot, 0o710);
  files.makeDirectories(`${dataRoot}/volumes`, 0o755);
  files.chmod(`${dataRoot}/volumes`, 0o701);
  files.mknod("/run/docker.sock", { type: "socket" }, 0o660);
  files.chmod("/run/docker.sock", 0o660);
  files.chown("/run/docker.sock", 0, dockerGroup);
  for (const [path, text] of Object.entries({
    "/etc/debian_version": "13.1\n",
    "/etc/group": `root:x:0:\nnogroup:x:65534:\ndocker:x:${dockerGroup}:\n`,
    "/etc/hostname": `${hostname}\n`,
    "/etc/hosts": hostHosts,
    "/etc/passwd":
      "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
    "/etc/resolv.conf": hostResolvConf,
    "/etc/timezone": "Etc/UTC\n",
    "/usr/lib/os-release":
      'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nNAME="Debian GNU/Linux"\nVERSION_ID="13"\nVERSION="13 (trixie)"\nVERSION_CODENAME=trixie\nID=debian\n',
    "/usr/share/zoneinfo/Etc/UTC": utc,
  })) {
    files.write(path, text);
  }
}
