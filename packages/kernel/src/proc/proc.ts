import { changed } from "../files/changed.js";
import { emptyTree, type Tree } from "../files/tree.js";

let made: Tree | undefined;

/** Returns the file tree that is mounted on `/proc`. It holds only `/proc/1` and `/proc/self`. */
export function procTree(): Tree {
  made ??= changed(emptyTree, (files) => {
    files.mkdir("/1", 0o555);
    files.symlink("1", "/self");
    files.chmod("/", 0o555);
  });
  return made;
}
