// Reading and formatting of dates, for `date`, `touch`, `ls` and `stat`.

/** A time zone without daylight saving time, as `TZ` gives it. */
export interface Zone {
  readonly name: string;
  /** The offset from UTC in seconds, positive to the east. */
  readonly offset: number;
}

/** Parses a value of `TZ`, for example `EST5EDT`, `CET-1` or `UTC0`. Returns UTC for any other text. */
export function zoneOf(text: string): Zone {
  const match = /^([A-Za-z]{3,}|<[^>]+>)([-+]?)(\d{1,2})(?::(\d{2}))?/.exec(text);
  if (!match) return { name: "UTC", offset: 0 };
  const [, name = "UTC", sign, hours, minutes = "0"] = match;
  const seconds = Number(hours) * 3600 + Number(minutes) * 60;
  return { name: name.replace(/[<>]/g, ""), offset: sign === "-" ? seconds : -seconds || 0 };
}

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
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

/** Formats a time like `strftime`. @param instant the time in nanoseconds since 1970 */
export function formatDate(format: string, instant: bigint, zone: Zone): string {
  const seconds = instant / 1_000_000_000n;
  const local = new Date(Number(seconds) * 1000 + zone.offset * 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const year = local.getUTCFullYear();
  const month = local.getUTCMonth();
  const day = local.getUTCDate();
  const weekday = local.getUTCDay();
  const hour = local.getUTCHours();
  const minute = two(local.getUTCMinutes());
  const second = two(local.getUTCSeconds());
  const dayOfYear = Math.floor((Date.UTC(year, month, day) - Date.UTC(year, 0, 1)) / 86_400_000);
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  const sign = zone.offset < 0 ? "-" : "+";
  const away = Math.abs(zone.offset);
  const iso = isoWeek(year, month, day);
  const values: Readonly<Record<string, string>> = {
    Y: String(year),
    y: two(year % 100),
    C: two(Math.floor(year / 100)),
    m: two(month + 1),
    d: two(day),
    e: String(day).padStart(2),
    j: String(dayOfYear + 1).padStart(3, "0"),
    H: two(hour),
    k: String(hour).padStart(2),
    I: two(twelve),
    l: String(twelve).padStart(2),
    M: minute,
    S: second,
    p: hour < 12 ? "AM" : "PM",
    P: hour < 12 ? "am" : "pm",
    a: (days[weekday] as string).slice(0, 3),
    A: days[weekday] as string,
    b: (months[month] as string).slice(0, 3),
    h: (months[month] as string).slice(0, 3),
    B: months[month] as string,
    u: String(weekday === 0 ? 7 : weekday),
    w: String(weekday),
    U: two(Math.floor((dayOfYear + 7 - weekday) / 7)),
    W: two(Math.floor((dayOfYear + 7 - ((weekday + 6) % 7)) / 7)),
    V: two(iso.week),
    G: String(iso.year),
    g: two(iso.year % 100),
    s: String(seconds),
    N: String(instant % 1_000_000_000n).padStart(9, "0"),
    Z: zone.name,
    z: `${sign}${two(Math.floor(away / 3600))}${two(Math.floor(away / 60) % 60)}`,
    n: "\n",
    t: "\t",
    "%": "%",
  };
  const together: Readonly<Record<string, string>> = {
    F: "%Y-%m-%d",
    T: "%H:%M:%S",
    D: "%m/%d/%y",
    x: "%m/%d/%y",
    X: "%H:%M:%S",
    R: "%H:%M",
    r: "%I:%M:%S %p",
    c: "%a %b %e %H:%M:%S %Y",
  };
  return format
    .replace(/%([FTDxXRrc])/g, (_, letter: string) => together[letter] as string)
    .replace(/%[-_0^#]?(.)/g, (whole, letter: string) => values[letter] ?? whole);
}

function isoWeek(year: number, month: number, day: number): { week: number; year: number } {
  const date = new Date(Date.UTC(year, month, day));
  // A week belongs to the year of its Thursday.
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const first = Date.UTC(date.getUTCFullYear(), 0, 1);
  return { week: Math.ceil(((date.getTime() - first) / 86_400_000 + 1) / 7), year: date.getUTCFullYear() };
}

const precisions: Readonly<Record<string, string>> = {
  "": "%Y-%m-%d",
  date: "%Y-%m-%d",
  hours: "%Y-%m-%dT%H",
  minutes: "%Y-%m-%dT%H:%M",
  seconds: "%Y-%m-%dT%H:%M:%S",
  ns: "%Y-%m-%dT%H:%M:%S,%N",
};

/** Formats a time in ISO 8601. `precision` is the beginning of a name such as `seconds`. */
export function isoDate(precision: string, instant: bigint, zone: Zone): string {
  const name = Object.keys(precisions).find((each) => each !== "" && each.startsWith(precision)) ?? "";
  const key = precision === "" ? "" : name;
  const text = formatDate(precisions[key] as string, instant, zone);
  if (key === "" || key === "date") return text;
  return text + formatDate("%z", instant, zone).replace(/(..)$/, ":$1");
}

/**
 * Parses a time as `date -d` does. Returns it in nanoseconds since 1970, or `undefined` when the text is not
 * a time.
 *
 * @param now the current time in nanoseconds since 1970, for the parts that the text leaves out
 */
export function readDate(text: string, now: bigint, zone: Zone): bigint | undefined {
  const seconds = /^@(-?\d+)$/.exec(text)?.[1];
  if (seconds !== undefined) return BigInt(seconds) * 1_000_000_000n;
  const today = new Date(Number(now / 1_000_000n) + zone.offset * 1000);
  const instant = (
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
  ): bigint | undefined => {
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
      return undefined;
    return BigInt(Date.UTC(year, month - 1, day, hour, minute, second) - zone.offset * 1000) * 1_000_000n;
  };
  const [year, month, day] = [today.getUTCFullYear(), today.getUTCMonth() + 1, today.getUTCDate()];
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (clock) return instant(year, month, day, Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0));
  const dotted = /^(?:(\d{4})\.)?(\d{1,2})\.(\d{1,2})-(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (dotted) {
    const [, y, mo, d, h, mi, s] = dotted;
    return instant(Number(y ?? year), Number(mo), Number(d), Number(h), Number(mi), Number(s ?? 0));
  }
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(Z)?)?$/.exec(text);
  if (iso) {
    const [, y, mo, d, h, mi, s] = iso;
    return instant(Number(y), Number(mo), Number(d), Number(h ?? 0), Number(mi ?? 0), Number(s ?? 0));
  }
  const digits = /^((((\d\d)?\d\d)?\d\d)?\d\d)?(\d\d)(?:\.(\d\d))?$/.test(text) ? text.split(".") : undefined;
  if (digits && (digits[0] as string).length <= 12) {
    const all = digits[0] as string;
    const two = (fromEnd: number): number | undefined => {
      const at = all.length - fromEnd;
      return at < 0 ? undefined : Number(all.slice(at, at + 2));
    };
    const given =
      all.length === 12 ? Number(all.slice(0, 4)) : two(10) === undefined ? year : 2000 + (two(10) as number);
    return instant(
      given,
      two(8) ?? month,
      two(6) ?? day,
      two(4) ?? today.getUTCHours(),
      two(2) ?? 0,
      Number(digits[1] ?? 0),
    );
  }
  return undefined;
}
