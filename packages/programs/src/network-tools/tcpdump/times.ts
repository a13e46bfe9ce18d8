const second = 1_000_000_000n;
const day = 86_400;

/**
 * Formats the time of a packet, with a blank behind it.
 *
 * @param style how often `-t` was given: 1 no time, 2 seconds since 1970, 3 since the packet before, 4 with the date,
 *   5 since the first packet
 */
export function timeText(time: bigint, style: number, first: bigint, last: bigint): string {
  switch (style) {
    case 1:
      return "";
    case 2:
      return `${time / second}.${micros(time)} `;
    case 3:
      return ` ${clock(time - last)} `;
    case 4: {
      const date = new Date(Number(time / 1_000_000n)).toISOString().slice(0, 10);
      return `${date} ${clock(time)} `;
    }
    case 5:
      return ` ${clock(time - first)} `;
    default:
      return `${clock(time)} `;
  }
}

/** Formats the time of day. The time zone of containers is UTC. */
function clock(time: bigint): string {
  const seconds = Number(time / second) % day;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${micros(time)}`;
}

function micros(time: bigint): string {
  return String((time % second) / 1_000n).padStart(6, "0");
}
