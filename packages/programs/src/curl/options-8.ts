// The options of curl 8.14.1, as its own `curl --help all` and `curl --help CATEGORY` show them.

/** The categories with what they are about. */
export const categories = `
auth Authentication methods
connection Manage connections
curl The command line tool itself
deprecated Legacy
dns Names and resolving
file FILE protocol
ftp FTP protocol
global Global options
http HTTP and HTTPS protocol
imap IMAP protocol
ldap LDAP protocol
output Filesystem output
pop3 POP3 protocol
post HTTP POST specific
proxy Options for proxies
scp SCP protocol
sftp SFTP protocol
smtp SMTP protocol
ssh SSH protocol
telnet TELNET protocol
tftp TFTP protocol
timeout Timeouts and delays
tls TLS/SSL related
upload Upload, sending data
verbose Tracing, logging etc
`;

/** The options: letter, name, argument, description and categories, with a tab between them. */
export const options = `
	abstract-unix-socket	<path>	Connect via abstract Unix domain socket	connection
	alt-svc	<filename>	Enable alt-svc with this cache file	http
	anyauth		Pick any authentication method	auth http proxy
a	append		Append to target file when uploading	ftp sftp
	aws-sigv4	<provider1[:prvdr2[:reg[:srv]]]>	AWS V4 signature auth	auth http
	basic		HTTP Basic Authentication	auth
	ca-native		Load CA certs from the OS	tls
	cacert	<file>	CA certificate to verify peer against	tls
	capath	<dir>	CA directory to verify peer against	tls
E	cert	<certificate[:password]>	Client certificate file and password	tls
	cert-status		Verify server cert status OCSP-staple	tls
	cert-type	<type>	Certificate type (DER/PEM/ENG/PROV/P12)	tls
	ciphers	<list>	TLS 1.2 (1.1, 1.0) ciphers to use	tls
	compressed		Request compressed response	http
	compressed-ssh		Enable SSH compression	scp ssh
K	config	<file>	Read config from a file	curl
	connect-timeout	<seconds>	Maximum time allowed to connect	connection timeout
	connect-to	<HOST1:PORT1:HOST2:PORT2>	Connect to host2 instead of host1	connection dns
C	continue-at	<offset>	Resumed transfer offset	connection
b	cookie	<data|filename>	Send cookies from string/load from file	http
c	cookie-jar	<filename>	Save cookies to <filename> after operation	http
	create-dirs		Create necessary local directory hierarchy	output
	create-file-mode	<mode>	File mode for created files	file scp sftp upload
	crlf		Convert LF to CRLF in upload	ftp smtp
	crlfile	<file>	Certificate Revocation list	tls
	curves	<list>	(EC) TLS key exchange algorithms to request	tls
d	data	<data>	HTTP POST data	important http post upload
	data-ascii	<data>	HTTP POST ASCII data	http post upload
	data-binary	<data>	HTTP POST binary data	http post upload
	data-raw	<data>	HTTP POST data, '@' allowed	http post upload
	data-urlencode	<data>	HTTP POST data URL encoded	http post upload
	delegation	<LEVEL>	GSS-API delegation permission	auth
	digest		HTTP Digest Authentication	auth http proxy
q	disable		Disable .curlrc	curl
	disable-eprt		Inhibit using EPRT or LPRT	ftp
	disable-epsv		Inhibit using EPSV	ftp
	disallow-username-in-url		Disallow username in URL	curl
	dns-interface	<interface>	Interface to use for DNS requests	dns
	dns-ipv4-addr	<address>	IPv4 address to use for DNS requests	dns
	dns-ipv6-addr	<address>	IPv6 address to use for DNS requests	dns
	dns-servers	<addresses>	DNS server addrs to use	dns
	doh-cert-status		Verify DoH server cert status OCSP-staple	dns tls
	doh-insecure		Allow insecure DoH server connections	dns tls
	doh-url	<URL>	Resolve hostnames over DoH	dns
	dump-ca-embed		Write the embedded CA bundle to standard output	http proxy tls
D	dump-header	<filename>	Write the received headers to <filename>	ftp http
	ech	<config>	Configure ECH	tls
	egd-file	<file>	EGD socket path for random data	deprecated
	engine	<name>	Crypto engine to use	tls
	etag-compare	<file>	Load ETag from file	http
	etag-save	<file>	Parse incoming ETag and save to a file	http
	expect100-timeout	<seconds>	How long to wait for 100-continue	http timeout
f	fail		Fail fast with no output on HTTP errors	important http
	fail-early		Fail on first transfer error	curl global
	fail-with-body		Fail on HTTP errors but save the body	http output
	false-start		Enable TLS False Start	tls
F	form	<name=content>	Specify multipart MIME data	http imap post smtp upload
	form-escape		Escape form fields using backslash	http post upload
	form-string	<name=string>	Specify multipart MIME data	http imap post smtp upload
	ftp-account	<data>	Account data string	auth ftp
	ftp-alternative-to-user	<command>	String to replace USER [name]	ftp
	ftp-create-dirs		Create the remote dirs if not present	ftp sftp
	ftp-method	<method>	Control CWD usage	ftp
	ftp-pasv		Send PASV/EPSV instead of PORT	ftp
P	ftp-port	<address>	Send PORT instead of PASV	ftp
	ftp-pret		Send PRET before PASV	ftp
	ftp-skip-pasv-ip		Skip the IP address for PASV	ftp
	ftp-ssl-ccc		Send CCC after authenticating	ftp tls
	ftp-ssl-ccc-mode	<active/passive>	Set CCC mode	ftp tls
	ftp-ssl-control		Require TLS for login, clear for transfer	ftp tls
G	get		Put the post data in the URL and use GET	http
g	globoff		Disable URL globbing with {} and []	curl
	happy-eyeballs-timeout-ms	<ms>	Time for IPv6 before IPv4	connection timeout
	haproxy-clientip	<ip>	Set address in HAProxy PROXY	http proxy
	haproxy-protocol		Send HAProxy PROXY protocol v1 header	http proxy
I	head		Show document info only	file ftp http
H	header	<header/@file>	Pass custom header(s) to server	http imap smtp
h	help	<subject>	Get help for commands	important curl
	hostpubmd5	<md5>	Acceptable MD5 hash of host public key	scp sftp ssh
	hostpubsha256	<sha256>	Acceptable SHA256 hash of host public key	scp sftp ssh
	hsts	<filename>	Enable HSTS with this cache file	http
	http0.9		Allow HTTP/0.9 responses	http
0	http1.0		Use HTTP/1.0	http
	http1.1		Use HTTP/1.1	http
	http2		Use HTTP/2	http
	http2-prior-knowledge		Use HTTP/2 without HTTP/1.1 Upgrade	http
	http3		Use HTTP/3	http
	http3-only		Use HTTP/3 only	http
	ignore-content-length		Ignore the size of the remote resource	ftp http
k	insecure		Allow insecure server connections	scp sftp ssh tls
	interface	<name>	Use network interface	connection
	ip-tos	<string>	Set IP Type of Service or Traffic Class	connection
	ipfs-gateway	<URL>	Gateway for IPFS	curl
4	ipv4		Resolve names to IPv4 addresses	connection dns
6	ipv6		Resolve names to IPv6 addresses	connection dns
	json	<data>	HTTP POST JSON	http post upload
j	junk-session-cookies		Ignore session cookies read from file	http
	keepalive-cnt	<integer>	Maximum number of keepalive probes	connection
	keepalive-time	<seconds>	Interval time for keepalive probes	connection timeout
	key	<key>	Private key filename	ssh tls
	key-type	<type>	Private key file type (DER/PEM/ENG)	tls
	krb	<level>	Enable Kerberos with security <level>	ftp
	libcurl	<file>	Generate libcurl code for this command line	curl global
	limit-rate	<speed>	Limit transfer speed to RATE	connection
l	list-only		List only mode	file ftp pop3 sftp
	local-port	<range>	Use a local port number within RANGE	connection
L	location		Follow redirects	http
	location-trusted		As --location, but send secrets to other hosts	auth http
	login-options	<options>	Server login options	auth imap ldap pop3 smtp
	mail-auth	<address>	Originator address of the original email	smtp
	mail-from	<address>	Mail from this address	smtp
	mail-rcpt	<address>	Mail to this address	smtp
	mail-rcpt-allowfails		Allow RCPT TO command to fail	smtp
M	manual		Display the full manual	curl
	max-filesize	<bytes>	Maximum file size to download	connection
	max-redirs	<num>	Maximum number of redirects allowed	http
m	max-time	<seconds>	Maximum time allowed for transfer	connection timeout
	metalink		Process given URLs as metalink XML file	deprecated
	mptcp		Enable Multipath TCP	connection
	negotiate		Use HTTP Negotiate (SPNEGO) authentication	auth http
n	netrc		Must read .netrc for username and password	auth
	netrc-file	<filename>	Specify FILE for netrc	auth
	netrc-optional		Use either .netrc or URL	auth
:	next		Make next URL use separate options	curl
	no-alpn		Disable the ALPN TLS extension	http tls
N	no-buffer		Disable buffering of the output stream	output
	no-clobber		Do not overwrite files that already exist	output
	no-keepalive		Disable TCP keepalive on the connection	connection
	no-npn		Disable the NPN TLS extension	deprecated
	no-progress-meter		Do not show the progress meter	verbose
	no-sessionid		Disable SSL session-ID reusing	tls
	noproxy	<no-proxy-list>	List of hosts which do not use proxy	proxy
	ntlm		HTTP NTLM authentication	auth http
	ntlm-wb		HTTP NTLM authentication with winbind	deprecated
	oauth2-bearer	<token>	OAuth 2 Bearer Token	auth imap ldap pop3 smtp
o	output	<file>	Write to file instead of stdout	important output
	output-dir	<dir>	Directory to save files in	output
Z	parallel		Perform transfers in parallel	connection curl global
	parallel-immediate		Do not wait for multiplexing	connection curl global
	parallel-max	<num>	Maximum concurrency for parallel transfers	connection curl global
	pass	<phrase>	Passphrase for the private key	auth ssh tls
	path-as-is		Do not squash .. sequences in URL path	curl
	pinnedpubkey	<hashes>	Public key to verify peer against	tls
	post301		Do not switch to GET after a 301 redirect	http post
	post302		Do not switch to GET after a 302 redirect	http post
	post303		Do not switch to GET after a 303 redirect	http post
	preproxy	<[protocol://]host[:port]>	Use this proxy first	proxy
#	progress-bar		Display transfer progress as a bar	global verbose
	proto	<protocols>	Enable/disable PROTOCOLS	connection curl
	proto-default	<protocol>	Use PROTOCOL for any URL missing a scheme	connection curl
	proto-redir	<protocols>	Enable/disable PROTOCOLS on redirect	connection curl
x	proxy	<[protocol://]host[:port]>	Use this proxy	proxy
	proxy-anyauth		Pick any proxy authentication method	auth proxy
	proxy-basic		Use Basic authentication on the proxy	auth proxy
	proxy-ca-native		Load CA certs from the OS to verify proxy	tls
	proxy-cacert	<file>	CA certificates to verify proxy against	proxy tls
	proxy-capath	<dir>	CA directory to verify proxy against	proxy tls
	proxy-cert	<cert[:passwd]>	Set client certificate for proxy	proxy tls
	proxy-cert-type	<type>	Client certificate type for HTTPS proxy	proxy tls
	proxy-ciphers	<list>	TLS 1.2 (1.1, 1.0) ciphers to use for proxy	proxy tls
	proxy-crlfile	<file>	Set a CRL list for proxy	proxy tls
	proxy-digest		Digest auth with the proxy	proxy tls
	proxy-header	<header/@file>	Pass custom header(s) to proxy	proxy
	proxy-http2		Use HTTP/2 with HTTPS proxy	http proxy
	proxy-insecure		Skip HTTPS proxy cert verification	proxy tls
	proxy-key	<key>	Private key for HTTPS proxy	proxy tls
	proxy-key-type	<type>	Private key file type for proxy	proxy tls
	proxy-negotiate		HTTP Negotiate (SPNEGO) auth with the proxy	auth proxy
	proxy-ntlm		NTLM authentication with the proxy	auth proxy
	proxy-pass	<phrase>	Passphrase for private key for HTTPS proxy	auth proxy tls
	proxy-pinnedpubkey	<hashes>	FILE/HASHES public key to verify proxy with	proxy tls
	proxy-service-name	<name>	SPNEGO proxy service name	proxy tls
	proxy-ssl-allow-beast		Allow this security flaw for HTTPS proxy	proxy tls
	proxy-ssl-auto-client-cert		Auto client certificate for proxy	proxy tls
	proxy-tls13-ciphers	<list>	TLS 1.3 proxy cipher suites	proxy tls
	proxy-tlsauthtype	<type>	TLS authentication type for HTTPS proxy	auth proxy tls
	proxy-tlspassword	<string>	TLS password for HTTPS proxy	auth proxy tls
	proxy-tlsuser	<name>	TLS username for HTTPS proxy	auth proxy tls
	proxy-tlsv1		TLSv1 for HTTPS proxy	auth proxy tls
U	proxy-user	<user:password>	Proxy user and password	auth proxy
	proxy1.0	<host[:port]>	Use HTTP/1.0 proxy on given port	proxy
p	proxytunnel		HTTP proxy tunnel (using CONNECT)	proxy
	pubkey	<key>	SSH Public key filename	auth scp sftp ssh
Q	quote	<command>	Send command(s) to server before transfer	ftp sftp
	random-file	<file>	File for reading random data from	deprecated
r	range	<range>	Retrieve only the bytes within RANGE	file ftp http sftp
	rate	<max request rate>	Request rate for serial transfers	connection global
	raw		Do HTTP raw; no transfer decoding	http
e	referer	<URL>	Referrer URL	http
J	remote-header-name		Use the header-provided filename	output
O	remote-name		Write output to file named as remote file	important output
	remote-name-all		Use the remote filename for all URLs	output
R	remote-time		Set remote file's time on local output	output
	remove-on-error		Remove output file on errors	output
X	request	<method>	Specify request method to use	connection ftp imap pop3 smtp
	request-target	<path>	Specify the target for this request	http
	resolve	<[+]host:port:addr[,addr]...>	Resolve host+port to address	connection dns
	retry	<num>	Retry request if transient problems occur	curl
	retry-all-errors		Retry all errors (with --retry)	curl
	retry-connrefused		Retry on connection refused (with --retry)	curl
	retry-delay	<seconds>	Wait time between retries	curl timeout
	retry-max-time	<seconds>	Retry only within this period	curl timeout
	sasl-authzid	<identity>	Identity for SASL PLAIN authentication	auth
	sasl-ir		Initial response in SASL authentication	auth
	service-name	<name>	SPNEGO service name	auth
S	show-error		Show error even when -s is used	curl global
i	show-headers		Show response headers in output	important output verbose
	sigalgs	<list>	TLS signature algorithms to use	tls
s	silent		Silent mode	important verbose
	skip-existing		Skip download if local file already exists	curl output
	socks4	<host[:port]>	SOCKS4 proxy on given host + port	proxy
	socks4a	<host[:port]>	SOCKS4a proxy on given host + port	proxy
	socks5	<host[:port]>	SOCKS5 proxy on given host + port	proxy
	socks5-basic		Username/password auth for SOCKS5 proxies	auth proxy
	socks5-gssapi		Enable GSS-API auth for SOCKS5 proxies	auth proxy
	socks5-gssapi-nec		Compatibility with NEC SOCKS5 server	auth proxy
	socks5-gssapi-service	<name>	SOCKS5 proxy service name for GSS-API	auth proxy
	socks5-hostname	<host[:port]>	SOCKS5 proxy, pass hostname to proxy	proxy
Y	speed-limit	<speed>	Stop transfers slower than this	connection
y	speed-time	<seconds>	Trigger 'speed-limit' abort after this time	connection timeout
	ssl		Try enabling TLS	imap ldap pop3 smtp tls
	ssl-allow-beast		Allow security flaw to improve interop	tls
	ssl-auto-client-cert		Use auto client certificate (Schannel)	tls
	ssl-no-revoke		Disable cert revocation checks (Schannel)	tls
	ssl-reqd		Require SSL/TLS	imap ldap pop3 smtp tls
	ssl-revoke-best-effort		Ignore missing cert CRL dist points	tls
	ssl-sessions	<filename>	Load/save SSL session tickets from/to this file	tls
2	sslv2		SSLv2	deprecated
3	sslv3		SSLv3	deprecated
	stderr	<file>	Where to redirect stderr	global verbose
	styled-output		Enable styled output for HTTP headers	global verbose
	suppress-connect-headers		Suppress proxy CONNECT response headers	proxy
	tcp-fastopen		Use TCP Fast Open	connection
	tcp-nodelay		Set TCP_NODELAY	connection
t	telnet-option	<opt=val>	Set telnet option	telnet
	tftp-blksize	<value>	Set TFTP BLKSIZE option	tftp
	tftp-no-options		Do not send any TFTP options	tftp
z	time-cond	<time>	Transfer based on a time condition	ftp http
	tls-earlydata		Allow use of TLSv1.3 early data (0RTT)	tls
	tls-max	<VERSION>	Maximum allowed TLS version	tls
	tls13-ciphers	<list>	TLS 1.3 cipher suites to use	tls
	tlsauthtype	<type>	TLS authentication type	auth tls
	tlspassword	<string>	TLS password	auth tls
	tlsuser	<name>	TLS username	auth tls
1	tlsv1		TLSv1.0 or greater	tls
	tlsv1.0		TLSv1.0 or greater	tls
	tlsv1.1		TLSv1.1 or greater	tls
	tlsv1.2		TLSv1.2 or greater	tls
	tlsv1.3		TLSv1.3 or greater	tls
	tr-encoding		Request compressed transfer encoding	http
	trace	<file>	Write a debug trace to FILE	global verbose
	trace-ascii	<file>	Like --trace, but without hex output	global verbose
	trace-config	<string>	Details to log in trace/verbose output	global verbose
	trace-ids		Transfer + connection ids in verbose output	global verbose
	trace-time		Add time stamps to trace/verbose output	global verbose
	unix-socket	<path>	Connect through this Unix domain socket	connection
T	upload-file	<file>	Transfer local FILE to destination	important upload
	upload-flags	<flags>	IMAP upload behavior	curl output
	url	<url/file>	URL(s) to work with	curl
	url-query	<data>	Add a URL query part	http post upload
B	use-ascii		Use ASCII/text transfer	ftp ldap output
u	user	<user:password>	Server user and password	important auth
A	user-agent	<name>	Send User-Agent <name> to server	important http
	variable	<[%]name=text/@file>	Set variable	curl
v	verbose		Make the operation more talkative	important global verbose
V	version		Show version number and quit	important curl
	vlan-priority	<priority>	Set VLAN priority	connection
w	write-out	<format>	Output FORMAT after completion	verbose
	xattr		Store metadata in extended file attributes	output
`;
