#define _GNU_SOURCE /* for pipe2, which is Linux's */
/* Running nianbao-pdf-text, the program that reads PDFs (src/pdftext). */
#include "import/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "nianbao-pdf-text"

extern char **environ;

/* ../libexec/nianbao beside the folder of the running program, that folder itself, and the built. */
static const char *find_program(nb_arena *arena)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    while (length > 0 && path[length - 1] != '/')
        length--;
    const char *folder = nb_arena_print(arena, "%.*s", (int)(length > 0 ? length : 0), path);
    const char *places[] = {
        nb_arena_print(arena, "%s../libexec/nianbao/", folder),
        folder,
        NB_LIBEXEC_DIR "/",
#ifdef NB_BUILD_DIR
        NB_BUILD_DIR "/",
#endif
    };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const char *program = nb_arena_print(arena, "%s" PROGRAM, places[i]);
        if (*places[i] && access(program, X_OK) == 0)
            return program;
    }
    return NULL;
}

/* What is open while the program runs; in the arena before anything is opened. */
typedef struct running {
    FILE *input;
    int output;
    pid_t process;
} running;

static void release(void *object)
{
    running *r = object;
    if (r->input)
        fclose(r->input);
    if (r->output >= 0)
        close(r->output);
    if (r->process > 0) {
        kill(r->process, SIGKILL);
        while (waitpid(r->process, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    *r = (running){ .output = -1 };
}

static bool start(running *r, const char *program, nb_string bytes)
{
    int ends[2];
    posix_spawn_file_actions_t actions;
    char *arguments[] = { (char *)(uintptr_t)PROGRAM, NULL };
    /* A file and not a pipe: a program that ends early must not end us. */
    r->input = tmpfile();
    if (!r->input || fwrite(bytes.data, 1, bytes.length, r->input) != bytes.length ||
        fflush(r->input) != 0 || lseek(fileno(r->input), 0, SEEK_SET) != 0 || pipe2(ends, O_CLOEXEC) != 0)
        return false;
    r->output = ends[0];
    bool started = false;
    if (posix_spawn_file_actions_init(&actions) == 0) {
        started = posix_spawn_file_actions_adddup2(&actions, fileno(r->input), STDIN_FILENO) == 0 &&
                  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO) == 0 &&
                  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY,
                                                   0) == 0 &&
                  posix_spawn(&r->process, program, &actions, NULL, arguments, environ) == 0;
        posix_spawn_file_actions_destroy(&actions);
    }
    close(ends[1]);
    return started;
}

bool nb_pdf_text(nb_string bytes, nb_arena *arena, nb_string *out)
{
    running *r = NB_NEW(arena, running);
    nb_buffer *answer = nb_buffer_new(arena, NB_LARGEST_EXTRACT);
    static const int piece = 1 << 16;
    char *room = nb_arena_alloc(arena, (size_t)piece);
    *r = (running){ .output = -1 };
    nb_arena_defer(arena, release, r);
    const char *program = find_program(arena);
    if (!program || !start(r, program, bytes)) {
        release(r);
        return false;
    }
    ssize_t got;
    while ((got = read(r->output, room, (size_t)piece)) != 0) {
        if (got > 0)
            nb_buffer_add(answer, room, (size_t)got);
        else if (errno != EINTR)
            break;
    }
    release(r);
    *out = (nb_string){ (const char *)answer->data, answer->length };
    return true;
}
