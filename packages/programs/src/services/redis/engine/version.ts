/** The version of Redis that is simulated, as an image `redis:7` has had it. */
export const version = "7.4.1";
