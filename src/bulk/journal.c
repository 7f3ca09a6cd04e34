#define _GNU_SOURCE /* for syncfs, which is Linux's */
#include "bulk/journal.h"

#include "bulk/files.h"
#include "bulk/lines.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SYNC_EVERY = 512 }; /* rows */

/* The line of one row: where it begins, and one more, so that 0 is no line. */
typedef uint64_t entry;

struct nb_journal {
    pthread_mutex_t lock;
    int descriptor;
    nb_shard shard;
    entry *entries; /* by the row's place among those of the shard */
    size_t entry_count;
    uint64_t end;    /* of the file, at a line's beginning */
    uint64_t synced; /* as far as it was when the journal was opened */
    size_t unsynced; /* rows since the last mark */
    nb_journal_counts counts;
};

static void end_journal(void *object)
{
    nb_journal *journal = object;
    close(journal->descriptor);
    free(journal->entries);
    pthread_mutex_destroy(&journal->lock);
}

/* The entry of a row, made when it is missing; NULL when memory ran out. The lock is held. */
static entry *entry_of(nb_journal *journal, size_t row)
{
    size_t at = (row - 1) / (size_t)journal->shard.count;
    if (at >= journal->entry_count) {
        size_t count = at + 1 > 2 * journal->entry_count ? at + 1 : 2 * journal->entry_count;
        count = count < 1024 ? 1024 : count;
        entry *entries = realloc(journal->entries, count * sizeof *entries);
        if (!entries)
            return NULL;
        memset(entries + journal->entry_count, 0, (count - journal->entry_count) * sizeof *entries);
        journal->entries = entries;
        journal->entry_count = count;
    }
    return &journal->entries[at];
}

/* {"synced":BYTES}, or 0. */
static uint64_t synced_mark(nb_string line)
{
    static const char start[] = "{\"synced\":";
    size_t at = sizeof start - 1;
    uint64_t bytes = 0;
    if (line.length <= at || memcmp(line.data, start, at) != 0)
        return 0;
    for (; at < line.length && line.data[at] >= '0' && line.data[at] <= '9'; at++)
        bytes = bytes * 10 + (uint64_t)(line.data[at] - '0');
    return line.data[at] == '}' ? bytes : 0;
}

typedef struct opening {
    nb_journal *journal;
    int descriptor; /* of the file that is read */
    bool is_seed;   /* its lines are copied */
    nb_arena *arena;
} opening;

/* Take the lines of an earlier run. What is cut short or damaged counts as not written. */
static nb_status read_lines(void *context)
{
    opening *o = context;
    nb_journal *journal = o->journal;
    nb_line_reader *lines =
        nb_line_reader_new(o->descriptor, NB_LONGEST_MANIFEST_LINE, NULL, NULL, o->arena);
    nb_string line;
    uint64_t start = 0;
    nb_line_state state;
    while ((state = nb_line_reader_next(lines, &line)) == NB_LINE_READ ||
           state == NB_LINE_TOO_LONG) {
        size_t row = nb_manifest_row_number(line);
        uint64_t mark = synced_mark(line);
        if (row && nb_shard_has(journal->shard, row)) {
            entry *place = entry_of(journal, row);
            if (!place)
                return NB_E_MEMORY;
            *place = (o->is_seed ? journal->end : start) + 1;
            if (o->is_seed && nb_write_whole(journal->descriptor, line) != 0)
                return NB_E_OUTPUT;
            if (o->is_seed)
                journal->end += line.length;
        }
        if (!o->is_seed && mark <= start && mark > journal->synced)
            journal->synced = mark;
        start = nb_line_reader_offset(lines);
        if (!o->is_seed && line.length && line.data[line.length - 1] == '\n')
            journal->end = start;
    }
    if (o->is_seed) /* a finished manifest was on the disk before it had its name */
        journal->synced = journal->end;
    return state == NB_LINE_END ? NB_OK : NB_E_OUTPUT;
}

/* The reader closes the descriptor. */
static nb_status take_lines(nb_journal *journal, int descriptor, bool is_seed)
{
    opening o = { journal, descriptor, is_seed, nb_arena_new() };
    if (!o.arena) {
        close(descriptor);
        return NB_E_MEMORY;
    }
    nb_status status = nb_arena_run(o.arena, read_lines, &o);
    int reason = errno;
    nb_arena_drop(o.arena);
    errno = reason;
    return status;
}

/* What an earlier run left: its journal, or else the finished manifest. */
static nb_status take_earlier(nb_journal *journal, const char *path, const char *seed)
{
    struct stat info;
    bool is_new = fstat(journal->descriptor, &info) != 0 || info.st_size == 0;
    int descriptor =
        is_new ? seed ? open(seed, O_RDONLY | O_CLOEXEC) : -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return !is_new || (seed && errno != ENOENT) ? NB_E_OUTPUT : NB_OK;
    nb_status status = take_lines(journal, descriptor, is_new);
    /* A line that was cut short is written over. */
    if (status == NB_OK && (ftruncate(journal->descriptor, (off_t)journal->end) != 0 ||
                            lseek(journal->descriptor, (off_t)journal->end, SEEK_SET) < 0))
        status = NB_E_OUTPUT;
    return status;
}

