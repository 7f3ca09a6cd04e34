/* One request, what is answered to it, and what its handler needs. Private to src/serve. */
#ifndef NB_SERVE_REQUEST_H
#define NB_SERVE_REQUEST_H

#include "base/buffer.h"
#include "base/findings.h"
#include "base/utf8.h"
#include <nianbao/nianbao.h>
#include <pthread.h>

struct MHD_Connection;

/* What all requests share; but for the lock, nothing in it changes while the server runs. */
typedef struct nb_serving {
    nb_library *library;
    const char *draft_dir; /* NULL: drafts are not kept */
    struct nb_bulk_jobs *bulk_jobs;
    pthread_mutex_t *draft_lock; /* between comparing a draft and writing over it */
    const char *token;           /* NULL: none is asked for */
    const char **hosts;          /* as the Host header may name the server, in lower case */
    int host_count;
} nb_serving;

typedef struct nb_answer {
    unsigned status; /* of HTTP */
    const char *type;
    nb_string body;     /* lives as long as the request, or for ever */
    bool is_file;       /* the body is read from a file, and only its length is known */
    int descriptor;     /* of that file; whoever sends the answer closes it */
    const char *tag;    /* ETag, quoted, or NULL */
    const char *cookie; /* Set-Cookie, or NULL */
    const char *location;
} nb_answer;

typedef struct nb_request {
    const nb_serving *serving;
    struct MHD_Connection *connection;
    nb_arena *arena;
    const char *method, *path;
    const char *rest; /* of the path, after what its route names */
    nb_buffer *body;
    nb_findings *findings; /* in the language that was asked for */
    nb_answer answer;
} nb_request;

/* A parameter after the question mark, UTF-8, or a header; NULL when it is not there. */
const char *nb_request_parameter(const nb_request *request, const char *name);
/* A parameter that is 1. */
bool nb_request_flag(const nb_request *request, const char *name);
const char *nb_request_header(const nb_request *request, const char *name);
nb_string nb_request_body(const nb_request *request);

void nb_answer_bytes(nb_request *request, const char *type, nb_string bytes);
/* {"error": "…"} */
void nb_answer_error(nb_request *request, unsigned status, const char *message);
/* The findings' object, and the status that stands for what the library answered. */
void nb_answer_failure(nb_request *request, nb_status status);

#endif
