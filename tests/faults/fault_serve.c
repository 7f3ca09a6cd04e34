/*
 * Memory that runs out while the page's server answers. A server runs in this process and is asked
 * over its socket, each time with another allocation failing: it must answer that it cannot, cut the
 * request off, or give the very answer that it gives otherwise; and it must live, and answer the next
 * request right.
 *
 * usage: fault_serve [STRIDE [PATH]]     as fault_memory; PATH is the only one that is asked for
 */
#include "memory.h"

#include <arpa/inet.h>
#include <nianbao/nianbao.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST_ANSWER = 8 << 20, LONGEST_HEAD = 1024, HTTP_PREFIX = 9, MOST_DESCRIPTORS = 1024 };

/* One request, and how its answer begins when all is well. */
typedef struct asked {
    const char *method, *path, *header;
    int reports;        /* how many of the sample the body holds */
    const char *before; /* each of them */
    int status;
} asked;

#define RS "\x1E" /* of a JSON text sequence */

/* In this order: each finds what those before it left. */
static const asked requests[] = {
    { "GET", "/api/forms", "", 0, "", 200 },
    { "GET", "/api/forms/annual-report-2021", "", 0, "", 200 },
    { "GET", "/api/rules", "", 0, "", 200 },
    { "GET", "/api/glyphs/FandolFang-Regular?ids=1,2", "", 0, "", 200 },
    { "POST", "/api/preview", "", 2, RS, 200 },
    { "POST", "/api/build?format=pdf", "", 1, "", 200 },
    { "POST", "/api/build?format=zip", "", 1, "", 200 },
    { "POST", "/api/import?name=a.json", "", 1, "", 200 },
    { "POST", "/api/repairs", "", 1, "", 200 },
    { "POST", "/api/correct?reason=x&date=2026-03-02&force=1", "", 2, RS, 422 },
    { "GET", "/api/starters/annual-report-2021/rows.xlsx", "", 0, "", 200 },
    { "PUT", "/api/drafts/a", "If-None-Match: *\r\n", 1, "", 0 },
    { "GET", "/api/drafts/a", "", 0, "", 200 },
    { "GET", "/api/drafts", "", 0, "", 200 },
    { "PUT", "/api/bulk/one/rows.csv", "", 1, "", 200 },
    { "GET", "/api/bulk/one", "", 0, "", 200 },
    { "GET", "/api/bulk", "", 0, "", 200 },
};

/* A run over many reports: its rows are put there, it is begun, and what came of it is asked for. */
static const asked delete_run = { "DELETE", "/api/bulk/two", "", 0, "", 0 },
                   put_rows = { "PUT", "/api/bulk/two/rows.jsonl", "", 2, "", 200 },
                   begin_run = { "POST", "/api/bulk/two/run?formats=docx", "", 0, "", 200 },
                   ask_state = { "GET", "/api/bulk/two", "", 0, "", 200 },
                   ask_archive = { "GET", "/api/bulk/two/archive.zip", "", 0, "", 200 },
                   ask_manifest = { "GET", "/api/bulk/two/manifest.jsonl", "", 0, "", 200 };

static char drafts[] = "/tmp/nianbao-serve-XXXXXX";
static char *sample;
static size_t sample_length;
static int port;
static char *answer; /* LARGEST_ANSWER bytes */

static bool send_whole(int connection, const char *bytes, size_t length)
{
    while (length) {
        ssize_t sent = send(connection, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        length -= (size_t)sent;
    }
    return true;
}

static bool send_request(int connection, const asked *request)
{
    char head[LONGEST_HEAD];
    size_t report_length = strlen(request->before) + sample_length;
    int length = snprintf(head, sizeof head,
                          "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n%s"
                          "Content-Length: %zu\r\n\r\n",
                          request->method, request->path, port, request->header,
                          (size_t)request->reports * report_length);
    bool sent = send_whole(connection, head, (size_t)length);
    for (int i = 0; i < request->reports; i++)
        sent = sent && send_whole(connection, request->before, strlen(request->before)) &&
               send_whole(connection, sample, sample_length);
    return sent;
}

/* The length of what came back, which may be nothing. No memory is asked for. */
static size_t ask(const asked *request)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    size_t length = 0;
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connection < 0 || connect(connection, (struct sockaddr *)&address, sizeof address) != 0) {
        perror("the server is gone");
        exit(1);
    }
    if (send_request(connection, request))
        for (ssize_t got;
             (got = recv(connection, answer + length, LARGEST_ANSWER - length - 1, 0)) > 0;)
            length += (size_t)got;
    close(connection);
    answer[length] = '\0';
    return length;
}

