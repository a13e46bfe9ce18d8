import { FileError } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { formatDate, isoDate, readDate, type Zone, zoneOf } from "./dates.js";

const help = `date [OPTIONS] [+FMT] [[-s] TIME]

Display time (using +FMT), or set time

	-u		Work in UTC (don't convert to local time)
	[-s] TIME	Set time to TIME
	-d TIME		Display TIME, not 'now'
	-D FMT		FMT (strptime format) for -s/-d TIME conversion
	-r FILE		Display last modification time of FILE
	-R		Output RFC-2822 date
	-I[SPEC]	Output ISO-8601 date
			SPEC=date (default), hours, minutes, seconds or ns

Recognized TIME formats:
	@seconds_since_1970
	hh:mm[:ss]
	[YYYY.]MM.DD-hh:mm[:ss]
	YYYY-MM-DD hh:mm[:ss]
	[[[[[YY]YY]MM]DD]hh]mm[.ss]
	'date TIME' form accepts MMDDhhmm[[YY]YY][.ss] instead`;

/** `date [-u] [-d TIME] [+FORMAT]`: prints the time, or another time in a format. */
export const date = applet(
  { help, options: { flags: "uR", values: "dDrs", attached: "I" } },
  async (process, { name, given, operands }) => {
    const zone: Zone = given.has("u") ? zoneOf("UTC0") : zoneOf(process.env.TZ ?? "UTC0");
    const complain = (text: string): number => {
      process.stderr(`${name}: ${text}\n`);
      return 1;
    };
    const format = operands.find((text) => text.startsWith("+"));
    const spelt = given.get("d")?.at(-1) ?? given.get("s")?.at(-1);
    const setting = given.has("s") || operands.some((text) => !text.startsWith("+"));
    const text = spelt ?? operands.find((each) => !each.startsWith("+"));
    const now = process.now();
    const path = given.get("r")?.at(-1);
    let instant = now;
    if (path !== undefined) {
      try {
        instant = process.files.stat(path).mtime;
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        return complain(`${path}: ${error.message}`);
      }
    } else if (text !== undefined) {
      const read = readDate(text, now, zone);
      if (read === undefined) return complain(`invalid date '${text}'`);
      instant = read;
    }
    if (setting && !given.has("d")) return complain("can't set date: Operation not permitted");
    const precision = given.get("I")?.at(-1);
    const shown =
      format !== undefined
        ? formatDate(format.slice(1), instant, zone)
        : given.has("R")
          ? formatDate("%a, %d %b %Y %H:%M:%S %z", instant, zone)
          : precision !== undefined
            ? isoDate(precision, instant, zone)
            : formatDate("%a %b %e %H:%M:%S %Z %Y", instant, zone);
    process.stdout(`${shown}\n`);
    return 0;
  },
);
