import { changed } from "../files/changed.js";
import { emptyTree, type Tree } from "../files/tree.js";

let made: Tree | undefined;

/** What is mounted on `/proc`. */
export function procTree(): Tree {
  made ??= changed(emptyTree, (files) => {
    files.mkdir("/1", 0o555);
    files.symlink("1", "/self");
    files.chmod("/", 0o555);
  });
  return made;
}
