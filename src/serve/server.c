/*
 * The server: libmicrohttpd's threads take requests and answer each on the thread that took it. A
 * request has an arena and a list of findings of its own; all else is shared and does not change.
 */
#include "serve/bulk_jobs.h"
#include "serve/gate.h"
#include "serve/routes.h"

#include "base/file.h"
#include "base/given.h"
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    MOST_CONNECTIONS = 256,
    MOST_WORKERS = 64,
    MOST_FROM_ONE_ADDRESS = 128,
    IDLE_SECONDS = 15,    /* without a byte */
    LONGEST_SECONDS = 120 /* for the whole of a request, however it trickles */
};

static const char security_policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

struct nb_server {
    nb_arena *arena; /* where the server itself lives */
    nb_serving serving;
    pthread_mutex_t draft_lock;
    int socket; /* that waits for requests, until the daemon has it; -1: none */
    struct MHD_Daemon *daemon;
    const char *url;
};

/* A request while it is taken in. */
typedef struct taking {
    nb_request request;
    const nb_route *route; /* NULL: it is refused, and its answer is set */
    time_t since;
    size_t received;
    nb_string chunk; /* that has come in */
} taking;

const char *nb_request_parameter(const nb_request *request, const char *name)
{
    const char *value =
        MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
    nb_string text = nb_string_of(value);
    return value && nb_utf8_valid_length(text) == text.length ? value : NULL;
}

bool nb_request_flag(const nb_request *request, const char *name)
{
    const char *value = nb_request_parameter(request, name);
    return value && strcmp(value, "1") == 0;
}

const char *nb_request_header(const nb_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

nb_string nb_request_body(const nb_request *request)
{
    const nb_buffer *body = request->body;
    return (nb_string){ body->length ? (const char *)body->data : "", body->length };
}

static const char *last_header(const nb_answer *answer, const char *name)
{
    if (strcmp(name, "ETag") == 0)
        return answer->tag;
    if (strcmp(name, "Set-Cookie") == 0)
        return answer->cookie;
    return answer->location;
}

static void add_headers(struct MHD_Response *response, const nb_answer *answer)
{
    static const char *const optional[] = { "ETag", "Set-Cookie", "Location" };
    MHD_add_response_header(response, "Content-Type", answer->type);
    MHD_add_response_header(response, "Content-Security-Policy", security_policy);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    MHD_add_response_header(response, "Cross-Origin-Opener-Policy", "same-origin");
    MHD_add_response_header(response, "Cache-Control", answer->tag ? "no-cache" : "no-store");
    for (size_t i = 0; i < sizeof optional / sizeof optional[0]; i++)
        if (last_header(answer, optional[i]))
            MHD_add_response_header(response, optional[i], last_header(answer, optional[i]));
}

/* The body stays where it is until the request is completed. */
static struct MHD_Response *new_response(const nb_answer *answer)
{
    if (!answer->is_file)
        return MHD_create_response_from_buffer(
            answer->body.length, (void *)(uintptr_t)answer->body.data, MHD_RESPMEM_PERSISTENT);
    struct MHD_Response *response =
        MHD_create_response_from_fd64(answer->body.length, answer->descriptor);
    if (!response)
        close(answer->descriptor);
    return response;
}

static enum MHD_Result send_answer(taking *t)
{
    nb_answer *answer = &t->request.answer;
    const char *known = nb_request_header(&t->request, "If-None-Match");
    if (answer->status == 200 && answer->tag && known && strcmp(known, answer->tag) == 0) {
        answer->status = 304;
        answer->body = (nb_string){ "", 0 };
    }
    struct MHD_Response *response = new_response(answer);
    if (!response)
        return MHD_NO;
    add_headers(response, answer);
    enum MHD_Result sent = MHD_queue_response(t->request.connection, answer->status, response);
    MHD_destroy_response(response);
    return sent;
}

static bool is_too_large(const taking *t)
{
    const char *stated = nb_request_header(&t->request, "Content-Length");
    return stated && strtoull(stated, NULL, 10) > t->route->largest_body;
}

static nb_status look_at(void *context)
{
    taking *t = context;
    nb_request *request = &t->request;
    if (!nb_gate_admits(request))
        return NB_OK;
    t->route = nb_route_find(request);
    if (t->route && is_too_large(t)) {
        nb_answer_error(request, 413,
                        NB_SAY(request->findings, "内容太大", "the content is too large"));
        t->route = NULL;
    }
    if (t->route)
        request->body = nb_buffer_new(request->arena, t->route->largest_body);
    return NB_OK;
}

static nb_status take_chunk(void *context)
{
    taking *t = context;
    nb_buffer_add(t->request.body, t->chunk.data, t->chunk.length);
    return NB_OK;
}

static nb_status answer(void *context)
{
    taking *t = context;
    if (t->request.body->overflowed)
        nb_answer_error(&t->request, 413,
                        NB_SAY(t->request.findings, "内容太大", "the content is too large"));
    else
        t->route->answer(&t->request);
    return NB_OK;
}

/* Memory that ran out costs this request only. */
static enum MHD_Result run(taking *t, nb_status (*body)(void *context))
{
    if (nb_arena_run(t->request.arena, body, t) == NB_OK)
        return MHD_YES;
    static const char words[] = "{\"error\": \"memory ran out\"}\n";
    t->route = NULL;
    t->request.answer = (nb_answer){ .status = 503,
                                     .type = "application/json",
                                     .body = { words, sizeof words - 1 } };
    return MHD_NO;
}

static taking *begin_taking(const nb_serving *serving, struct MHD_Connection *connection,
                            const char *path, const char *method)
{
    nb_arena *arena = nb_arena_new();
    taking *t = calloc(1, sizeof *t);
    const char *language = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "lang");
    nb_findings *findings =
        nb_findings_new(language && strcmp(language, "en") == 0 ? NB_ENGLISH : NB_CHINESE);
    if (!arena || !t || !findings) {
        nb_arena_drop(arena);
        nb_findings_drop(findings);
        free(t);
        return NULL;
    }
    t->request = (nb_request){ .serving = serving,
                               .connection = connection,
                               .arena = arena,
                               .method = method,
                               .path = path,
                               .rest = "",
                               .findings = findings };
    t->since = time(NULL);
    return t;
}