static int status_of_answer(void)
{
    bool is_answer = strncmp(answer, "HTTP/1.1 ", HTTP_PREFIX) == 0;
    return is_answer ? (int)strtol(answer + HTTP_PREFIX, NULL, 10) : 0;
}

/* Of the answer's body, which has no date. */
static uint64_t hash_of_answer(size_t length)
{
    const char *body = strstr(answer, "\r\n\r\n");
    uint64_t hash = 14695981039346656037U;
    for (const char *at = body ? body : answer; at < answer + length; at++)
        hash = (hash ^ (unsigned char)*at) * 1099511628211U;
    return hash;
}

typedef struct outcome {
    int status;
    uint64_t hash;
} outcome;

typedef struct trial {
    const asked *request;
    outcome came;
} trial;

static void run_trial(void *context)
{
    trial *t = context;
    size_t length = ask(t->request);
    t->came = (outcome){ status_of_answer(), hash_of_answer(length) };
}

static bool is_same(outcome a, outcome b)
{
    return a.status == b.status && a.hash == b.hash;
}

/* Nothing came, or a refusal with its reason; a finding may be lost, which counts as an error. */
static bool is_refusal(outcome came)
{
    return came.status == 0 || came.status == 422 || came.status >= 500;
}

static int judge(const asked *request, outcome right, memory_mode mode, size_t at)
{
    trial failing = { .request = request }, after = { .request = request };
    memory_begin(mode, at);
    run_trial(&failing);
    memory_end();
    bool is_lost =
        request->status == 200 && failing.came.status == 200 && strstr(answer, "\"findings\"");
    bool is_fine = is_same(failing.came, right) || is_refusal(failing.came) || is_lost;
    run_trial(&after);
    if (is_fine && is_same(after.came, right))
        return 0;
    printf("%s %s: status %d when allocation %zu%s fails, then %d\n", request->method,
           request->path, failing.came.status, at, mode == MEMORY_FAILS_ON ? " and all after" : "",
           after.came.status);
    return 1;
}

static int run_request(const asked *request, size_t stride)
{
    trial first = { .request = request }, again = { .request = request };
    size_t count;
    int faults = 0;
    run_trial(&first); /* what is loaded once is loaded here, and a draft is there from now on */
    run_trial(&first);
    size_t *places = memory_places(run_trial, &again, &count);
    if ((request->status && first.came.status != request->status) ||
        !is_same(first.came, again.came)) {
        printf("%s %s: status %d, then %d: %.300s\n", request->method, request->path,
               first.came.status, again.came.status, answer);
        free(places);
        return 1;
    }
    for (size_t i = 0; i < count; i += stride) {
        faults += judge(request, first.came, MEMORY_FAILS_AT, places[i]);
        faults += judge(request, first.came, MEMORY_FAILS_ON, places[i]);
    }
    printf("%s %s: %zu places, %d faults\n", request->method, request->path, count, faults);
    fflush(stdout);
    free(places);
    return faults;
}

/* How many threads there are now; no memory is asked for. */
static nlink_t thread_count(void)
{
    struct stat info;
    if (stat("/proc/self/task", &info) != 0)
        abort();
    return info.st_nlink;
}

/* Files and folders that are open; no memory is asked for. */
static int open_count(void)
{
    struct stat info;
    int count = 0;
    for (int descriptor = 0; descriptor < MOST_DESCRIPTORS; descriptor++)
        count += fstat(descriptor, &info) == 0 && (S_ISREG(info.st_mode) || S_ISDIR(info.st_mode));
    return count;
}

static void prepare_run(void)
{
    ask(&delete_run);
    ask(&put_rows);
    if (status_of_answer() != put_rows.status) {
        printf("the rows are refused: %.300s\n", answer);
        exit(1);
    }
}

