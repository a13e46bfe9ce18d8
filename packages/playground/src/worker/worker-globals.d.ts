// What a worker has besides the globals of `web-globals.d.ts`.
declare const self: unknown;
