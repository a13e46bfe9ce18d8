import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Subject } from "./subject.js";

const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** What git says, without the end of its line. */
export function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: repository, encoding: "utf8", stdio: "pipe" }).trim();
}

/** A commit that was checked out and built beside this checkout, until it is disposed of. */
export interface Checkout extends Subject, Disposable {
  /** The commit's short hash. */
  readonly commit: string;
}

/** The commit has no simulator that can be measured. */
export class NotMeasurable extends Error {}

/**
 * Checks a commit out into a folder of its own and builds its simulator as that commit says.
 *
 * @throws {NotMeasurable} there is no such commit, or it cannot be built
 */
export function checkOut(reference: string): Checkout {
  const root = mkdtempSync(join(tmpdir(), "dryharbor-against-"));
  const tree = join(root, "tree");
  const remove = (): void => {
    rmSync(root, { recursive: true, force: true });
    git("worktree", "prune");
  };
  try {
    const commit = git("rev-parse", "--short", "--verify", `${reference}^{commit}`);
    git("worktree", "add", "--detach", tree, commit);
    pnpm(tree, "install", "--frozen-lockfile", "--prefer-offline");
    pnpm(tree, "exec", "turbo", "run", "build", "--filter=@dryharbor/simulator", "--output-logs=errors-only");
    return { commit, directory: join(tree, "packages", "simulator"), [Symbol.dispose]: remove };
  } catch (error) {
    remove();
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    throw new NotMeasurable(`${reference}: ${message}\n${stdout}${stderr}`);
  }
}

function pnpm(cwd: string, ...args: string[]): void {
  execFileSync("npx", ["-y", "pnpm@10", ...args], { cwd, encoding: "utf8", stdio: "pipe" });
}
