#include "bulk/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A cell takes two bytes more than its text, and a fault's words have room in any case. */
enum { LARGEST_ROW = 4 * NB_LONGEST_ROW };

static bool has_suffix(const char *name, const char *suffix)
{
    size_t length = strlen(name), end = strlen(suffix);
    return length > end && strcmp(name + length - end, suffix) == 0;
}

nb_status nb_row_source_say(const nb_row_source *source, int line, const char *chinese,
                            const char *english)
{
    nb_findings_add(source->findings, NB_ERROR, "IO",
                    (nb_place){ .file = source->name, .line = line, .column = line ? 1 : 0 }, "%s",
                    NB_SAY(source->findings, chinese, english));
    return NB_E_NOT_A_REPORT;
}

nb_status nb_row_source_refuse(const nb_row_source *source, int reason)
{
    nb_findings_add(source->findings, NB_ERROR, "IO", (nb_place){ .file = source->name },
                    NB_SAY(source->findings, "无法读取：%s", "cannot read: %s"),
                    nb_system_words(reason, nb_findings_language(source->findings)));
    return NB_E_NOT_A_REPORT;
}

nb_status nb_row_source_open(const char *path, const char *sheet,
                             bool (*should_stop)(void *context), void *context, nb_arena *arena,
                             nb_findings *findings, nb_row_source **out)
{
    nb_row_source *source = NB_NEW(arena, nb_row_source);
    struct stat info;
    bool is_stream = strcmp(path, "-") == 0;
    *source = (nb_row_source){ .arena = arena,
                               .findings = findings,
                               .name = nb_arena_copy(arena, path, strlen(path)),
                               .should_stop = should_stop,
                               .context = context };
    *out = source;
    if (has_suffix(path, ".xlsx"))
        return nb_xlsx_open(source, path, sheet);
    if (sheet)
        return nb_row_source_say(source, 0, "只有 .xlsx 文件才能用 --sheet",
                                 "--sheet is for .xlsx files only");
    int descriptor = is_stream ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return nb_row_source_refuse(source, errno);
    if (fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode))
        source->size = (uint64_t)info.st_size;
    bool is_tabbed = has_suffix(path, ".tsv");
    if (is_tabbed || has_suffix(path, ".csv"))
        return nb_csv_open(source, descriptor, is_tabbed ? '\t' : ',');
    return nb_jsonl_open(source, descriptor);
}

nb_row *nb_row_new(nb_row_source *source)
{
    nb_row *row = NB_NEW(source->arena, nb_row);
    row->bytes = nb_buffer_new(source->arena, LARGEST_ROW);
    return row;
}

void nb_row_fail(const nb_row_source *source, nb_row *row, const char *chinese, const char *english)
{
    row->kind = NB_ROW_FAULT;
    row->bytes->length = 0;
    row->bytes->overflowed = false;
    nb_buffer_text(row->bytes, NB_SAY(source->findings, chinese, english));
}

typedef struct reading {
    nb_row_source *source;
    nb_row *row;
    bool *ended;
} reading;

static nb_status read_row(void *context)
{
    reading *r = context;
    r->row->bytes->length = 0;
    r->row->bytes->overflowed = false;
    return r->source->next(r->source, r->row, r->ended);
}

nb_status nb_row_source_next(nb_row_source *source, nb_row *row, bool *ended)
{
    reading r = { source, row, ended };
    *ended = false;
    nb_status status = nb_arena_run(source->arena, read_row, &r);
    if (status == NB_OK && !*ended)
        row->number = ++source->rows;
    return status;
}

void nb_cells_add(nb_buffer *cells, nb_cell_kind kind, nb_string text)
{
    text = nb_trimmed(text, NULL);
    if (kind == NB_CELL_TEXT && !text.length)
        kind = NB_CELL_BLANK;
    nb_buffer_byte(cells, (unsigned char)kind);
    nb_buffer_add(cells, text.data, text.length);
    nb_buffer_byte(cells, '\0');
}

bool nb_cells_next(nb_string *cells, nb_cell *out)
{
    if (!cells->length)
        return false;
    out->kind = (nb_cell_kind)cells->data[0];
    out->text = nb_string_of(cells->data + 1);
    cells->data += out->text.length + 2;
    cells->length -= out->text.length + 2;
    return true;
}