static enum MHD_Result take(void *context, struct MHD_Connection *connection, const char *path,
                            const char *method, const char *version, const char *chunk,
                            size_t *length, void **state)
{
    (void)version;
    taking *t = *state;
    if (!t) {
        *state = t = begin_taking(context, connection, path, method);
        if (!t)
            return MHD_NO;
        run(t, look_at);
        return t->route ? MHD_YES : send_answer(t);
    }
    if (*length == 0) {
        run(t, answer);
        return send_answer(t);
    }
    if (time(NULL) - t->since > LONGEST_SECONDS)
        return MHD_NO;
    t->chunk = (nb_string){ chunk, *length };
    *length = 0;
    return t->request.body->overflowed ? MHD_YES : run(t, take_chunk);
}

static void complete(void *context, struct MHD_Connection *connection, void **state,
                     enum MHD_RequestTerminationCode code)
{
    (void)context, (void)connection, (void)code;
    taking *t = *state;
    if (!t)
        return;
    nb_findings_drop(t->request.findings);
    nb_arena_drop(t->request.arena);
    free(t);
    *state = NULL;
}

typedef struct starting {
    nb_library *library;
    const nb_server_options *options;
    nb_findings *findings;
    nb_arena *arena;
    nb_server *server;
    struct sockaddr_in address;
    struct sockaddr_in6 address6;
    bool is_6;
} starting;

static bool read_address(starting *s, const char *text)
{
    s->address.sin_family = AF_INET;
    s->address.sin_port = htons((uint16_t)s->options->port);
    s->address6.sin6_family = AF_INET6;
    s->address6.sin6_port = htons((uint16_t)s->options->port);
    if (inet_pton(AF_INET, text, &s->address.sin_addr) == 1)
        return true;
    s->is_6 = true;
    return inet_pton(AF_INET6, text, &s->address6.sin6_addr) == 1;
}

