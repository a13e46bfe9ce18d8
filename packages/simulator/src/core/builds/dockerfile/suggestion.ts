/** Returns ` (did you mean …?)` for what is spelt almost as an option is, or an empty text. */
export function suggestion(
  word: string,
  options: readonly string[],
  { caseMatters }: { readonly caseMatters: boolean },
): string {
  const fold = (text: string) => (caseMatters ? text : text.toLowerCase());
  const asked = fold(word);
  let nearest = "";
  let least = 3;
  for (const option of options.map(fold)) {
    if (option === asked) return "";
    const distance = distanceOf(asked, option);
    if (distance >= least) continue;
    nearest = option;
    least = distance;
  }
  if (nearest === "") return "";
  const shown = !caseMatters && word !== word.toLowerCase() && word === word.toUpperCase();
  return ` (did you mean ${shown ? nearest.toUpperCase() : nearest}?)`;
}

/** How many letters have to be added, removed or replaced to make one word of another. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const replaced = (row[to - 1] as number) + (one[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[to] as number) + 1, (next[to - 1] as number) + 1));
    }
    row = next;
  }
  return row[other.length] as number;
}
