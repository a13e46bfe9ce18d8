/** The numbers of Linux's signals by name, with aliases such as `CLD`. */
const numbers: Readonly<Record<string, number>> = {
  ABRT: 6,
  ALRM: 14,
  BUS: 7,
  CHLD: 17,
  CLD: 17,
  CONT: 18,
  FPE: 8,
  HUP: 1,
  ILL: 4,
  INT: 2,
  IO: 29,
  IOT: 6,
  KILL: 9,
  PIPE: 13,
  POLL: 29,
  PROF: 27,
  PWR: 30,
  QUIT: 3,
  SEGV: 11,
  STKFLT: 16,
  STOP: 19,
  SYS: 31,
  TERM: 15,
  TRAP: 5,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  USR1: 10,
  USR2: 12,
  VTALRM: 26,
  WINCH: 28,
  XCPU: 24,
  XFSZ: 25,
};

const firstRealTime = 34;
const lastRealTime = 64;

// The signals that the kernel itself treats or sends.
export const sigkill = 9;
export const sigpipe = 13;
export const sigterm = 15;
export const sigcont = 18;
export const sigstop = 19;

/**
 * Returns the number of a signal. The name may be in upper or lower case, with or without `SIG`, for example
 * `term`. A number is returned as it is, even when no such signal exists. Returns 0 for any other text.
 */
export function parseSignal(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  const name = text.toUpperCase().replace(/^SIG/, "");
  const realTime = /^RT(MIN|MAX)(?:([+-])(\d+))?$/.exec(name);
  if (realTime) {
    const [, base, sign, offset = "0"] = realTime;
    const wrongWay = sign !== undefined && (base === "MIN") !== (sign === "+");
    if (wrongWay) return 0;
    const steps = Number(offset);
    if (base === "MIN") return steps <= 15 ? firstRealTime + steps : 0;
    return steps <= 14 ? lastRealTime - steps : 0;
  }
  return numbers[name] ?? 0;
}

/** Returns whether a number is a signal that programs can use. 32 and 33 are reserved by glibc. */
export function isLinuxSignal(number: number): boolean {
  return (number >= 1 && number <= 31) || (number >= firstRealTime && number <= lastRealTime);
}

/** Returns the name of a signal, for example `SIGTERM` for 15. */
export function signalName(number: number): string {
  const found = Object.entries(numbers).find(([, value]) => value === number);
  if (found) return `SIG${found[0]}`;
  return number === firstRealTime ? "SIGRTMIN" : `SIGRTMIN+${number - firstRealTime}`;
}
