import { applet } from "./applet.js";
import { readNumber } from "./numbers.js";

const help = `cal [-jmy] [[MONTH] YEAR]

Display a calendar

	-j	Use julian dates
	-m	Week starts on Monday
	-y	Display the entire year`;

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const weekdays = ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"];
const rows = 6;
const between = 2;
/** The width of a row of a year's calendar. */
const yearWidth = 79;

/** `cal [[MONTH] YEAR]`: prints a calendar of a month or a year. */
export const cal = applet(
  { help, options: { flags: "jmy" } },
  async (process, { name, given, operands, usage }) => {
    if (operands.length > 2) return usage(process);
    const today = new Date(Number(process.now() / 1_000_000n));
    const texts = operands.length === 2 ? operands : [undefined, operands[0]];
    const month = texts[0] === undefined ? undefined : readNumber(texts[0], 1, 12);
    const year = texts[1] === undefined ? today.getUTCFullYear() : readNumber(texts[1], 1, 9999);
    for (const problem of [year, month]) {
      if (typeof problem !== "string") continue;
      process.stderr(`${name}: ${problem}\n`);
      return 1;
    }
    const shape = { byYear: given.has("j"), mondays: given.has("m"), width: given.has("j") ? 4 : 3 };
    const isYear = given.has("y") || operands.length === 1;
    if (isYear) process.stdout(yearText(year as number, shape));
    else {
      const shown = (month as number | undefined) ?? today.getUTCMonth() + 1;
      process.stdout(monthText(year as number, shown - 1, shape));
    }
    return 0;
  },
);

interface Shape {
  /** Whether days count from the first of January. */
  readonly byYear: boolean;
  readonly mondays: boolean;
  /** The width of a day. */
  readonly width: number;
}

function heading({ mondays, width }: Shape): string {
  const order = mondays ? [...weekdays.slice(1), weekdays[0]] : weekdays;
  return order.map((day) => (day as string).padStart(width - 1)).join(" ");
}

/** Rows of spaces alone stay. */
function trimmed(text: string): string {
  return /^ *$/.test(text) ? text : text.trimEnd();
}

function monthText(year: number, month: number, shape: Shape): string {
  const title = `${months[month]} ${year}`;
  const width = 7 * shape.width - 1;
  const lines = [" ".repeat(Math.floor((width - title.length) / 2)) + title, heading(shape)];
  return `${[...lines, ...weeks(year, month, shape).map(trimmed)].join("\n")}\n`;
}

function yearText(year: number, shape: Shape): string {
  const across = shape.byYear ? 2 : 3;
  const width = 7 * shape.width - 1;
  const lines = [centered(String(year), width * across + between * (across - 1), 0), ""];
  for (let first = 0; first < 12; first += across) {
    const together = Array.from({ length: across }, (_, at) => first + at);
    const titles = together.map((month, at) =>
      centered(months[month] as string, width, at < across - 1 ? between : 0),
    );
    lines.push(titles.join(""), together.map(() => heading(shape)).join(" ".repeat(between)));
    const columns = together.map((month) => weeks(year, month, shape));
    for (let row = 0; row < rows; row++) {
      const line = columns.map((each) => (each[row] as string).padEnd(width + between)).join("");
      lines.push(trimmed(/^ *$/.test(line) ? " ".repeat(yearWidth) : line));
    }
  }
  return `${lines.join("\n")}\n`;
}

function centered(text: string, width: number, behind: number): string {
  const left = Math.floor((width - text.length) / 2);
  return " ".repeat(left) + text + " ".repeat(width - text.length - left + behind);
}

/** The six rows of a month, each seven days wide. */
function weeks(year: number, month: number, { byYear, mondays, width }: Shape): string[] {
  const isReform = year === 1752 && month === 8;
  const length = daysIn(year, month);
  const first = weekday(year, month, 1);
  let place = mondays ? (first + 6) % 7 : first;
  const cells = new Array<string>(rows * 7).fill("");
  let before = 0;
  for (let earlier = 0; earlier < month; earlier++) before += daysIn(year, earlier);
  for (let day = 1; day <= length; day++) {
    // Eleven days were left out.
    if (isReform && day > 2 && day < 14) continue;
    cells[place++] = String(byYear ? before + day : day);
  }
  return Array.from({ length: rows }, (_, row) =>
    cells
      .slice(row * 7, row * 7 + 7)
      .map((cell) => cell.padStart(width - 1).padEnd(width))
      .join(""),
  );
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year <= 1752 || year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month] as number;
}

/** The day of the week, with Sunday as 0, by the calendar that was in use in England. */
function weekday(year: number, month: number, day: number): number {
  const isGregorian = year > 1752 || (year === 1752 && (month > 8 || (month === 8 && day > 2)));
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) + day;
  if (isGregorian) days += Math.floor(before / 400) - Math.floor(before / 100);
  for (let earlier = 0; earlier < month; earlier++) days += daysIn(year, earlier);
  // The first of January of the year 1 was a Saturday in one calendar and a Monday in the other.
  return (days + (isGregorian ? 0 : 5)) % 7;
}