/* A run has threads of its own. Its answer is waited for, and then their end. */
static void run_begun(void *context)
{
    trial *t = context;
    nlink_t before = thread_count();
    run_trial(t);
    while (thread_count() > before)
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

/* What a run left, when memory is there again: the archive's hash, or 0 when it ended otherwise. */
static const char *judge_end(bool must_end, uint64_t *archive)
{
    *archive = 0;
    ask(&ask_state);
    if (status_of_answer() != ask_state.status || !strstr(answer, "\"progress\": null"))
        return "its state is not told";
    if (strstr(answer, "\"end\": null"))
        return must_end ? "its end is not told" : NULL;
    if (strstr(answer, "\"ended\": \"failed\""))
        return strstr(answer, "\"error\": \"\"") ? "why it failed is not told" : NULL;
    if (!strstr(answer, "\"ended\": \"done\"") || !strstr(answer, "\"done\": 2"))
        return "its end is wrong";
    *archive = hash_of_answer(ask(&ask_archive));
    return status_of_answer() == ask_archive.status ? NULL : "there is no archive";
}

/*
 * One in which memory fails ends as it should or says that it failed, and when it is begun again, it
 * ends as it should.
 */
static int judge_run(uint64_t right, memory_mode mode, size_t at)
{
    trial failing = { .request = &begin_run }, after = { .request = &begin_run };
    uint64_t archive;
    prepare_run();
    memory_begin(mode, at);
    run_begun(&failing);
    memory_end();
    bool must_end = failing.came.status == 200 && mode == MEMORY_FAILS_AT;
    const char *fault = judge_end(must_end, &archive);
    if (!fault && archive && archive != right)
        fault = "the archive is another";
    run_begun(&after);
    if (!fault)
        fault = judge_end(true, &archive);
    if (!fault && archive != right)
        fault = "it is not gone on with";
    if (fault)
        printf("a run: status %d when allocation %zu%s fails, then %d; %s: %.500s\n",
               failing.came.status, at, mode == MEMORY_FAILS_ON ? " and all after" : "",
               after.came.status, fault, answer);
    return fault != NULL;
}

static int run_bulk(size_t stride)
{
    trial first = { .request = &begin_run };
    size_t count;
    uint64_t right = 0, again = 0;
    int faults = 0, opened = open_count();
    prepare_run();
    run_begun(&first);
    const char *fault = judge_end(true, &right);
    prepare_run();
    size_t *places = memory_places(run_begun, &first, &count);
    if (!fault)
        fault = judge_end(true, &again);
    if (fault || !right || right != again) {
        printf("a run: %s: %.300s\n", fault ? fault : "not the same twice", answer);
        free(places);
        return 1;
    }
    for (size_t i = 0; i < count; i += stride) {
        faults += judge_run(right, MEMORY_FAILS_AT, places[i]);
        faults += judge_run(right, MEMORY_FAILS_ON, places[i]);
    }
    if (open_count() != opened) {
        printf("%d files are left open\n", open_count() - opened);
        faults++;
    }
    printf("a run: %zu places, %d faults\n", count, faults);
    free(places);
    return faults + run_request(&ask_state, stride) + run_request(&ask_archive, stride) +
           run_request(&ask_manifest, stride);
}

/* On one line, so that it may be a row too. */
static void read_sample(nb_findings *findings)
{
    nb_input *input;
    if (nb_input_load(NB_TESTS_DIR "/../samples/minimal.json", findings, &input) != NB_OK)
        abort();
    const char *bytes = nb_input_lookup(input, &sample_length);
    sample = malloc(sample_length);
    for (size_t i = 0; i < sample_length; i++)
        sample[i] = bytes[i] == '\n' && i + 1 < sample_length ? ' ' : bytes[i];
    nb_input_drop(input);
}

static void remove_drafts(void)
{
    static const char *const left[] = { "one.bulk/rows.csv", "one.bulk", "a.draft.json", "" };
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", drafts, left[i]);
        if (remove(path) != 0)
            perror(path);
    }
}

int main(int argc, char **argv)
{
    size_t asked_stride = argc > 1 ? strtoul(argv[1], NULL, 10) : 40;
    size_t stride = asked_stride ? asked_stride : 1;
    nb_findings *findings = nb_findings_new(NB_CHINESE);
    nb_library *library;
    nb_server *server;
    nb_server_options options = NB_SERVER_OPTIONS_INIT;
    const char *only = argc > 2 ? argv[2] : NULL;
    int faults = 0;
    answer = malloc(LARGEST_ANSWER);
    if (!answer || !findings || !mkdtemp(drafts))
        abort();
    read_sample(findings);
    options.port = 0;
    options.draft_dir = drafts;
    options.workers = 2;
    if (nb_library_new(NULL, findings, &library) != NB_OK ||
        nb_server_new(library, &options, findings, &server) != NB_OK)
        abort();
    port = (int)strtol(strrchr(nb_server_lookup_url(server), ':') + 1, NULL, 10);
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
        if (!only || strcmp(only, requests[i].path) == 0)
            faults += run_request(&requests[i], stride);
    if (!only || strcmp(only, begin_run.path) == 0)
        faults += run_bulk(stride);
    ask(&delete_run);
    nb_server_drop(server);
    nb_library_drop(library);
    nb_findings_drop(findings);
    free(sample);
    free(answer);
    remove_drafts();
    return faults ? 1 : 0;
}
