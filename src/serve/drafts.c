/*
 * Drafts: what a page saves as one types, one file each, exactly as it was sent. A draft's revision
 * is the digest of its bytes; who saves names the revision that they had, so that of two who edit
 * one draft the later learns of the other instead of writing over it.
 */
#include "serve/answer.h"
#include "serve/names.h"
#include "serve/routes.h"

#include "base/file.h"
#include "base/sha256.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST_DRAFT = 8 << 20 };

static const char suffix[] = ".draft.json";

/* The draft's file; NULL, with the answer set, when there can be none. */
static const char *path_of(nb_request *request)
{
    const char *folder = request->serving->draft_dir;
    if (!folder) {
        nb_answer_error(request, 404,
                        NB_SAY(request->findings, "没有用 --dir 指定存草稿的文件夹",
                               "no folder for drafts was named with --dir"));
        return NULL;
    }
    size_t length = strlen(request->rest);
    if (!nb_is_plain_name(request->rest, length) || request->rest[length]) {
        nb_answer_error(request, 400,
                        NB_SAY(request->findings, "草稿的名字只能用 a-z、0-9 和 -",
                               "a draft's name has only a-z, 0-9 and -"));
        return NULL;
    }
    return nb_arena_print(request->arena, "%s/%s%s", folder, request->rest, suffix);
}

static void refuse_unknown(nb_request *request)
{
    nb_answer_error(request, 404,
                    NB_SAY(request->findings, "没有这份草稿", "there is no such draft"));
}

static const char *revision_of(nb_request *request, nb_string bytes)
{
    char digest[NB_DIGEST_SIZE];
    nb_sha256_of(bytes, digest);
    return nb_arena_print(request->arena, "\"%.32s\"", digest);
}

typedef enum draft_state { DRAFT_NONE, DRAFT_READ, DRAFT_UNREADABLE } draft_state;

/* What cannot be read is there all the same, and is not to be written over; findings say why. */
static draft_state read_draft(nb_request *request, const char *path, nb_string *bytes)
{
    if (!nb_file_exists(path))
        return DRAFT_NONE;
    return nb_file_read(path, LARGEST_DRAFT, request->arena, request->findings, bytes) == NB_OK
               ? DRAFT_READ
               : DRAFT_UNREADABLE;
}

static void write_draft(void *context, const char *name)
{
    nb_kept_list *list = context;
    nb_request *request = list->request;
    struct stat info;
    const char *path =
        nb_arena_print(request->arena, "%s/%s%s", request->serving->draft_dir, name, suffix);
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return;
    nb_kept_begin(list);
    nb_answer_text(list->out, "name", name);
    nb_answer_integer(list->out, "saved", info.st_mtime);
    nb_answer_integer(list->out, "size", info.st_size);
    nb_kept_end(list);
}

/* {"kept": true, "drafts": [{"name", "saved", "size"}]}; saved is in seconds since 1970 */
void nb_serve_drafts(nb_request *request)
{
    nb_answer_kept(request, "drafts", suffix, write_draft);
}

void nb_serve_draft(nb_request *request)
{
    const char *path = path_of(request);
    nb_string bytes;
    if (!path)
        return;
    switch (read_draft(request, path, &bytes)) {
    case DRAFT_NONE:
        refuse_unknown(request);
        break;
    case DRAFT_UNREADABLE:
        nb_answer_failure(request, NB_E_OUTPUT);
        break;
    case DRAFT_READ:
        nb_answer_bytes(request, "application/json", bytes);
        request->answer.tag = revision_of(request, bytes);
    }
}

typedef struct saving {
    nb_request *request;
    const char *path;
    const char *had;  /* the revision that is written over; NULL: there is none yet */
    const char *now;  /* the revision that is there; NULL: none */
    nb_status status; /* of writing */
    bool conflicts;
} saving;

static nb_status save(void *context)
{
    saving *s = context;
    nb_request *request = s->request;
    nb_string bytes, body = nb_request_body(request);
    draft_state state = read_draft(request, s->path, &bytes);
    if (state == DRAFT_UNREADABLE)
        return NB_E_OUTPUT;
    if (state == DRAFT_READ)
        s->now = revision_of(request, bytes);
    s->conflicts = s->had ? !s->now || strcmp(s->had, s->now) != 0 : s->now != NULL;
    if (!s->conflicts)
        s->status = nb_file_save(s->path, body.data, body.length, request->findings);
    return NB_OK;
}

/* Memory may run out inside, which must not leave the lock behind. */
static nb_status save_under_lock(saving *s)
{
    pthread_mutex_lock(s->request->serving->draft_lock);
    nb_status status = nb_arena_run(s->request->arena, save, s);
    pthread_mutex_unlock(s->request->serving->draft_lock);
    return status == NB_OK ? s->status : status;
}

/*
 * If-Match names the revision that is written over, If-None-Match: * says that there is none yet.
 * 412 when that is not so any more; 428 when neither is said.
 */
void nb_serve_save_draft(nb_request *request)
{
    saving s = { .request = request,
                 .path = path_of(request),
                 .had = nb_request_header(request, "If-Match") };
    if (!s.path)
        return;
    if (!s.had && !nb_request_header(request, "If-None-Match")) {
        nb_answer_error(request, 428,
                        NB_SAY(request->findings, "没有说明改的是哪一版",
                               "the revision that is written over is not named"));
        return;
    }
    nb_status status = save_under_lock(&s);
    if (status != NB_OK) {
        nb_answer_failure(request, status);
    } else if (s.conflicts) {
        nb_answer_error(
            request, 412,
            NB_SAY(request->findings, "这份草稿已在别处改动", "the draft was changed elsewhere"));
        request->answer.tag = s.now;
    } else {
        nb_buffer *out = nb_answer_begin(request);
        nb_answer_text(out, "revision", revision_of(request, nb_request_body(request)));
        nb_answer_end(request, out);
    }
}

void nb_serve_delete_draft(nb_request *request)
{
    const char *path = path_of(request);
    if (!path)
        return;
    if (unlink(path) == 0)
        nb_answer_end(request, nb_answer_begin(request));
    else if (errno == ENOENT)
        refuse_unknown(request);
    else
        nb_answer_failure(request, nb_output_failed(request->findings, path, errno));
}
