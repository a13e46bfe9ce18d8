// Which directives there are, where each may stand, and how many arguments it takes.

/**
 * Each line has directives that are alike: where they may stand (`m`ain, `e`vents, `h`ttp, `s`erver, `l`ocation, `u`pstream,
 * `i`f), their arguments, and their names. `+` means that number or more, `flag` is on or off, and `{` a block. A `*` means
 * that a directive may stand there several times.
 */
const lines = `
m 1 pcre_jit worker_cpu_affinity worker_rlimit_core working_directory lock_file timer_resolution
m 1 pid worker_processes worker_rlimit_nofile worker_priority worker_shutdown_timeout
m 1* load_module env
m 12 user
m flag daemon master_process
m 0{ events http stream mail
mhsl 1+* error_log
mehsluit 1* include
e 1 worker_connections use worker_aio_requests debug_connection accept_mutex_delay
e flag multi_accept accept_mutex
h 2+* log_format
h 0{* server
h 1{* upstream
h 2{* map geo split_clients
h 1+* proxy_cache_path fastcgi_cache_path limit_req_zone limit_conn_zone
h 1 types_hash_max_size types_hash_bucket_size server_names_hash_max_size server_names_hash_bucket_size
h 1 variables_hash_max_size variables_hash_bucket_size map_hash_max_size map_hash_bucket_size
s 1+* listen
s 1+* server_name
sl 12{* location
sl 1{* limit_except
sli 12* return
sli 23* rewrite
sli 2* set
sli 0* break
sl 1+{* if
sl 2+ try_files
hsl 0{* types
hsli 1 root
l 1 alias
li 1 proxy_pass fastcgi_pass uwsgi_pass scgi_pass grpc_pass memcached_pass
l 0 internal stub_status empty_gif
hsl 1+* index
hsl 2+* error_page
hsli 1+* access_log
hsli 23* add_header add_trailer
hsl 1 default_type keepalive_time keepalive_requests send_timeout client_body_timeout client_max_body_size
hsl 12 keepalive_timeout
hs 1 client_header_timeout client_header_buffer_size request_pool_size connection_pool_size
hs 2 large_client_header_buffers
hs flag merge_slashes ignore_invalid_headers underscores_in_headers
hsl flag tcp_nopush tcp_nodelay recursive_error_pages server_name_in_redirect port_in_redirect absolute_redirect
hsl flag log_not_found log_subrequest chunked_transfer_encoding etag msie_padding msie_refresh
hsl flag autoindex autoindex_localtime autoindex_exact_size gzip_vary gzip_static proxy_buffering proxy_intercept_errors
hsl flag proxy_pass_request_headers proxy_pass_request_body proxy_request_buffering proxy_ignore_client_abort
hsl flag proxy_socket_keepalive proxy_ssl_server_name proxy_ssl_verify proxy_cache_lock proxy_cache_revalidate
hsl flag fastcgi_buffering fastcgi_keep_conn fastcgi_intercept_errors reset_timedout_connection
hsli flag sendfile gzip
hsl 1 server_tokens autoindex_format sendfile_max_chunk output_buffers lingering_close lingering_time lingering_timeout
hsl 12 client_body_temp_path proxy_temp_path fastcgi_temp_path uwsgi_temp_path scgi_temp_path
hsl 1 client_body_buffer_size client_body_in_file_only client_body_in_single_buffer postpone_output
hsl 1 if_modified_since max_ranges satisfy directio directio_alignment aio read_ahead disable_symlinks
hsl 1+* gzip_types gzip_disable gzip_proxied
hsl 1 gzip_comp_level gzip_min_length gzip_http_version gzip_window
hsl 2 gzip_buffers
hsl 1+ resolver
hsl 1 resolver_timeout open_file_cache_valid open_file_cache_min_uses open_file_cache_errors
hsl 12 open_file_cache
hsl 1+* ssi_types sub_filter_types
hsl 2* sub_filter
hsl flag sub_filter_once sub_filter_last_modified ssi
hsli 12 expires
hsl 1* allow deny
hsl 1 auth_basic auth_basic_user_file auth_request charset
hsl 2* auth_request_set
hsl 1+* limit_req limit_conn
hsl 1 limit_req_status limit_conn_status limit_req_log_level limit_conn_log_level
hsli 1 limit_rate limit_rate_after
hsl 2* proxy_set_header proxy_cookie_path proxy_cookie_domain proxy_cookie_flags
hsl 12* proxy_redirect
hsl 1* proxy_hide_header proxy_pass_header proxy_ignore_headers fastcgi_hide_header
hsl 1 proxy_http_version proxy_connect_timeout proxy_read_timeout proxy_send_timeout proxy_buffer_size proxy_method
hsl 1 proxy_busy_buffers_size proxy_max_temp_file_size proxy_temp_file_write_size proxy_set_body proxy_bind
hsl 1 proxy_cache proxy_cache_key proxy_next_upstream_tries proxy_next_upstream_timeout proxy_ssl_name proxy_store
hsl 1 proxy_ssl_trusted_certificate proxy_ssl_certificate proxy_ssl_certificate_key proxy_ssl_protocols
hsl 2 proxy_buffers fastcgi_buffers
hsl 1+* proxy_cache_valid proxy_cache_bypass proxy_no_cache proxy_cache_use_stale proxy_cache_methods proxy_next_upstream
hsl 23* fastcgi_param
hsl 1 fastcgi_index fastcgi_split_path_info fastcgi_read_timeout fastcgi_connect_timeout fastcgi_send_timeout
hsl 1 fastcgi_buffer_size fastcgi_busy_buffers_size
hs 1* ssl_certificate ssl_certificate_key
hs 1 ssl_ciphers ssl_session_timeout ssl_dhparam ssl_ecdh_curve ssl_client_certificate ssl_trusted_certificate
hs 1 ssl_verify_client ssl_verify_depth ssl_buffer_size
hs 12 ssl_session_cache
hs 1+ ssl_protocols
hs flag ssl_prefer_server_ciphers ssl_session_tickets ssl_stapling ssl_stapling_verify http2 http3
hsl 1* set_real_ip_from
hsl 1 real_ip_header
hsl flag real_ip_recursive
u 1+* server
u 1 keepalive keepalive_requests keepalive_timeout keepalive_time
u 0 ip_hash
u 01 least_conn
u 12 hash random zone
`;

