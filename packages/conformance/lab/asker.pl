#!/usr/bin/perl
# Sends datagrams from inside other network namespaces, and prints the replies. `lab/asker.ts` runs it.
# A few such processes serve all containers of an engine. A socket stays in the namespace in which it was made,
# so the process enters a namespace only to make the socket. It closes the socket before it answers, so that no
# namespace outlives its container. (Node cannot change its namespace, and a Node process for each container
# would cost more than the container.)
#
#   in:   NAMESPACE SERVER MILLISECONDS QUERY QUERY …      queries in hex, their first two bytes unique
#   out:  REPLY REPLY …                                    in hex, `-` for none; or `! what went wrong`
use strict;
use warnings;
use Errno qw(ENETUNREACH);
use POSIX ();
use Socket;
use Time::HiRes qw(time);

$| = 1;
my $machine = (POSIX::uname())[4];
my $setns = { x86_64 => 308, aarch64 => 268 }->{$machine} // die "no system call number for $machine\n";
my $in_flight_limit = 96;
open(my $home, '<', '/proc/self/ns/net') or die "own namespace: $!\n";

sub enter { my ($file) = @_; syscall($setns, fileno($file), 0) == 0 or die "setns: $!\n" }

sub socket_in {
    my ($namespace, $server) = @_;
    open(my $there, '<', $namespace) or die "$namespace: $!\n";
    enter($there);
    my $made = socket(my $socket, PF_INET, SOCK_DGRAM, 0);
    $made = connect($socket, sockaddr_in(53, inet_aton($server))) if $made;
    my $error = $!; # both a number and a text
    enter($home);
    return $socket if $made;
    # A container without networks reaches no server.
    return undef if $error == ENETUNREACH;
    die "socket to $server: $error\n";
}

sub ask {
    my ($namespace, $server, $milliseconds, @queries) = @_;
    my @waiting = map { pack 'H*', $_ } @queries;
    my @order = map { substr $_, 0, 2 } @waiting;
    my (%deadline, %reply);
    my $socket = socket_in($namespace, $server) or return join ' ', map { '-' } @order;
    while (@waiting || %deadline) {
        while (@waiting && keys %deadline < $in_flight_limit) {
            my $query = shift @waiting;
            $deadline{ substr $query, 0, 2 } = time + $milliseconds / 1000;
            send $socket, $query, 0;
        }
        my $now = time;
        my $next = (sort { $a <=> $b } values %deadline)[0];
        my $readable = '';
        vec($readable, fileno($socket), 1) = 1;
        if ($next > $now && select($readable, undef, undef, $next - $now) > 0) {
            next unless defined recv($socket, my $message, 65535, 0);
            my $id = substr $message, 0, 2;
            $reply{$id} = unpack 'H*', $message if delete $deadline{$id};
        }
        for my $id (keys %deadline) { delete $deadline{$id} if $deadline{$id} <= time }
    }
    close $socket;
    return join ' ', map { $reply{$_} // '-' } @order;
}

while (my $line = <STDIN>) {
    chomp $line;
    my $answer = eval { ask(split / /, $line) };
    print defined $answer ? $answer : "! $@" =~ s/\n+\z//r, "\n";
}
