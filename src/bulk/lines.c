#include "bulk/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, MOST_SKIPPED = 256 << 20 };

struct nb_line_reader {
    nb_arena *arena;
    int descriptor;
    size_t longest;
    bool (*should_stop)(void *);
    void *context;
    char *data;
    size_t start, end, capacity; /* what is read and not yet given out */
    bool is_at_end;
    bool is_skipping; /* the rest of a line that was too long */
    size_t skipped;   /* so far */
    int number, next_number;
    uint64_t offset;
};

static void end_input(int descriptor)
{
    if (descriptor > STDERR_FILENO)
        close(descriptor);
}

static void end_reader(void *object)
{
    nb_line_reader *reader = object;
    free(reader->data);
    end_input(reader->descriptor);
    free(reader);
}

/* Room for a chunk behind what is there, moved to the front. */
static void make_room(nb_line_reader *reader)
{
    size_t kept = reader->end - reader->start;
    if (reader->start)
        memmove(reader->data, reader->data + reader->start, kept);
    reader->start = 0;
    reader->end = kept;
    if (reader->capacity - kept >= CHUNK)
        return;
    size_t capacity = kept + CHUNK > 2 * reader->capacity ? kept + CHUNK : 2 * reader->capacity;
    char *data = realloc(reader->data, capacity);
    if (!data)
        nb_arena_fail(reader->arena);
    reader->data = data;
    reader->capacity = capacity;
}

nb_line_reader *nb_line_reader_new(int descriptor, size_t longest, bool (*should_stop)(void *),
                                   void *context, nb_arena *arena)
{
    /* Not of the arena, which could leave the descriptor open. */
    nb_line_reader *reader = malloc(sizeof *reader);
    if (!reader) {
        end_input(descriptor);
        nb_arena_fail(arena);
    }
    *reader = (nb_line_reader){ .arena = arena,
                                .descriptor = descriptor,
                                .longest = longest,
                                .should_stop = should_stop,
                                .context = context,
                                .next_number = 1 };
    nb_arena_defer(arena, end_reader, reader);
    make_room(reader);
    return reader;
}

static nb_line_state read_more(nb_line_reader *reader)
{
    make_room(reader);
    for (;;) {
        if (reader->should_stop && reader->should_stop(reader->context))
            return NB_LINE_STOPPED;
        ssize_t length =
            read(reader->descriptor, reader->data + reader->end, reader->capacity - reader->end);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            return NB_LINE_FAILED;
        reader->is_at_end = length == 0;
        reader->end += (size_t)length;
        return NB_LINE_READ;
    }
}

static nb_string take(nb_line_reader *reader, size_t length)
{
    nb_string line = { reader->data + reader->start, length };
    reader->start += length;
    reader->offset += length;
    return line;
}

/* Leave out a piece of a line that is too long, which is told at its first. */
static nb_line_state pass_over(nb_line_reader *reader, size_t length, bool is_whole)
{
    bool is_first = !reader->is_skipping;
    reader->is_skipping = !is_whole;
    take(reader, length);
    reader->skipped = is_first ? length : reader->skipped + length;
    if (reader->skipped > MOST_SKIPPED) {
        errno = EFBIG;
        return NB_LINE_FAILED;
    }
    if (is_first)
        reader->number = reader->next_number;
    reader->next_number += is_whole;
    return is_first ? NB_LINE_TOO_LONG : NB_LINE_READ;
}

nb_line_state nb_line_reader_next(nb_line_reader *reader, nb_string *out)
{
    size_t searched = 0;
    *out = NB_STRING("");
    for (;;) {
        size_t length = reader->end - reader->start;
        const char *at = reader->data + reader->start,
                   *feed =
                       length > searched ? memchr(at + searched, '\n', length - searched) : NULL;
        searched = length;
        bool is_whole = feed || (reader->is_at_end && length);
        if (feed)
            length = (size_t)(feed - at) + 1;
        if (length > reader->longest || reader->is_skipping) {
            nb_line_state state = pass_over(reader, length, is_whole);
            if (state != NB_LINE_READ)
                return state;
            searched = 0;
        } else if (is_whole) {
            reader->number = reader->next_number++;
            *out = take(reader, length);
            return NB_LINE_READ;
        }
        if (reader->is_at_end && reader->start == reader->end)
            return NB_LINE_END;
        if (!is_whole) {
            nb_line_state state = read_more(reader);
            if (state != NB_LINE_READ)
                return state;
        }
    }
}

int nb_line_reader_number(const nb_line_reader *reader)
{
    return reader->number;
}

uint64_t nb_line_reader_offset(const nb_line_reader *reader)
{
    return reader->offset;
}

nb_string nb_read_line_at(int descriptor, uint64_t start, size_t longest, nb_arena *arena)
{
    nb_buffer *line = nb_buffer_new(arena, longest);
    char chunk[4096];
    for (;;) {
        ssize_t length = pread(descriptor, chunk, sizeof chunk, (off_t)(start + line->length));
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0 || line->overflowed) {
            errno = length < 0 ? errno : EIO;
            return NB_STRING("");
        }
        const char *feed = memchr(chunk, '\n', (size_t)length);
        nb_buffer_add(line, chunk, feed ? (size_t)(feed - chunk) + 1 : (size_t)length);
        if (feed && !line->overflowed)
            return (nb_string){ (const char *)line->data, line->length };
    }
}
