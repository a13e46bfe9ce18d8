#!/usr/bin/perl
# A small `docker` that hands its arguments, environment and streams to clients/cli/serve.ts, which has
# @dryharbor/docker-cli in memory. A node process for each command would take a second; this takes some milliseconds.
# usage: docker.pl SOCKET ARGUMENTS...
use strict;
use warnings;
use Cwd;
use IO::Select;
use IO::Socket::UNIX;
use POSIX ();

my $path = shift @ARGV;
my $server = IO::Socket::UNIX->new(Peer => $path) or die "docker.pl: cannot connect to $path: $!\n";

sub send_frame {
    my ($type, $data) = @_;
    my $frame = $type . pack('N', length $data) . $data;
    while (length $frame) {
        my $sent = syswrite($server, $frame);
        return unless defined $sent;
        $frame = substr($frame, $sent);
    }
}

my $terminals = join '', map { -t $_ ? 1 : 0 } (*STDIN, *STDOUT, *STDERR);
send_frame('H', join("\0", getcwd(), $terminals, scalar @ARGV, @ARGV, map { "$_=$ENV{$_}" } keys %ENV));
for my $name (qw(INT TERM HUP QUIT)) {
    $SIG{$name} = sub { send_frame('S', "SIG$name") };
}

my $select = IO::Select->new($server);
my $buffer = '';
while (1) {
    for my $ready ($select->can_read) {
        if ($ready == $server) {
            my $count = sysread($server, $buffer, 65536, length $buffer);
            next unless defined $count;
            exit 255 if $count == 0;
            while (length $buffer >= 5) {
                my ($type, $length) = unpack('aN', $buffer);
                last if length $buffer < 5 + $length;
                my $data = substr($buffer, 5, $length);
                $buffer = substr($buffer, 5 + $length);
                if ($type eq '1') { write_all(\*STDOUT, $data) }
                elsif ($type eq '2') { write_all(\*STDERR, $data) }
                elsif ($type eq 'R') { $select->add(\*STDIN) }
                elsif ($type eq 'X') { exit $data }
                elsif ($type eq 'K') {
                    $SIG{substr($data, 3)} = 'DEFAULT';
                    kill substr($data, 3), $$;
                }
            }
        } else {
            my $count = sysread(STDIN, my $data, 65536);
            if (!$count) {
                $select->remove(\*STDIN);
                send_frame('E', '');
            } else {
                send_frame('I', $data);
            }
        }
    }
}

sub write_all {
    my ($handle, $data) = @_;
    while (length $data) {
        my $written = syswrite($handle, $data);
        POSIX::_exit(141) unless defined $written;
        $data = substr($data, $written);
    }
}