static bool is_loopback(const starting *s)
{
    if (s->is_6)
        return IN6_IS_ADDR_LOOPBACK(&s->address6.sin6_addr);
    return ntohl(s->address.sin_addr.s_addr) >> 24 == 127;
}

/* Browsers leave the port out where it is the scheme's own. */
static void add_host(starting *s, const char *name, int port)
{
    nb_serving *serving = &s->server->serving;
    serving->hosts[serving->host_count++] = nb_arena_print(s->arena, "%s:%d", name, port);
    if (port == 80)
        serving->hosts[serving->host_count++] = nb_arena_print(s->arena, "%s", name);
}

static void list_hosts(starting *s, const char *address, int port)
{
    const nb_server_options *options = s->options;
    enum { OWN_NAMES = 4 };
    const char *quoted = nb_arena_print(s->arena, s->is_6 ? "[%s]" : "%s", address);
    s->server->serving.hosts =
        NB_NEW_ARRAY(s->arena, const char *, 2 * (options->host_count + OWN_NAMES));
    if (is_loopback(s)) {
        add_host(s, "127.0.0.1", port);
        add_host(s, "localhost", port);
        add_host(s, "[::1]", port);
    }
    add_host(s, quoted, port);
    for (size_t i = 0; i < options->host_count; i++)
        add_host(s, options->hosts[i], port);
    s->server->url = nb_arena_print(s->arena, "http://%s:%d/", quoted, port);
}

static nb_status refuse(const starting *s, const char *address, const char *chinese,
                        const char *english)
{
    nb_findings_add(s->findings, NB_ERROR, "IO", (nb_place){ .file = address }, "%s",
                    NB_SAY(s->findings, chinese, english));
    return NB_E_ARGUMENT;
}

static nb_status cannot_serve(const starting *s, const char *address)
{
    nb_findings_add(s->findings, NB_ERROR, "IO", (nb_place){ .file = address },
                    NB_SAY(s->findings, "不能在端口 %d 上开始服务，可能已被占用",
                           "cannot serve at port %d; it may be in use"),
                    s->options->port);
    return NB_E_OUTPUT;
}

/* The folder is made when it is missing. One that takes no files would fail each draft. */
static nb_status open_drafts(const starting *s, const char *folder)
{
    struct stat info;
    if (!folder || mkdir(folder, 0777) == 0)
        return NB_OK;
    if (errno != EEXIST)
        return nb_output_failed(s->findings, folder, errno);
    const char *within = nb_arena_print(s->arena, "%s/", folder);
    if (stat(within, &info) != 0 || access(within, R_OK | W_OK | X_OK) != 0)
        return nb_output_failed(s->findings, within, errno);
    return NB_OK;
}

static void stop_daemon(void *daemon)
{
    MHD_stop_daemon(daemon);
}

static void destroy_lock(void *lock)
{
    pthread_mutex_destroy(lock);
}

static unsigned worker_count(const nb_server_options *options)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned wanted = options->workers ? options->workers : (unsigned)(cores > 0 ? cores : 1);
    if (wanted > MOST_WORKERS)
        return MOST_WORKERS;
    return wanted < 2 ? 2 : wanted; /* one slow answer must not hold up all others */
}

static void close_socket(void *socket)
{
    int *descriptor = socket;
    if (*descriptor >= 0)
        close(*descriptor);
}

/*
 * The socket is there before the daemon: by its port requests name the server, and none may be
 * answered while the names are being listed.
 */
static bool open_socket(starting *s)
{
    int yes = 1;
    struct sockaddr *address =
        s->is_6 ? (struct sockaddr *)&s->address6 : (struct sockaddr *)&s->address;
    socklen_t size = s->is_6 ? sizeof s->address6 : sizeof s->address;
    int opened = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    s->server->socket = opened;
    return opened >= 0 && setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
           (!s->is_6 || setsockopt(opened, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes) == 0) &&
           bind(opened, address, size) == 0 && listen(opened, SOMAXCONN) == 0 &&
           getsockname(opened, address, &size) == 0;
}

