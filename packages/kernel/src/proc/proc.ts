import { changed } from "../files/changed.js";
import { emptyTree, type Tree } from "../files/tree.js";

/** The file tree that is mounted on `/proc`. It holds only `/proc/1` and `/proc/self`. */
export const procTree: Tree = changed(emptyTree, (files) => {
  files.mkdir("/1", 0o555);
  files.symlink("1", "/self");
  files.chmod("/", 0o555);
});
