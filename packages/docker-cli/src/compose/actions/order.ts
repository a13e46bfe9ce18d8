// In which order services are gone through: each when those before it are done, all else at the same time.

import { ComposeError } from "../model/error.js";
import type { Project } from "../model/project.js";
import { dependentsOf } from "../model/select.js";

type Visit = (service: string, signal: AbortSignal) => Promise<void>;

/** Those that a service waits for come first. */
export const inDependencyOrder = (project: Project, visit: Visit): Promise<void> => {
  checkDependencies(project);
  return go([...project.services.keys()], (name) => dependencies(project, name), visit);
};

/** The same, and never two at the same time. */
export async function oneByOneInDependencyOrder(
  project: Project,
  visit: (service: string) => Promise<void>,
): Promise<void> {
  let last: Promise<void> = Promise.resolve();
  await inDependencyOrder(project, (name) => {
    last = last.then(() => visit(name));
    return last;
  });
}

/** Those that wait for a service come first. With names, only these and who waits for them. */
export const inReverseOrder = (
  project: Project,
  visit: Visit,
  names: readonly string[] = [],
): Promise<void> => {
  checkDependencies(project);
  const wanted = new Set<string>();
  const want = (name: string) => {
    if (wanted.has(name)) return;
    wanted.add(name);
    for (const dependent of dependentsOf(project, name)) want(dependent);
  };
  for (const name of names.length > 0 ? names : project.services.keys()) want(name);
  return go(
    [...project.services.keys()],
    (name) => dependentsOf(project, name),
    async (name, signal) => {
      if (wanted.has(name)) await visit(name, signal);
    },
  );
};

const dependencies = (project: Project, name: string) =>
  [...(project.services.get(name)?.depends_on?.keys() ?? [])].filter((other) => project.services.has(other));

function checkDependencies(project: Project): void {
  for (const [name, service] of project.services) {
    for (const [other, dependency] of service.depends_on ?? []) {
      if (project.services.has(other) || !dependency.required) continue;
      const disabled = project.disabled.get(other);
      if (disabled) {
        throw new ComposeError(
          `service ${other} is required by ${name} but is disabled. Can be enabled by profiles [${(disabled.profiles ?? []).join(" ")}]`,
        );
      }
      throw new ComposeError(`could not find ${other}: not found`);
    }
  }
}

async function go(names: readonly string[], before: (name: string) => string[], visit: Visit): Promise<void> {
  const stop = new AbortController();
  const visits = new Map<string, Promise<boolean>>();
  let failure: { error: unknown } | undefined;
  const start = (name: string): Promise<boolean> => {
    const begun = visits.get(name);
    if (begun) return begun;
    const visiting = (async () => {
      const ready = await Promise.all(before(name).map(start));
      if (!ready.every(Boolean) || failure) return false;
      try {
        await visit(name, stop.signal);
        return true;
      } catch (error) {
        failure ??= { error };
        stop.abort();
        return false;
      }
    })();
    visits.set(name, visiting);
    return visiting;
  };
  await Promise.all(names.map(start));
  if (failure) throw failure.error;
}

/** Does all at the same time, and rejects with the first error once all have ended. */
export async function together(acts: readonly (() => Promise<void>)[]): Promise<void> {
  const results = await Promise.allSettled(acts.map((act) => act()));
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}
