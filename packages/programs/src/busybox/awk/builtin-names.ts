/**
 * The functions that awk has, with the least number of their arguments, and the most where more are refused.
 * BusyBox is built without the mathematical ones, which fail when they are called.
 */
export const builtins = {
  and: [2],
  atan2: [2],
  close: [1, 1],
  compl: [1],
  cos: [1, 1],
  exp: [1, 1],
  fflush: [0, 1],
  gensub: [3],
  gsub: [2],
  index: [2],
  int: [1, 1],
  length: [0, 1],
  log: [1, 1],
  lshift: [2],
  match: [2],
  mktime: [1],
  or: [2],
  rand: [0, 0],
  rshift: [2],
  sin: [1, 1],
  split: [2],
  sprintf: [0],
  sqrt: [1, 1],
  srand: [0, 1],
  strftime: [0],
  sub: [2],
  substr: [2],
  system: [1, 1],
  systime: [0, 0],
  tolower: [1],
  toupper: [1],
  xor: [2],
} as const satisfies Readonly<Record<string, readonly [least: number, most?: number]>>;

export type BuiltinName = keyof typeof builtins;

export function isBuiltin(name: string): name is BuiltinName {
  return Object.hasOwn(builtins, name);
}
