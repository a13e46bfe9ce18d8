/** Adds variables to an environment. One that exists keeps its place. */
export function withVariables(
  env: readonly string[],
  variables: readonly (readonly [name: string, value: string])[],
): string[] {
  const result = [...env];
  for (const [name, value] of variables) {
    const at = result.findIndex((line) => line.split("=", 1)[0] === name);
    if (at >= 0) result[at] = `${name}=${value}`;
    else result.push(`${name}=${value}`);
  }
  return result;
}
