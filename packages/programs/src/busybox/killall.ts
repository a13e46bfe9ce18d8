import { applet } from "./applet.js";
import { killProblem, listSignals, takeSignal } from "./kill.js";
import { processName } from "./process-name.js";

const help = `killall [-lq] [-SIG] PROCESS_NAME...

Send a signal (default: TERM) to given processes

	-l	List all signal names and numbers
	-q	Don't complain if no processes were killed`;

/** `killall [-SIGNAL] NAME...`: sends a signal to all processes of a name. */
export const killall = applet({ help }, async (process, { name, operands }) => {
  if (operands[0] === "-l") return listSignals(operands.slice(1), process);
  const rest = [...operands];
  const isQuiet = rest[0] === "-q";
  if (isQuiet) rest.shift();
  const signal = takeSignal(name, rest, process);
  if (signal === undefined) return 1;
  if (rest.length === 0) {
    process.stderr(`${name}: you need to specify whom to kill\n`);
    return 1;
  }
  let code = 0;
  for (const wanted of rest) {
    const found = process
      .processes()
      .filter((info) => processName(info) === wanted && info.pid !== process.pid);
    for (const { pid } of found) {
      const problem = killProblem(process, pid, signal);
      if (problem === undefined) continue;
      if (!isQuiet) process.stderr(`${name}: can't kill pid ${pid}: ${problem}\n`);
      code = 1;
    }
    if (found.length > 0) continue;
    if (!isQuiet) process.stderr(`${name}: ${wanted}: no process killed\n`);
    code = 1;
  }
  return code;
});
