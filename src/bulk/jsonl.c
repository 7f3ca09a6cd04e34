/* JSON Lines: a JSON text a line; blank lines are no rows. */
#include "bulk/lines.h"
#include "bulk/source.h"

#include <errno.h>

/* Without the blanks of JSON at both ends. */
static nb_string trimmed(nb_string text)
{
    while (text.length && strchr(" \t\r\n", text.data[text.length - 1]) &&
           text.data[text.length - 1])
        text.length--;
    while (text.length && strchr(" \t\r\n", *text.data) && *text.data) {
        text.data++;
        text.length--;
    }
    return text;
}

static nb_status next(nb_row_source *source, nb_row *row, bool *ended)
{
    nb_line_reader *lines = source->reader;
    for (;;) {
        nb_string line;
        nb_line_state state = nb_line_reader_next(lines, &line);
        source->read = nb_line_reader_offset(lines);
        row->line = nb_line_reader_number(lines);
        if (row->line == 1 && line.length >= 3 && memcmp(line.data, "\xEF\xBB\xBF", 3) == 0) {
            line.data += 3;
            line.length -= 3;
        }
        line = trimmed(line);
        switch (state) {
        case NB_LINE_READ:
            if (!line.length)
                continue;
            row->kind = NB_ROW_JSON;
            nb_buffer_add(row->bytes, line.data, line.length);
            return NB_OK;
        case NB_LINE_TOO_LONG:
            nb_row_fail(source, row, "这一行超过 16 MiB", "the line is longer than 16 MiB");
            return NB_OK;
        case NB_LINE_END:
            *ended = true;
            return NB_OK;
        case NB_LINE_STOPPED:
            return NB_E_LATER;
        case NB_LINE_FAILED:
            return nb_row_source_refuse(source, errno);
        }
    }
}

nb_status nb_jsonl_open(nb_row_source *source, int descriptor)
{
    source->reader = nb_line_reader_new(descriptor, NB_LONGEST_ROW, source->should_stop,
                                        source->context, source->arena);
    source->next = next;
    return NB_OK;
}
