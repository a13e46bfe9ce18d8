/** Returns the folders of the packages that files come from. Files of this repository come from none. */
export function packagesOf(files: Iterable<string>): string[];

/**
 * Returns the notices of packages as one text: name, version, licence, and the words of the licence.
 *
 * @throws {Error} a licence is unknown, or its words are missing
 */
export function noticesOf(folders: Iterable<string>): string;