/** Where a directive may stand. */
export type Context = "m" | "e" | "h" | "s" | "l" | "u" | "i";

/** What is known of a directive in some contexts. */
export interface Directive {
  readonly contexts: string;
  /** Returns whether it takes this number of arguments. */
  takes(count: number): boolean;
  readonly isFlag: boolean;
  readonly hasBlock: boolean;
  /** Whether it may stand several times at one place. */
  readonly isRepeated: boolean;
}

/** All directives by name. A name may have several, for different contexts. */
export const directives: ReadonlyMap<string, readonly Directive[]> = read();

function read(): Map<string, Directive[]> {
  const found = new Map<string, Directive[]>();
  for (const line of lines.split("\n")) {
    const [contexts, shape, ...names] = line.split(" ");
    if (contexts === undefined || shape === undefined) continue;
    const directive = directiveOf(contexts, shape);
    for (const name of names) found.set(name, [...(found.get(name) ?? []), directive]);
  }
  return found;
}

function directiveOf(contexts: string, shape: string): Directive {
  const isFlag = shape.startsWith("flag");
  const [, counts = "1", isOpen] = /^(\d*)(\+?)/.exec(shape) ?? [];
  const least = Number(counts[0] ?? 1);
  return {
    contexts,
    isFlag,
    hasBlock: shape.includes("{"),
    isRepeated: shape.endsWith("*"),
    takes: (count) => (isFlag ? count === 1 : isOpen ? count >= least : counts.includes(String(count))),
  };
}
