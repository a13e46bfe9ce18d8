import { FileError, type ProcessContext } from "@dryharbor/kernel";
import { type Account, Accounts } from "./accounts.js";
import { applet } from "./applet.js";
import { findProgram } from "./find-program.js";

const help = `su [-lmp] [-s SH] [-] [USER [FILE ARGS | -c 'CMD' [ARG0 ARGS]]]

Run shell under USER (by default, root)

	-,-l	Clear environment, go to home dir, run shell as login shell
	-p,-m	Do not set new $HOME, $SHELL, $USER, $LOGNAME
	-c CMD	Command to pass to 'sh -c'
	-s SH	Shell to use instead of user's default`;

const pathOfRoot = "/sbin:/usr/sbin:/bin:/usr/bin";
const pathOfOthers = "/bin:/usr/bin";

/** `su [-] [USER]`: runs a shell as another user. */
export const su = applet(
  { help, options: { flags: "mpl", values: "cs" } },
  async (process, { name, given, operands }) => {
    const rest = [...operands];
    const isLogin = rest[0] === "-" ? rest.shift() === "-" : given.has("l");
    const user = rest.shift() ?? "root";
    const command = given.get("c")?.at(-1);
    const refuse = (problem: string): number => {
      process.stderr(`${name}: ${problem}\n`);
      return 1;
    };
    if (process.uid !== 0) return refuse("must be suid to work properly");
    const accounts = new Accounts(process.files);
    const account = accounts.userNamed(user);
    if (!account) return refuse(`unknown user ${user}`);
    const shell = given.get("s")?.at(-1) ?? (account.shell || "/bin/sh");
    let { cwd } = process;
    if (isLogin) {
      cwd = homeOf(process, account);
      if (cwd !== account.home) {
        process.stderr(
          `${name}: can't change directory to '${account.home}': ${problemOf(process, account.home)}\n`,
        );
      }
    }
    const program = findProgram(process, shell, { cwd, path: "" });
    if (!program) return refuse(`can't execute '${shell}': ${problemOf(process, shell)}`);
    if (!process.capable("setgid")) return refuse("can't set groups: Operation not permitted");
    if (!process.capable("setuid")) return refuse("setuid: Operation not permitted");
    const base = shell.replace(/.*\//, "");
    return process.become(program, {
      argv: [isLogin ? `-${base}` : base, ...(command === undefined ? [] : ["-c", command]), ...rest],
      env: environment(process.env, account, shell, { isLogin, keeps: given.has("p") || given.has("m") }),
      cwd,
      user: { uid: account.uid, gid: account.gid, groups: accounts.groupsOf(account) },
    });
  },
);

function homeOf({ files }: ProcessContext, { home }: Account): string {
  return files.isDirectory(home) ? home : "/";
}

function problemOf({ files }: ProcessContext, path: string): string {
  try {
    files.stat(path);
    return "Permission denied";
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
}

function environment(
  env: Readonly<Record<string, string>>,
  { name, uid, home }: Account,
  shell: string,
  { isLogin, keeps }: { readonly isLogin: boolean; readonly keeps: boolean },
): Readonly<Record<string, string>> {
  if (isLogin) {
    return {
      ...(env.TERM !== undefined && { TERM: env.TERM }),
      PATH: uid === 0 ? pathOfRoot : pathOfOthers,
      USER: name,
      LOGNAME: name,
      HOME: home,
      SHELL: shell,
    };
  }
  if (keeps) return env;
  // Root stays whoever it was.
  const named = uid === 0 ? {} : { USER: name, LOGNAME: name };
  return { ...env, ...named, HOME: home, SHELL: shell };
}
