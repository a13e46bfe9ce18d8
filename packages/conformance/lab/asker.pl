#!/usr/bin/perl
# Sends datagrams and tries connections from inside other network namespaces, and prints what comes back.
# `lab/asker.ts` runs it.
# A few such processes serve all containers of an engine. A socket stays in the namespace in which it was made,
# so the process enters a namespace only to make the socket. It closes the socket before it answers, so that no
# namespace outlives its container. (Node cannot change its namespace, and a Node process for each container
# would cost more than the container.)
#
#   in:   ask NAMESPACE SERVER MILLISECONDS QUERY QUERY …   queries in hex, their first two bytes unique
#   out:  REPLY REPLY …                                     in hex, `-` for none
#   in:   stream NAMESPACE SERVER MILLISECONDS QUERY …       as ask, each over a TCP connection of its own
#   in:   reach NAMESPACE MILLISECONDS ADDRESS PORT …       a TCP connection, or with the port `-` a ping
#   out:  ANSWER ANSWER …                                   answers, refused, no-route, silent
#   out:  ! what went wrong
use strict;
use warnings;
use Errno qw(EACCES EADDRNOTAVAIL ECONNREFUSED EINPROGRESS ENETUNREACH);
use POSIX ();
use Socket qw(:DEFAULT inet_pton pack_sockaddr_in6 SOCK_NONBLOCK);
use Time::HiRes qw(time);

$| = 1;
my $machine = (POSIX::uname())[4];
my $setns = { x86_64 => 308, aarch64 => 268 }->{$machine} // die "no system call number for $machine\n";
my $in_flight_limit = 96;
open(my $home, '<', '/proc/self/ns/net') or die "own namespace: $!\n";

sub enter { my ($file) = @_; syscall($setns, fileno($file), 0) == 0 or die "setns: $!\n" }

sub socket_in {
    my ($namespace, $server, $type) = @_;
    open(my $there, '<', $namespace) or die "$namespace: $!\n";
    enter($there);
    my $made = socket(my $socket, PF_INET, $type // SOCK_DGRAM, 0);
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

# What a server sends over TCP until it has sent a whole message, or nothing more comes.
sub message_from {
    my ($socket, $milliseconds) = @_;
    my $deadline = time + $milliseconds / 1000;
    my $bytes = '';
    while ((my $left = $deadline - time) > 0) {
        my $readable = '';
        vec($readable, fileno($socket), 1) = 1;
        last unless select($readable, undef, undef, $left) > 0;
        last unless sysread $socket, $bytes, 65537, length $bytes;
        next if length $bytes < 2;
        my $length = unpack 'n', $bytes;
        return unpack 'H*', substr $bytes, 2, $length if length $bytes >= 2 + $length;
    }
    return '-';
}

sub stream {
    my ($namespace, $server, $milliseconds, @queries) = @_;
    return join ' ', map {
        my $query = pack 'H*', $_;
        my $socket = socket_in($namespace, $server, SOCK_STREAM);
        my $reply = '-';
        if ($socket) {
            syswrite $socket, pack('n', length $query) . $query;
            $reply = message_from($socket, $milliseconds);
            close $socket;
        }
        $reply;
    } @queries;
}

sub checksum {
    my ($sum) = @_;
    my $total = 0;
    $total += $_ for unpack 'n*', $sum;
    $total = ($total >> 16) + ($total & 0xffff) while $total >> 16;
    return ~$total & 0xffff;
}

sub word {
    my ($error) = @_;
    return 'refused' if $error == ECONNREFUSED;
    return $error == ENETUNREACH || $error == EADDRNOTAVAIL || $error == EACCES ? 'no-route' : 'silent';
}

# An echo request's socket, or what became of it at once. Its identifier is its place.
sub ping {
    my ($address, $v6, $place) = @_;
    socket(my $made, $v6 ? AF_INET6 : PF_INET, SOCK_RAW, $v6 ? 58 : 1) or die "raw socket: $!\n";
    my $body = pack 'n n a8', $place + 1, 1, 'harbour';
    my $packet = $v6 ? pack('C C n a*', 128, 0, 0, $body) : pack('C C n a*', 8, 0, 0, $body);
    substr($packet, 2, 2) = pack 'n', checksum($packet) unless $v6;
    my $to = $v6 ? pack_sockaddr_in6(0, inet_pton(AF_INET6, $address)) : sockaddr_in(0, inet_aton($address));
    return defined send($made, $packet, 0, $to) ? $made : word($!);
}

sub connection {
    my ($address, $v6, $port) = @_;
    my $made = socket(my $socket, $v6 ? AF_INET6 : PF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0) or die "socket: $!\n";
    my $to = $v6 ? pack_sockaddr_in6($port, inet_pton(AF_INET6, $address)) : sockaddr_in($port, inet_aton($address));
    return 'answers' if connect($socket, $to);
    return $! == EINPROGRESS ? $socket : word($!);
}

sub reach {
    my ($namespace, $milliseconds, @targets) = @_;
    my (@answers, %open);
    open(my $there, '<', $namespace) or die "$namespace: $!\n";
    enter($there);
    eval {
        for (my $place = 0; @targets; $place++) {
            my ($address, $port) = splice @targets, 0, 2;
            my $v6 = $address =~ /:/;
            my $made = $port eq '-' ? ping($address, $v6, $place) : connection($address, $v6, $port);
            if (ref $made) { $open{$place} = [$made, $port eq '-', $v6, $address] } else { $answers[$place] = $made }
            $answers[$place] //= 'silent';
        }
    };
    my $failed = $@;
    enter($home);
    die $failed if $failed;
    my $deadline = time + $milliseconds / 1000;
    while (%open && (my $left = $deadline - time) > 0) {
        my ($read, $write) = ('', '');
        for (values %open) { vec($_->[1] ? $read : $write, fileno($_->[0]), 1) = 1 }
        last unless select($read, $write, undef, $left) > 0;
        for my $place (keys %open) {
            my ($socket, $is_ping, $v6, $address) = @{ $open{$place} };
            if ($is_ping) {
                next unless vec($read, fileno($socket), 1);
                next unless defined recv($socket, my $message, 65535, 0);
                $message = substr $message, 4 * (ord($message) & 15) unless $v6;
                next if length $message < 8;
                my ($type, $code) = unpack 'C C', $message;
                my $own = pack('n', $place + 1);
                my $at = $v6 ? 8 + 40 + 4 : 8 + 20 + 4;
                my $quoted = length $message < $at + 2 ? '' : substr $message, $at, 2;
                if ($type == ($v6 ? 129 : 0)) { next if substr($message, 4, 2) ne $own; $answers[$place] = 'answers' }
                elsif ($type == ($v6 ? 1 : 3)) { next if $quoted ne $own; $answers[$place] = $code == 0 ? 'no-route' : 'silent' }
                else { next }
            } else {
                next unless vec($write, fileno($socket), 1);
                my $error = unpack 'i', getsockopt($socket, SOL_SOCKET, SO_ERROR);
                $answers[$place] = $error == 0 ? 'answers' : word($error);
            }
            close $socket;
            delete $open{$place};
        }
    }
    return join ' ', @answers;
}

my %verbs = (ask => \&ask, stream => \&stream, reach => \&reach);

while (my $line = <STDIN>) {
    chomp $line;
    my ($verb, @words) = split / /, $line;
    my $answer = eval { $verbs{$verb}->(@words) };
    print defined $answer ? $answer : "! $@" =~ s/\n+\z//r, "\n";
}