nb_status nb_journal_open(const char *path, const char *seed, nb_shard shard, nb_arena *arena,
                          nb_findings *findings, nb_journal **out)
{
    nb_journal *journal = *out = NB_NEW(arena, nb_journal);
    journal->shard = shard;
    journal->descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (journal->descriptor < 0)
        return nb_output_failed(findings, path, errno);
    if (pthread_mutex_init(&journal->lock, NULL) != 0) {
        close(journal->descriptor);
        return NB_E_MEMORY;
    }
    nb_arena_defer(arena, end_journal, journal);
    nb_status status = take_earlier(journal, path, seed);
    return status == NB_E_OUTPUT ? nb_output_failed(findings, path, errno) : status;
}

static void count(nb_journal *journal, nb_row_end end)
{
    journal->counts.done += end.is_done;
    journal->counts.failed += !end.is_done;
    journal->counts.warned += end.is_warned;
    journal->counts.kept += end.is_kept;
}

/* What is before the mark reaches the disk, then the mark itself is written. */
static int mark_synced(nb_journal *journal, uint64_t mark)
{
    char line[64];
    int reason = 0;
    if (syncfs(journal->descriptor) != 0)
        return errno;
    int length = snprintf(line, sizeof line, "{\"synced\":%llu}\n", (unsigned long long)mark);
    pthread_mutex_lock(&journal->lock);
    reason = nb_write_whole(journal->descriptor, (nb_string){ line, (size_t)length });
    journal->end += (size_t)length;
    pthread_mutex_unlock(&journal->lock);
    return reason;
}

int nb_journal_add(nb_journal *journal, size_t row, nb_string line, nb_row_end end)
{
    uint64_t mark = 0;
    pthread_mutex_lock(&journal->lock);
    entry *place = entry_of(journal, row);
    int reason = place ? nb_write_whole(journal->descriptor, line) : ENOMEM;
    if (!reason) {
        *place = journal->end + 1;
        journal->end += line.length;
        count(journal, end);
        if (++journal->unsynced >= SYNC_EVERY) {
            journal->unsynced = 0;
            mark = journal->end;
        }
    } else if (lseek(journal->descriptor, (off_t)journal->end, SEEK_SET) >= 0) {
        /* What was written of the line is written over by the next. */
        (void)!ftruncate(journal->descriptor, (off_t)journal->end);
    }
    pthread_mutex_unlock(&journal->lock);
    return mark && !reason ? mark_synced(journal, mark) : reason;
}

void nb_journal_keep(nb_journal *journal, nb_row_end end)
{
    end.is_kept = true;
    pthread_mutex_lock(&journal->lock);
    count(journal, end);
    pthread_mutex_unlock(&journal->lock);
}

nb_string nb_journal_lookup(nb_journal *journal, size_t row, nb_arena *arena, bool *is_synced)
{
    size_t at = (row - 1) / (size_t)journal->shard.count;
    pthread_mutex_lock(&journal->lock);
    entry found = at < journal->entry_count ? journal->entries[at] : 0;
    pthread_mutex_unlock(&journal->lock);
    *is_synced = found && found - 1 < journal->synced;
    return found ? nb_read_line_at(journal->descriptor, found - 1, NB_LONGEST_MANIFEST_LINE, arena)
                 : NB_STRING("");
}

nb_journal_counts nb_journal_count(nb_journal *journal)
{
    pthread_mutex_lock(&journal->lock);
    nb_journal_counts counts = journal->counts;
    pthread_mutex_unlock(&journal->lock);
    return counts;
}

typedef struct visiting {
    nb_journal *journal;
    entry entry;
    int (*visit)(void *context, nb_string line);
    void *context;
    nb_arena *arena;
    int reason;
} visiting;

static nb_status visit_line(void *context)
{
    visiting *v = context;
    nb_string line = v->entry ? nb_read_line_at(v->journal->descriptor, v->entry - 1,
                                                NB_LONGEST_MANIFEST_LINE, v->arena)
                              : NB_STRING("");
    v->reason = line.length ? v->visit(v->context, line) : EIO;
    return NB_OK;
}

int nb_journal_each(nb_journal *journal, size_t rows, int (*visit)(void *context, nb_string line),
                    void *context)
{
    visiting v = { .journal = journal, .visit = visit, .context = context };
    for (size_t row = (size_t)journal->shard.index; row <= rows && !v.reason;
         row += (size_t)journal->shard.count) {
        size_t at = (row - 1) / (size_t)journal->shard.count;
        v.entry = at < journal->entry_count ? journal->entries[at] : 0;
        v.arena = nb_arena_new();
        if (!v.arena || nb_arena_run(v.arena, visit_line, &v) != NB_OK)
            v.reason = ENOMEM;
        nb_arena_drop(v.arena);
    }
    return v.reason;
}
