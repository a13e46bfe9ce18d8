// The entry `@dryharbor/programs/gzip`: compression of layers of images, as engines do it that keep them compressed.
export { goGzipped } from "./deflate/gzip-format.js";
