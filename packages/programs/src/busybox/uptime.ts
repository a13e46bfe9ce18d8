import { applet } from "./applet.js";
import { formatDate, zoneOf } from "./dates.js";

/** `uptime`: prints how long the machine has been up, and its load. */
export const uptime = applet(
  {
    help: `uptime

Display the time since the last boot`,
    options: { flags: "" },
  },
  async (process) => {
    const read = (path: string) => new TextDecoder().decode(process.files.read(path));
    const seconds = Number.parseInt(read("/proc/uptime"), 10);
    const load = read("/proc/loadavg").split(" ").slice(0, 3).join(", ");
    const time = formatDate("%H:%M:%S", process.now(), zoneOf(process.env.TZ ?? ""));
    // Nobody logs in to a container.
    process.stdout(` ${time} up ${duration(seconds)},  0 users,  load average: ${load}\n`);
    return 0;
  },
);

function duration(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const before = days === 0 ? "" : `${days} day${days === 1 ? "" : "s"}, `;
  if (hours === 0) return `${before}${minutes} min`;
  return `${before}${String(hours).padStart(2)}:${String(minutes).padStart(2, "0")}`;
}
