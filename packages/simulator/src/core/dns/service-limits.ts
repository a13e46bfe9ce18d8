// How patient the embedded DNS server is with a TCP connection. Seen on 20.10 and 28.5.

/** How long it waits for the first message of a connection, and for each later one, in milliseconds. */
export const firstWithin = 2_000;
export const nextWithin = 8_000;

/** The number of messages after which it closes a connection. */
export const mostMessages = 128;
