import { GRANT_ID } from '../keys/catalog.ts';
import { formatTime } from '../keys/expiry.ts';
import { isServiceSlug, type Seconds, type ServiceSlug } from '../keys/ids.ts';

export interface HaproxyConfigOptions {
  readonly service: ServiceSlug;
  /** Free text; it stands in a comment only. */
  readonly title: string;
  /** The bundle's number. */
  readonly sequence: number;
  /** From this second on the bundle is not to be used any more. */
  readonly expiresAt: Seconds;
  /** Permission IDs of the catalog; the first ones serve as examples. */
  readonly permissions: readonly string[];
  /** Number of keys that have allowed IPs and are therefore not in the maps. */
  readonly leftOut: number;
}

/** The header in which the backend reads who asks. */
const KEY_ID_HEADER = 'X-Keysmith-Key-ID';

const DEFAULT_BIND = '127.0.0.1:8080';
const DEFAULT_BACKEND = '127.0.0.1:8081';
const EXAMPLE_METHODS = ['GET', 'POST', 'DELETE'] as const;

/**
 * The `haproxy/haproxy.cfg` of a bundle, for HAProxy 2.6 and newer: it lets through only requests whose opaque token is
 * in `keys.map` beside it and whose key holds the permission that the request needs, by `permissions.map`.
 *
 * Everything an admin sets is an environment variable, because each bundle brings this file anew. A request costs three
 * look-ups in trees, whatever the number of keys.
 *
 * @throws Error when a value could be read as anything but itself
 */
export function haproxyConfig(options: HaproxyConfigOptions): string {
  requireSafe(options);
  return `${introduction(options)}\n${settings()}\n${frontend(options)}\n${backend(options)}`;
}

/** SECURITY: these values stand where HAProxy reads instructions. */
function requireSafe({ service, sequence, expiresAt, permissions, leftOut }: HaproxyConfigOptions): void {
  if (!isServiceSlug(service)) throw new Error(`${JSON.stringify(service)} is not a service`);
  for (const number of [sequence, expiresAt, leftOut])
    if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${number} is not a whole number`);
  for (const permission of permissions)
    if (!GRANT_ID.test(permission)) throw new Error(`${JSON.stringify(permission)} is not a permission`);
}

/** SECURITY: a title must not end its comment; what breaks lines or cannot be seen becomes a space. */
function harmless(title: string): string {
  return title.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
}

function introduction(options: HaproxyConfigOptions): string {
  const { service, sequence, expiresAt, leftOut } = options;
  return `# Lets through the holders of API keys of ${harmless(options.title)} (${service}), for HAProxy 2.6 and newer.
# Bundle ${sequence}, to be used until ${formatTime(expiresAt)}; from then on every request gets 503.
# ${leftOutSentence(leftOut)}
#
# Start:    haproxy -W -f /absolute/path/of/the/bundle/haproxy/haproxy.cfg
# Refresh:  put the next bundle in this one's place, then send SIGUSR2 to the process that was started.
#           Started with -W, it hands its listening sockets to the new configuration: no request is dropped.
#           If the new configuration cannot be loaded, the old one stays.
#
# Every bundle brings this file anew, so set these in the environment instead of changing it here:
#   KEYSMITH_BIND          where to listen, with options of \`bind\`. Default: ${DEFAULT_BIND}
#                          From other machines only with TLS, such as ":443 ssl crt /etc/ssl/api.pem"
#   KEYSMITH_BACKEND       where the API is, with options of \`server\`. Default: ${DEFAULT_BACKEND}
#   KEYSMITH_RULES         file that says which permission a request needs, by an absolute path. A line is
#                          <method>:<start of the path> <permission>; the longest start that fits holds:
${exampleRules(options.permissions)}
#                          In place of a permission, * takes any valid key. Reload after a change.
#   KEYSMITH_PERMISSION    permission that a request needs which no rule names. Default: such requests are denied
#   KEYSMITH_TOKEN_HEADER  header of the token, such as X-API-Key. Default: Authorization: Bearer <token>
#   KEYSMITH_LOG           where to log, as for \`log\`, such as "stdout format raw local0". Default: nowhere
`;
}

function leftOutSentence(leftOut: number): string {
  if (leftOut === 0) return 'No key has allowed IPs: the maps hold every active key.';
  const left = leftOut === 1 ? '1 key that has allowed IPs is' : `${leftOut} keys that have allowed IPs are`;
  return `${left} not in the maps, and refused here: use the verifier for them.`;
}

function exampleRules(permissions: readonly string[]): string {
  const examples = permissions.length === 0 ? ['*'] : permissions.slice(0, EXAMPLE_METHODS.length);
  return examples
    .map(
      (permission, nth) => `#                            ${EXAMPLE_METHODS[nth]}:/example/path ${permission}`,
    )
    .join('\n');
}

