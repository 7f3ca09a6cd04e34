/* nianbao init --template: what an office fills in to make many reports. */
#include "cli/cli.h"

#include "cli/save.h"
#include <stdlib.h>
#include <string.h>

typedef struct folder {
    const char *path;
    nb_save_list files;
    unsigned char **bytes; /* copies, one for each file */
} folder;

static void take_file(void *context, const char *name, const unsigned char *bytes, size_t length)
{
    folder *into = context;
    const char *suffix = strrchr(name, '.') + 1;
    int number = into->files.count;
    nb_save_file *file = nb_save_list_add(&into->files);
    into->bytes = nb_need_memory(realloc(into->bytes, sizeof *into->bytes * (size_t)(number + 1)));
    into->bytes[number] = nb_need_memory(malloc(length + 1));
    memcpy(into->bytes[number], bytes, length);
    nb_save_into_folder(file, into->path, (nb_stem){ name, (size_t)(suffix - name) - 1 }, suffix);
    file->bytes = into->bytes[number];
    file->length = length;
}

int nb_run_starter(const nb_arguments *arguments)
{
    nb_session session;
    folder into = { .bytes = NULL };
    if (arguments->outputs.count != 1)
        return nb_usage_error(arguments, "init", NULL, "%s",
                              NB_WORDS(arguments, "要用 -o 说明写到哪个文件夹",
                                       "name with -o the folder to write into"));
    into.path = arguments->outputs.list[0];
    int end = nb_session_begin(&session, arguments);
    if (end == NB_EXIT_DONE) {
        nb_status status = nb_bulk_starter(session.library, arguments->inputs.list[0],
                                           session.findings, take_file, &into);
        nb_print_findings(session.findings, 0, NULL, arguments->language, stderr);
        if (status == NB_OK)
            status = nb_save_all(&into.files, arguments->language);
        end = nb_exit_of(status);
    }
    for (int i = 0; i < into.files.count; i++)
        free(into.bytes[i]);
    free(into.bytes);
    nb_save_list_end(&into.files);
    nb_session_end(&session);
    return end;
}