/* The socket is the daemon's then, even when it cannot start. */
static bool start_daemon(starting *s)
{
    nb_server *server = s->server;
    int opened = server->socket;
    server->socket = -1;
    unsigned flags = MHD_USE_AUTO_INTERNAL_THREAD | (s->is_6 ? MHD_USE_IPv6 : 0);
    server->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, take, &server->serving, MHD_OPTION_LISTEN_SOCKET, opened,
        MHD_OPTION_THREAD_POOL_SIZE, worker_count(s->options), MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)MOST_CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        (unsigned)MOST_FROM_ONE_ADDRESS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
        MHD_OPTION_NOTIFY_COMPLETED, complete, NULL, MHD_OPTION_END);
    return server->daemon != NULL;
}

static nb_status start(void *context)
{
    starting *s = context;
    const nb_server_options *options = s->options;
    const char *address = options->address ? options->address : "127.0.0.1";
    nb_server *server = s->server = NB_NEW(s->arena, nb_server);
    server->arena = s->arena;
    server->serving = (nb_serving){ .library = s->library, .draft_lock = &server->draft_lock };
    if (pthread_mutex_init(&server->draft_lock, NULL) != 0)
        return NB_E_MEMORY;
    nb_arena_defer(s->arena, destroy_lock, &server->draft_lock);
    if (!read_address(s, address))
        return refuse(s, address, "地址要写成数字，如 127.0.0.1",
                      "the address must be written in numbers, such as 127.0.0.1");
    if (options->port < 0 || options->port > UINT16_MAX)
        return refuse(s, address, "端口是 0 到 65535 之间的数",
                      "a port is a number from 0 to 65535");
    if (!is_loopback(s) && !(options->token && *options->token))
        return refuse(s, address, "对外开放时必须设口令（--token）",
                      "an address that others reach needs a token (--token)");
    if (options->token)
        server->serving.token = nb_arena_copy(s->arena, options->token, strlen(options->token));
    if (options->draft_dir)
        server->serving.draft_dir =
            nb_arena_copy(s->arena, options->draft_dir, strlen(options->draft_dir));
    server->serving.bulk_jobs = nb_bulk_jobs_new(s->library, s->arena);
    server->socket = -1;
    nb_arena_defer(s->arena, close_socket, &server->socket);
    if (!open_socket(s))
        return cannot_serve(s, address);
    list_hosts(s, address, ntohs(s->is_6 ? s->address6.sin6_port : s->address.sin_port));
    nb_status status = open_drafts(s, server->serving.draft_dir);
    if (status != NB_OK)
        return status;
    if (!start_daemon(s))
        return cannot_serve(s, address);
    nb_arena_defer(s->arena, stop_daemon, server->daemon);
    return NB_OK;
}

static bool are_sound(const nb_server_options *options)
{
    return !options || nb_list_given(options->hosts, options->host_count);
}

nb_status nb_server_new(nb_library *library, const nb_server_options *options,
                        nb_findings *findings, nb_server **out)
{
    NB_CLEAR(out);
    if (!(NB_GIVEN(library, findings, out) && are_sound(options)))
        return NB_E_ARGUMENT;
    static const nb_server_options defaults = NB_SERVER_OPTIONS_INIT;
    starting s = { .library = library,
                   .options = options ? options : &defaults,
                   .findings = findings,
                   .arena = nb_arena_new() };
    nb_status status = s.arena ? nb_arena_run(s.arena, start, &s) : NB_E_MEMORY;
    if (status != NB_OK)
        nb_arena_drop(s.arena);
    *out = status == NB_OK ? s.server : NULL;
    return status;
}

const char *nb_server_lookup_url(const nb_server *server)
{
    return server ? server->url : NULL;
}

void nb_server_drop(nb_server *server)
{
    if (server)
        nb_arena_drop(server->arena);
}
