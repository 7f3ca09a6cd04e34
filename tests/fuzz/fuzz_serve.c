/*
 * Requests to the page's server, from where libmicrohttpd hands them over: a line METHOD PATH, lines
 * ?NAME=VALUE of the query and NAME: VALUE of the head, an empty line, the body; a line --- before the
 * next. Each must be answered, as HTTP can say it; what is said to be JSON is; nothing is written
 * beside the folder of drafts. A run over many reports is waited for.
 */
#define _GNU_SOURCE
#undef NDEBUG
#include "target.h"

#include "serve/bulk_jobs.h"
#include "serve/gate.h"
#include "serve/routes.h"
#include <assert.h>
#include <dirent.h>
#include <ftw.h>
#include <microhttpd.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

const char *__wrap_MHD_lookup_connection_value(struct MHD_Connection *connection,
                                               enum MHD_ValueKind kind, const char *key);

enum { MOST_NAMED = 16, MOST_REQUESTS = 6 };

typedef struct named {
    bool is_parameter;
    const char *name, *value;
} named;

static named given[MOST_NAMED]; /* by the request under way */
static int given_count;

/* What the handlers ask libmicrohttpd for: the linker sends it here. */
const char *__wrap_MHD_lookup_connection_value(struct MHD_Connection *connection,
                                               enum MHD_ValueKind kind, const char *key)
{
    (void)connection;
    for (int i = 0; i < given_count; i++)
        if (given[i].is_parameter == (kind == MHD_GET_ARGUMENT_KIND) &&
            (given[i].is_parameter ? strcmp(given[i].name, key) : strcasecmp(given[i].name, key)) ==
                0)
            return given[i].value;
    return NULL;
}

/* The next line as a string of its own; what is left in *rest. */
static char *take_line(const target_input *input, nb_string *rest)
{
    const char *end = rest->length ? memchr(rest->data, '\n', rest->length) : NULL;
    size_t length = end ? (size_t)(end - rest->data) : rest->length;
    char *line = nb_arena_copy(input->arena, rest->data, length);
    length += end != NULL;
    *rest = (nb_string){ rest->data + length, rest->length - length };
    return line;
}

static void take_named(char *line)
{
    bool is_parameter = line[0] == '?';
    char *end = strchr(line, is_parameter ? '=' : ':');
    if (!end || given_count == MOST_NAMED)
        return;
    *end++ = '\0';
    given[given_count++] = (named){ is_parameter, line + is_parameter, end + strspn(end, " ") };
}

static nb_library *library;
static nb_arena *server_arena; /* of what outlives a request */
static char folder[] = "/tmp/nianbao-fuzz-XXXXXX";
static nb_serving serving;
static pthread_mutex_t draft_lock = PTHREAD_MUTEX_INITIALIZER;

static int remove_found(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    (void)info, (void)kind;
    return at->level == 0 ? 0 : remove(path);
}

static void stop(void)
{
    rmdir(serving.draft_dir);
    rmdir(folder);
    nb_arena_drop(server_arena);
    nb_library_drop(library);
}

static void start(void)
{
    static const char *hosts[] = { "h" };
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_arena *arena = server_arena = nb_arena_new();
    assert(mkdtemp(folder) && nb_library_new(NULL, findings, &library) == NB_OK);
    serving = (nb_serving){ .library = library,
                            .draft_dir = nb_arena_print(arena, "%s/drafts", folder),
                            .draft_lock = &draft_lock,
                            .hosts = hosts,
                            .host_count = 1 };
    nb_findings_drop(findings);
    atexit(stop);
}

/* A run has a thread of its own, and what it comes to must not hang on when the next request comes. */
static void await_run(const target_input *input, const nb_request *request)
{
    static const char runs[] = "/api/bulk/";
    nb_bulk_progress progress;
    if (strncmp(request->path, runs, strlen(runs)) != 0)
        return;
    const char *name = request->path + strlen(runs);
    name = nb_arena_copy(input->arena, name, strcspn(name, "/"));
    while (nb_bulk_jobs_look(serving.bulk_jobs, name, &progress))
        nanosleep(&(struct timespec){ .tv_nsec = 100000 }, NULL);
}

static void expect_nothing_beside(void)
{
    DIR *listing = opendir(folder);
    assert(listing);
    for (const struct dirent *entry; (entry = readdir(listing));)
        assert(entry->d_name[0] == '.' || strcmp(entry->d_name, "drafts") == 0);
    closedir(listing);
}

static void expect_answer(const target_input *input, const nb_request *request)
{
    const nb_answer *answer = &request->answer;
    const nb_json *root;
    assert(answer->status >= 200 && answer->status < 600);
    assert(answer->type || answer->status == 303);
    if (answer->is_file)
        close(answer->descriptor);
    /* A draft is kept as it was sent, JSON or not. */
    bool is_draft = strncmp(request->path, "/api/drafts/", strlen("/api/drafts/")) == 0;
    if (!answer->is_file && !is_draft && strcmp(answer->type, "application/json") == 0)
        assert(nb_json_read(answer->body, "answer", nb_json_default_limits, input->arena,
                            input->findings, &root) == NB_OK);
}

static void ask(const target_input *input, nb_string rest)
{
    char *method = take_line(input, &rest), *path = strchr(method, ' '), *line;
    if (!path)
        return;
    *path++ = '\0';
    given_count = 0;
    while (*(line = take_line(input, &rest)))
        take_named(line);
    nb_request request = { .serving = &serving,
                           .arena = input->arena,
                           .method = method,
                           .path = path,
                           .rest = "",
                           .findings = input->findings };
    serving.token = given_count % 2 ? "t" : NULL;
    const nb_route *route = nb_gate_admits(&request) ? nb_route_find(&request) : NULL;
    if (route) {
        request.body = nb_buffer_new(input->arena, route->largest_body);
        nb_buffer_add(request.body, rest.data, rest.length);
        request.answer = (nb_answer){ .status = 0 };
        if (!request.body->overflowed)
            route->answer(&request);
        else
            request.answer.status = 413, request.answer.type = "";
    }
    await_run(input, &request);
    expect_answer(input, &request);
}

static nb_status body(void *context)
{
    static const char line[] = "\n---\n";
    const target_input *input = context;
    nb_string rest = input->bytes;
    size_t end = 0;
    serving.bulk_jobs = nb_bulk_jobs_new(library, input->arena);
    for (int i = 0; i < MOST_REQUESTS && end != SIZE_MAX; i++) {
        end = nb_string_find(rest, line);
        ask(input, (nb_string){ rest.data, end == SIZE_MAX ? rest.length : end });
        if (end != SIZE_MAX)
            rest = (nb_string){ rest.data + end + strlen(line), rest.length - end - strlen(line) };
    }
    return NB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!library)
        start();
    (void)mkdir(serving.draft_dir, 0700);
    run_target(data, size, body);
    expect_nothing_beside();
    nftw(serving.draft_dir, remove_found, 8, FTW_DEPTH | FTW_PHYS);
    return 0;
}
