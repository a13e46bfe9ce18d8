import { type OpenFile, type ProcessContext, type ProcessInfo, withoutLines } from "@dryharbor/kernel";
import { Accounts } from "./accounts.js";
import { applet } from "./applet.js";
import { fromBytes } from "./byte-text.js";
import { TimedInput, withKeys } from "./keyboard.js";
import { memoryIn } from "./memory.js";
import { commandLine, processSize } from "./process-name.js";
import { processState, userName } from "./ps.js";
import { screenSize } from "./screen.js";

const help = `top [-bH] [-n COUNT] [-d SECONDS]

Show a view of process activity in real time.
Read the status of all processes from /proc each SECONDS
and show a screenful of them.
Keys:
	N/M/P/T: sort by pid/mem/cpu/time
	R: reverse sort
	H: toggle threads
	Q,^C: exit
Options:
	-b	Batch mode
	-n N	Exit after N iterations
	-d SEC	Delay between updates
	-H	Show threads`;

const usualDelay = "5";
const sampleTime = 100;
const title = "  PID  PPID USER     STAT   RSS %RSS %CPU COMMAND";
/** The lines above the processes. */
const headLines = 4;
/** The longest command line of batch mode. */
const longest = 512;

interface Order {
  byPid: boolean;
  reversed: boolean;
}

/** `top [-b] [-n COUNT] [-d SECONDS]`: shows the processes, again and again. */
export const top = applet(
  {
    help,
    options: { flags: "bmH", values: "nd" },
    // As in older times, the first argument needs no dash.
    prepare: ([first, ...rest]) =>
      first === undefined ? [] : [first.startsWith("-") ? first : `-${first}`, ...rest],
  },
  async (process, { name, given }) => {
    const [count, delay] = [given.get("n")?.at(-1) ?? "0", given.get("d")?.at(-1) ?? usualDelay];
    const wrong = [delay, count].find((text) => !/^-?\d+(\.\d+)?$/.test(text));
    if (wrong !== undefined) {
      process.stderr(`${name}: invalid number '${wrong}'\n`);
      return 1;
    }
    const iterations = Number(count) === 0 ? Number.POSITIVE_INFINITY : Number(count);
    const milliseconds = Math.max(0, Number(delay)) * 1000;
    const input = process.descriptors.get(0);
    const order: Order = { byPid: false, reversed: false };
    if (given.has("b") || !input) {
      for (let shown = 1; ; shown++) {
        process.stdout(`${linesOf(process, order, longest).join("\n")}\n`);
        if (shown >= iterations) return 0;
        await process.caughtUp();
        await process.sleep(milliseconds);
      }
    }
    return await withKeys(
      process,
      input,
      (before) => withoutLines(before),
      () => showScreens(process, input, order, { iterations, milliseconds }),
    );
  },
);

async function showScreens(
  process: ProcessContext,
  input: OpenFile,
  order: Order,
  { iterations, milliseconds }: { readonly iterations: number; readonly milliseconds: number },
): Promise<number> {
  const timed = new TimedInput(process, input);
  let isOver = false;
  /** Waits for a key that ends the program, for so long. */
  const isEndedWithin = async (wait: number): Promise<boolean> => {
    const keys = isOver ? "end" : await timed.within(wait);
    if (keys === "end") {
      isOver = true;
      await process.sleep(wait);
      return false;
    }
    const key = keys && fromBytes(keys).at(0)?.toLowerCase();
    if (key === "n") order.byPid = true;
    if (key && "mpt".includes(key)) order.byPid = false;
    if (key === "r") order.reversed = !order.reversed;
    return key !== undefined && ["q", "\x03", "\x04"].includes(key);
  };
  // The first sample of the processors takes a moment.
  let isEnded = await isEndedWithin(sampleTime);
  for (let shown = 1; !isEnded; shown++) {
    const { rows, columns } = screenSize(process);
    if (rows > headLines) {
      const lines = linesOf(process, order, columns - 1).slice(0, rows);
      const drawn = lines.map((line, at) =>
        at === headLines - 1 ? `\x1b[7m${line}\x1b[m\x1b[K` : `${line}\x1b[K`,
      );
      process.stdout(`\x1b[H${drawn.join("\n")}\x1b[J\r`);
    }
    if (shown >= iterations) break;
    await process.caughtUp();
    isEnded = await isEndedWithin(milliseconds);
  }
  process.stdout("\n");
  return 0;
}

function linesOf(process: ProcessContext, order: Order, width: number): string[] {
  const { total, free, shared, buffers, cached } = memoryIn(process.files);
  const memory = `${total - free}K used, ${free}K free, ${shared}K shrd, ${buffers}K buff, ${cached}K cached`;
  const load = new TextDecoder().decode(process.files.read("/proc/loadavg")).trimEnd();
  const accounts = new Accounts(process.files);
  const share = percent(Math.round((processSize.resident * 100) / total));
  const row = (info: ProcessInfo): string => {
    const { pid, parentPid } = info;
    const numbers = `${String(pid).padStart(5)} ${String(parentPid).padStart(5)}`;
    const state = processState(info, process.pid).padEnd(4);
    const size = String(processSize.resident).padStart(6);
    const head = `${numbers} ${userName(info, accounts).padEnd(8)} ${state}${size}${share}${percent(0)} `;
    return head + commandLine(info, longest);
  };
  const processes = [...process.processes()];
  if (order.byPid) processes.reverse();
  if (order.byPid && order.reversed) processes.reverse();
  return [
    `Mem: ${memory}`,
    processorLine(process),
    `Load average: ${load}`,
    title,
    ...processes.map(row),
  ].map((line) => line.slice(0, width));
}

function percent(value: number): string {
  return `${String(value).padStart(4)}%`;
}

/** How the processors have spent their time. */
function processorLine({ files }: ProcessContext): string {
  const text = new TextDecoder().decode(files.read("/proc/stat"));
  const [user = 0, nice = 0, system = 0, idle = 0, waiting = 0, hard = 0, soft = 0] = (
    text.split("\n", 1)[0] ?? ""
  )
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const total = user + nice + system + idle + waiting + hard + soft || 1;
  const part = (ticks: number): string => percent(Math.floor((ticks * 100) / total));
  return (
    `CPU:${part(user)} usr${part(system)} sys${part(nice)} nic${part(idle)} idle` +
    `${part(waiting)} io${part(hard)} irq${part(soft)} sirq`
  );
}
