#include "cli/save.h"

#include "cli/cli.h"

#include "cli/options.h"
#include "cli/screen.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void *nb_need_memory(void *memory)
{
    if (!memory) {
        fprintf(stderr, "nianbao: %s (%s)\n", nb_status_words(NB_E_MEMORY, NB_CHINESE),
                nb_status_words(NB_E_MEMORY, NB_ENGLISH));
        exit(NB_EXIT_OUTPUT);
    }
    return memory;
}

nb_save_file *nb_save_list_add(nb_save_list *list)
{
    size_t size = (size_t)(list->count + 1) * sizeof *list->files;
    list->files = nb_need_memory(realloc(list->files, size));
    nb_save_file *added = &list->files[list->count++];
    *added = (nb_save_file){ .path = NULL };
    return added;
}

nb_stem nb_stem_of(const char *input, const char *const *suffixes)
{
    const char *slash = strrchr(input, '/'), *name = slash ? slash + 1 : input;
    size_t length = strlen(name);
    if (strcmp(input, "-") == 0)
        return (nb_stem){ "report", strlen("report") };
    for (; *suffixes; suffixes++)
        if (nb_has_suffix(name, *suffixes))
            return (nb_stem){ name, length - strlen(*suffixes) };
    return (nb_stem){ name, length };
}

typedef struct named_input {
    nb_stem stem;
    const char *input;
} named_input;

static int by_stem(const void *a, const void *b)
{
    nb_stem left = ((const named_input *)a)->stem, right = ((const named_input *)b)->stem;
    size_t length = left.length < right.length ? left.length : right.length;
    int order = memcmp(left.name, right.name, length);
    return order ? order : (left.length > right.length) - (left.length < right.length);
}

int nb_check_stems(const nb_arguments *arguments, const char *verb, const char *const *suffixes)
{
    int count = arguments->inputs.count, end = NB_EXIT_DONE;
    named_input *sorted = nb_need_memory(malloc((size_t)count * sizeof *sorted));
    for (int i = 0; i < count; i++) {
        const char *input = arguments->inputs.list[i];
        sorted[i] = (named_input){ nb_stem_of(input, suffixes), input };
    }
    qsort(sorted, (size_t)count, sizeof *sorted, by_stem);
    for (int i = 1; i < count && end == NB_EXIT_DONE; i++)
        if (by_stem(&sorted[i - 1], &sorted[i]) == 0)
            end = nb_usage_error(arguments, verb, NULL,
                                 NB_WORDS(arguments, "“%s”和“%s”会写成同一个文件",
                                          "“%s” and “%s” would be written to the same file"),
                                 sorted[i - 1].input, sorted[i].input);
    free(sorted);
    return end;
}

void nb_save_into_folder(nb_save_file *file, const char *folder, nb_stem stem, const char *suffix)
{
    size_t size = strlen(folder) + stem.length + strlen(suffix) + 3;
    bool has_slash = folder[strlen(folder) - 1] == '/';
    file->folder = folder;
    file->path = nb_need_memory(malloc(size));
    snprintf(file->path, size, "%s%s%.*s.%s", folder, has_slash ? "" : "/", (int)stem.length,
             stem.name, suffix);
}

void nb_save_as(nb_save_file *file, const char *path)
{
    size_t size = strlen(path) + 1;
    file->path = nb_need_memory(malloc(size));
    memcpy(file->path, path, size);
}

void nb_save_list_end(nb_save_list *list)
{
    for (int i = 0; i < list->count; i++) {
        free(list->files[i].path);
        free(list->files[i].part);
    }
    free(list->files);
}

/* All memory is asked for before the first file is written: none is left half done for want of it. */
typedef struct saving {
    nb_language language;
    nb_findings *findings;
} saving;

static nb_status tell(const saving *s, const char *path, const char *message, const char *hint)
{
    nb_print_text(path, stderr);
    fprintf(stderr, ": %s IO: ", s->language == NB_ENGLISH ? "error" : "错误");
    nb_print_text(message, stderr);
    putc('\n', stderr);
    if (*hint) {
        fputs(s->language == NB_ENGLISH ? "  hint: " : "  提示：", stderr);
        nb_print_text(hint, stderr);
        putc('\n', stderr);
    }
    return NB_E_OUTPUT;
}

