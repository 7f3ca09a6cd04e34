/* Running nianbao-pdf-text, the program that reads PDFs (src/pdftext). */
#define _GNU_SOURCE /* memfd_create, pipe2 */
#include "import/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "nianbao-pdf-text"

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
    int input;
    int output;
    pid_t process;
} running;

static void release(void *object)
{
    running *r = object;
    if (r->input >= 0)
        close(r->input);
    if (r->output >= 0)
        close(r->output);
    if (r->process > 0) {
        kill(r->process, SIGKILL);
        while (waitpid(r->process, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    *r = (running){ .input = -1, .output = -1 };
}

static bool write_whole(int descriptor, nb_string bytes)
{
    while (bytes.length) {
        ssize_t written = write(descriptor, bytes.data, bytes.length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes.data += written;
        bytes.length -= (size_t)written;
    }
    return true;
}

static bool start(running *r, const char *program, nb_string bytes)
{
    int ends[2];
    posix_spawn_file_actions_t actions;
    char *arguments[] = { (char *)(uintptr_t)PROGRAM, NULL };
    /*
     * A file and not a pipe: a program that ends early must not end us. It is in memory only, and
     * no program that another thread starts holds it or the pipe.
     */
    r->input = memfd_create(PROGRAM, MFD_CLOEXEC);
    if (r->input < 0 || !write_whole(r->input, bytes) || lseek(r->input, 0, SEEK_SET) != 0 ||
        pipe2(ends, O_CLOEXEC) != 0)
        return false;
    r->output = ends[0];
    bool started = false;
    if (posix_spawn_file_actions_init(&actions) == 0) {
        started = posix_spawn_file_actions_adddup2(&actions, r->input, STDIN_FILENO) == 0 &&
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
    *r = (running){ .input = -1, .output = -1 };
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
