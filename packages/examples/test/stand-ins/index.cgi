#!/bin/sh
# Stands in for the page of katacoda/redis-node-docker-example: counts in the redis that it finds.
address=::ffff:$(echo "$REMOTE_ADDR" | sed 's/.*[:[]\([0-9.]*\).*/\1/')
printf 'INCR requests\r\nHINCRBY ip %s 1\r\nHGETALL ip\r\nQUIT\r\n' "$address" | nc redis 6379 | tr -d '\r' >/tmp/said.$$
printf 'Content-Type: text/plain\r\n\r\n'
printf 'This page was generated after talking to redis.\n\nApplication Build: 1\n\nTotal requests: %s\n\nIP count: \n' \
    "$(sed -n '1s/^://p' /tmp/said.$$)"
sed '1,3d; /^[$+]/d' /tmp/said.$$ | while read -r ip && read -r count; do echo "    $ip: $count"; done
rm /tmp/said.$$