/* Standard output, a device or a pipe takes what comes; a file is there whole or not at all. */
static bool is_written_through(const char *path)
{
    struct stat info;
    if (strcmp(path, "-") == 0)
        return true;
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

/* How much of a path its part's name begins with: all may leave no room for what follows it. */
static int kept_length(const char *path)
{
    enum { LONGEST_BEGINNING = 200 }; /* bytes of the file's name; file systems hold 255 */
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    return (int)(name - path) + (int)strnlen(name, LONGEST_BEGINNING);
}

static void name_parts(const nb_save_list *list)
{
    for (int i = 0; i < list->count; i++) {
        nb_save_file *file = &list->files[i];
        size_t size = strlen(file->path) + 48;
        if (is_written_through(file->path))
            continue;
        file->part = nb_need_memory(malloc(size));
        snprintf(file->part, size, "%.*s.%ld-%d.part", kept_length(file->path), file->path,
                 (long)getpid(), i);
    }
}

/*
 * Save under a name of the user's; what findings say is said of that name, whatever the file's is
 * for now.
 */
static nb_status save(const saving *s, const nb_save_file *file, const char *path)
{
    size_t from = nb_findings_count(s->findings);
    nb_status status = nb_file_save(path, file->bytes, file->length, s->findings);
    if (status != NB_OK && nb_findings_count(s->findings) > from) {
        const nb_finding *finding = nb_findings_lookup(s->findings, from);
        tell(s, file->path, finding->message, finding->hint);
    }
    return status;
}

static nb_status make_folder(const saving *s, const nb_save_file *file)
{
    char message[256];
    if (!file->folder || mkdir(file->folder, 0777) == 0 || errno == EEXIST)
        return NB_OK;
    bool is_refused = errno == EACCES || errno == EPERM || errno == EROFS;
    const char *hint = s->language == NB_ENGLISH
                           ? "none may be made in that place: choose another for -o"
                           : "那里不让新建文件夹：用 -o 换一个地方";
    snprintf(message, sizeof message, "%s%s",
             s->language == NB_ENGLISH ? "cannot make the folder: " : "无法新建文件夹：",
             nb_system_words(errno, s->language));
    return tell(s, file->folder, message, is_refused ? hint : "");
}

static nb_status save_part(const saving *s, nb_save_file *file)
{
    nb_status status = make_folder(s, file);
    if (status != NB_OK || !file->part)
        return status;
    status = save(s, file, file->part);
    file->has_part = status == NB_OK;
    return status;
}

static nb_status finish(const saving *s, nb_save_file *file)
{
    char message[256];
    if (!file->part)
        return save(s, file, file->path);
    if (rename(file->part, file->path) == 0) {
        file->has_part = false;
        return NB_OK;
    }
    snprintf(message, sizeof message, "%s%s",
             s->language == NB_ENGLISH ? "cannot write: " : "无法写出：",
             nb_system_words(errno, s->language));
    return tell(s, file->path, message, "");
}

/*
 * Keep signals that end the program waiting while files are half written; there is no waiting for
 * whoever reads standard output or a pipe.
 */
static void hold_signals(bool is_piped, sigset_t *before)
{
    sigset_t held;
    sigemptyset(&held);
    if (!is_piped) {
        sigaddset(&held, SIGHUP);
        sigaddset(&held, SIGINT);
        sigaddset(&held, SIGTERM);
    }
    sigprocmask(SIG_BLOCK, &held, before);
}

nb_status nb_save_all(nb_save_list *list, nb_language language)
{
    nb_status status = NB_OK;
    saving s = { language, nb_need_memory(nb_findings_new(language)) };
    sigset_t before;
    bool is_piped = false;
    name_parts(list);
    for (int i = 0; i < list->count; i++)
        is_piped = is_piped || !list->files[i].part;
    hold_signals(is_piped, &before);
    for (int i = 0; i < list->count && status == NB_OK; i++)
        status = save_part(&s, &list->files[i]);
    for (int i = 0; i < list->count && status == NB_OK; i++)
        status = finish(&s, &list->files[i]);
    for (int i = 0; i < list->count; i++)
        if (list->files[i].part && list->files[i].has_part)
            unlink(list->files[i].part);
    sigprocmask(SIG_SETMASK, &before, NULL);
    nb_findings_drop(s.findings);
    return status;
}

nb_status nb_save_one(const char *path, const void *bytes, size_t length, nb_findings *findings)
{
    sigset_t before;
    hold_signals(is_written_through(path), &before);
    nb_status status = nb_file_save(path, bytes, length, findings);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}
