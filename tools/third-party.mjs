// The notices of other people's packages whose code is in a bundle. Their licences ask for them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Licences that ask for no more than their text beside the code. */
const allowed = new Set(["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"]);

/**
 * Returns the folders of the packages that files come from. Files of this repository come from none.
 *
 * @param {Iterable<string>} files
 * @returns {string[]}
 */
export function packagesOf(files) {
  const folders = new Set();
  for (const file of files) {
    const [folder] = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file.replaceAll("\\", "/")) ?? [];
    // What a bundler makes up itself, such as a virtual module, has no package.
    if (folder !== undefined && existsSync(join(folder, "package.json"))) folders.add(folder);
  }
  return [...folders];
}

/**
 * Returns the notices of packages as one text: name, version, licence, and the words of the licence.
 *
 * @param {Iterable<string>} folders
 * @throws {Error} a licence is unknown, or its words are missing
 */
export function noticesOf(folders) {
  const notices = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (!allowed.has(license))
      throw new Error(`${name} is bundled, and its licence "${license}" is not allowed`);
    const texts = readdirSync(folder)
      .filter((file) => /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i.test(file))
      .map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
    if (texts.length === 0) throw new Error(`${name} is bundled, and has no file with its licence`);
    notices.set(`${name} ${version}`, `${name} ${version} (${license})\n\n${texts.join("\n\n")}\n`);
  }
  const line = `\n${"-".repeat(80)}\n\n`;
  const sorted = [...notices].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, notice]) => notice);
  return ["This package contains code of the following packages.\n", ...sorted].join(line);
}
