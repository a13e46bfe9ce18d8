/** The longest that setTimeout takes. */
const longest = 2 ** 31 - 1;

let waiting = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Keeps a Node process alive while somebody waits, as an open connection does; the simulator's own
 * timers do not. Until the returned function is called.
 */
export function keepAlive(): () => void {
  if (waiting++ === 0) timer = setTimeout(() => {}, longest);
  return () => {
    if (--waiting === 0) clearTimeout(timer);
  };
}
