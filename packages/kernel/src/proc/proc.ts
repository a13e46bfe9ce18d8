import { changed } from "../files/changed.js";
import { emptyTree, type Tree } from "../files/tree.js";

/** What is mounted on `/proc`. */
export const procTree: Tree = changed(emptyTree, (files) => {
  files.mkdir("/1", 0o555);
  files.symlink("1", "/self");
  files.chmod("/", 0o555);
});
