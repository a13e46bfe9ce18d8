import type { Program } from "@dryharbor/kernel";
import { Accounts } from "../busybox/accounts.js";

/** `gosu USER[:GROUP] COMMAND [ARG]...` and `su-exec`: become a program of another user. */
export const gosu: Program = async (process) => {
  const { argv, env, files, stdout, stderr } = process;
  const [own, who, command, ...args] = argv;
  const name = own.slice(own.lastIndexOf("/") + 1);
  if (name === "gosu" && who === "--version") {
    stdout("1.17 (go1.18.2 on linux/amd64; gc)\n");
    return 0;
  }
  if (who === undefined || command === undefined) {
    const usage =
      name === "gosu"
        ? "Usage: gosu user-spec command [args]\n   eg: gosu tianon bash\n       gosu nobody:root bash -c 'whoami && id'\n       gosu 1000:1 id\n"
        : "Usage: su-exec user-spec command [args]\n";
    (name === "gosu" ? stdout : stderr)(usage);
    return 1;
  }
  const accounts = new Accounts(files);
  const [user = "", group] = who.split(":");
  const account = accounts.userNamed(user);
  const isNumber = /^\d+$/.test(user);
  if (user !== "" && !account && !isNumber) {
    stderr(
      name === "gosu"
        ? `error: failed switching to "${who}": unable to find user ${user}: no matching entries in passwd file\n`
        : `su-exec: getpwnam(${user}): Success\n`,
    );
    return 1;
  }
  const uid = account?.uid ?? (isNumber ? Number(user) : process.uid);
  const ofGroup = group
    ? (accounts.groupNumber(group) ?? (/^\d+$/.test(group) ? Number(group) : undefined))
    : undefined;
  if (group && ofGroup === undefined) {
    stderr(
      name === "gosu"
        ? `error: failed switching to "${who}": unable to find group ${group}: no matching entries in group file\n`
        : `su-exec: getgrnam(${group}): Success\n`,
    );
    return 1;
  }
  const gid = ofGroup ?? account?.gid ?? (isNumber ? 0 : process.gid);
  const groups = ofGroup === undefined && account ? accounts.groupsOf(account) : [gid];
  const program = process.findProgram(command);
  if (!program) {
    stderr(
      name === "gosu"
        ? `error: exec: "${command}": executable file not found in $PATH\n`
        : `su-exec: ${command}: No such file or directory\n`,
    );
    return name === "gosu" ? 1 : 127;
  }
  return process.become(program, {
    argv: [command, ...args],
    env: { ...env, ...(account && { HOME: account.home }) },
    cwd: process.cwd,
    user: { uid, gid, groups },
  });
};
