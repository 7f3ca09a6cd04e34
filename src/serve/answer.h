/* JSON answers, written member by member. */
#ifndef NB_SERVE_ANSWER_H
#define NB_SERVE_ANSWER_H

#include "serve/request.h"

/* A new buffer in which "{" stands. */
nb_buffer *nb_answer_begin(nb_request *request);
/* A comma where one is needed, and the key. */
void nb_answer_key(nb_buffer *out, const char *key);
void nb_answer_text(nb_buffer *out, const char *key, const char *text);
void nb_answer_string(nb_buffer *out, const char *key, nb_string text);
void nb_answer_integer(nb_buffer *out, const char *key, int64_t value);
/* A list of what the page keeps, as it is being written. */
typedef struct nb_kept_list {
    nb_request *request;
    nb_buffer *out;
    bool is_first;
} nb_kept_list;

/*
 * Answer {"kept": true, KEY: […]}: kept is false when the server has no folder for it. write is called
 * with the list and the name of each entry of the folder that has the suffix.
 */
void nb_answer_kept(nb_request *request, const char *key, const char *suffix,
                    void (*write)(void *list, const char *name));
/* The opening brace of an entry, and the closing one. */
void nb_kept_begin(nb_kept_list *list);
void nb_kept_end(nb_kept_list *list);

/* "findings": […], "errors": n, "warnings": n */
void nb_answer_findings(nb_request *request, nb_buffer *out);
/* The closing brace; the buffer becomes the answer. */
void nb_answer_end(nb_request *request, nb_buffer *out);

#endif