function settings(): string {
  return `global
    # The maps are read from this file's folder.
    default-path config
    # After a refresh, requests that are being answered may take this long.
    hard-stop-after 15m

defaults
    mode http
    # After a refresh, an idle connection is closed with its next answer and not before: its client may just be asking.
    # That one request is still judged by the old maps; "timeout http-keep-alive" is the longest that it can take to come.
    option idle-close-on-response
    timeout connect 5s
    timeout client 30s
    timeout server 30s
    timeout http-request 10s
    timeout http-keep-alive 10s
`;
}

function frontend({ service, expiresAt }: HaproxyConfigOptions): string {
  return `frontend keysmith-${service}
    bind "\${KEYSMITH_BIND[*]-${DEFAULT_BIND}}"
.if defined(KEYSMITH_LOG)
    log "\${KEYSMITH_LOG[*]}"
    log-format "%ci %HM %HPO %ST %[var(txn.key_id)]"
.endif

    # 503 once the bundle has ended: what it says of keys may be out of date.
    http-request deny deny_status 503 content-type text/plain string "keys out of date" if { date ge ${expiresAt} }

    # The token, which the backend does not get to see.
.if defined(KEYSMITH_TOKEN_HEADER)
    http-request set-var(txn.token) req.fhdr("\${KEYSMITH_TOKEN_HEADER}")
    http-request del-header "\${KEYSMITH_TOKEN_HEADER}"
.else
    http-request set-var(txn.token) http_auth_bearer
    http-request del-header Authorization
.endif

    # 401 unless keys.map has its SHA-256, as <key ID>:<not_after>, and not_after is 0 (never) or not reached.
    # Never is the text 0 and nothing else: what is no number counts as the number 0.
    http-request set-var(txn.v) var(txn.token),sha2(256),hex,lower,map(keys.map)
    http-request unset-var(txn.token)
    http-request set-var(txn.key_id) var(txn.v),field(1,:)
    http-request set-var(txn.not_after) var(txn.v),field(2,:),add(0)
    acl valid_key var(txn.v),field(2,:) -m str 0
    acl valid_key date,sub(txn.not_after) lt 0
    http-request deny deny_status 401 content-type text/plain string "no valid key" hdr WWW-Authenticate Bearer unless valid_key

    # Rules go by method and decoded path: 400 for what the backend could read as another path or method.
    http-request set-var(txn.path) path,url_dec
    acl odd_path var(txn.path) -m sub // /./ /.. \\\\ ;
    acl odd_path var(txn.path) -m end /.
    acl odd_path path -m reg -i %[01][0-9a-f]|%7f
    http-request deny deny_status 400 if odd_path
    http-request deny deny_status 400 unless { var(txn.path) -m found }
    http-request del-header ^x[-_](http[-_])?method([-_]override)?$ -m reg

    # 403 unless permissions.map has <key ID>:<permission>. Without a permission it is always 403.
.if defined(KEYSMITH_PERMISSION)
    http-request set-var(txn.permission) str("\${KEYSMITH_PERMISSION}")
.endif
.if defined(KEYSMITH_RULES)
    http-request set-var-fmt(txn.request) "%[method]:%[var(txn.path)]"
    http-request set-var(txn.permission) var(txn.request),map_beg("\${KEYSMITH_RULES}")
.endif
    acl granted var(txn.permission) -m str *
    acl granted var(txn.key_id),concat(:,txn.permission),map_str_int(permissions.map,0) eq 1
    http-request deny deny_status 403 content-type text/plain string "not granted" unless granted

    # The backend learns the key's ID here. What a client sent in its place is gone, however it is spelled.
    http-request del-header ^x[^a-z0-9]keysmith -m reg
    http-request del-header Connection if { req.hdr(Connection) -m sub -i keysmith }
    http-request set-header ${KEY_ID_HEADER} %[var(txn.key_id)]
    default_backend keysmith-${service}
`;
}

function backend({ service }: HaproxyConfigOptions): string {
  return `backend keysmith-${service}
    server api "\${KEYSMITH_BACKEND[*]-${DEFAULT_BACKEND}}"
`;
}
