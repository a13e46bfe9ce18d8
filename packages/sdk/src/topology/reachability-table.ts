import type { TrafficAnswer } from "../traffic.js";
import type { AddressSeen, Reachability } from "./reachability.js";
import { columns, visible } from "./text.js";

/**
 * Shows a {@link Reachability} as a table: a line for each that asks; for each container the columns `name` (does its
 * name resolve, or an alias or link where that alone does), `ping`, and its ports. Of several addresses the best answer
 * counts. Below it are the published ports as the host sees them. Ends with a line break.
 *
 * @example
 * process.stdout.write(reachabilityTable(await reachability(engine)));
 * // from      redis                  web
 * //           name   ping    6379    name  ping    3000
 * // redis     -      -       -       yes   yes     yes
 * // web       yes    yes     yes     -     -       -
 * // apart     no     silent  silent  no    silent  silent
 * // the host  -      yes     yes     -     yes     yes
 */
export function reachabilityTable({ containers, from, host }: Reachability): string {
  const targets = containers.map((name) => ({ name, columns: columnsOf(name, { from, host }) }));
  const rows: string[][] = [
    [
      "from",
      ...targets.flatMap(({ name, columns }) =>
        columns.map((_, index) => (index === 0 ? visible(name) : "")),
      ),
    ],
    ["", ...targets.flatMap(({ columns }) => columns.map((column) => `${column}`))],
  ];
  for (const { container, ended, to } of from) {
    rows.push([
      visible(container),
      ...targets.flatMap(({ name, columns }, index) => {
        if (ended) return columns.map((_, place) => (index === 0 && place === 0 ? "ended" : ""));
        const seen = to.find((each) => each.container === name);
        if (!seen) return columns.map(() => "-");
        return columns.map((column) => {
          return column === "name" ? resolved(seen.names) : best(seen.addresses, column);
        });
      }),
    ]);
  }
  if (host) {
    rows.push([
      "the host",
      ...targets.flatMap(({ name, columns }) => {
        const addresses = host.to.find(({ container }) => container === name)?.addresses ?? [];
        return columns.map((column) => (column === "name" ? "-" : best(addresses, column)));
      }),
    ]);
  }
  const published = (host?.to ?? []).flatMap(({ container, published }) =>
    published.map(({ address, port, containerPort, answer }) => {
      const at = address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
      return `the host to ${at}, published by ${visible(container)} for ${containerPort}: ${said(answer)}`;
    }),
  );
  return [...aligned(rows), ...published].map((line) => `${line}\n`).join("");
}

type Column = "name" | "ping" | number;

function columnsOf(
  name: string,
  { from, host }: Pick<Reachability, "from"> & { host: Reachability["host"] },
): Column[] {
  const seen = [...from.flatMap(({ to }) => to), ...(host?.to ?? [])].filter(
    ({ container }) => container === name,
  );
  const addresses = seen.flatMap(({ addresses }) => addresses);
  const ports = new Set(addresses.flatMap(({ ports }) => ports.map(({ port }) => port)));
  return ["name", ...(addresses.some(({ ping }) => ping !== undefined) ? ["ping" as const] : []), ...ports];
}

/** From the best to the worst. */
const ranking: readonly TrafficAnswer[] = ["answers", "refused", "silent", "no-route"];

function best(addresses: readonly AddressSeen[], column: Column): string {
  const answers = addresses.flatMap(({ ping, ports }) => {
    if (column === "ping") return ping ?? [];
    return ports.filter(({ port }) => port === column).map(({ answer }) => answer);
  });
  const found = ranking.find((answer) => answers.includes(answer));
  return found === undefined ? "-" : said(found);
}

function said(answer: TrafficAnswer): string {
  return answer === "answers" ? "yes" : answer;
}

function resolved(names: Reachability["from"][number]["to"][number]["names"]): string {
  const [own, ...others] = names;
  if (own?.answer.status === "found") return "yes";
  const other = others.find(({ answer }) => answer.status === "found");
  return other ? `as ${visible(other.name)}` : "no";
}

function aligned(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, index) => Math.max(...rows.slice(1).map((row) => columns(row[index]!))));
  // A name in the first line reaches over the columns of its container.
  const head = rows[0]!;
  for (let start = 0; start < head.length; ) {
    let end = start + 1;
    while (end < head.length && head[end] === "") end++;
    const room = widths.slice(start, end).reduce((sum, width) => sum + width + 2, -2);
    widths[end - 1]! += Math.max(columns(head[start]!) - room, 0);
    start = end;
  }
  return rows.map((row, line) => {
    let text = "";
    let place = 0;
    for (const [index, cell] of row.entries()) {
      if (line > 0 || cell !== "") text += " ".repeat(Math.max(place - columns(text), 0)) + cell;
      place += widths[index]! + 2;
    }
    return text.trimEnd();
  });
}
