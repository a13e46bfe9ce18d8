import type { ResolvesCheck } from "./check.js";
import { addressesOf, cannotAsk, containerOf, type Finding, held, missing, type State } from "./state.js";

/** Judges whether a container resolves a name, and to whom. Asks the resolver that the container uses. */
export async function judgeResolves(check: ResolvesCheck, state: State): Promise<Finding> {
  const { from, name, to, type = "A" } = check;
  const why = cannotAsk(state, from);
  if (why !== undefined) return missing(why);
  const { status, records } = await state.engine.dns.resolve(from, { name, type });
  if (status !== "found") return missing(`${from} does not resolve the name ${name}`);
  if (to === undefined) return held(`${from} resolves the name ${name}`);

  const holders = state.topology.containers
    .map((container) => container.name)
    .filter((each) =>
      addressesOf(state, each, { ipv6: type === "AAAA" }).some((one) => records.includes(one)),
    );
  const wanted = [...to].sort();
  if (wanted.join() === holders.sort().join()) {
    return held(`${from} resolves ${name} to ${inWords(wanted)}`);
  }
  const absent = wanted.find((each) => !containerOf(state, each));
  if (absent !== undefined) return missing(`there is no container ${absent} yet`);
  const found = holders.length === 0 ? records.join(" and ") : inWords(holders);
  return missing(`${from} resolves ${name} to ${found}, not to ${inWords(wanted)}`);
}

function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
