/*
 * CSV (RFC 4180), read with libcsv, line by line: so the line of a row is known, a quoted cell may
 * hold line breaks, and after a fault reading goes on with the next line. The text is UTF-8 or GB
 * 18030, which the first line that is not ASCII decides.
 */
#include "bulk/lines.h"
#include "bulk/table.h"

#include <csv.h>
#include <errno.h>
#include <iconv.h>

typedef enum encoding { ENCODING_UNDECIDED, ENCODING_UTF8, ENCODING_GB18030 } encoding;

typedef struct csv_reader {
    nb_arena *arena;
    nb_line_reader *lines;
    struct csv_parser parser;
    char separator;
    encoding encoding;
    iconv_t converter; /* of GB 18030 */
    nb_buffer *converted;
    nb_buffer *cells; /* of the row being read; borrowed */
    int rows_ended;   /* of which libcsv has told */
    bool has_nul, is_misencoded;
    size_t fed; /* bytes of the row so far */
} csv_reader;

static void end_reader(void *object)
{
    csv_reader *reader = object;
    csv_free(&reader->parser);
    if (reader->converter != (iconv_t)-1)
        iconv_close(reader->converter);
}

static int is_never_blank(unsigned char c)
{
    (void)c;
    return 0;
}

/* Blanks are part of a cell (RFC 4180, 2.4), and a quotation mark stands in quotes only (2.5). */
static bool begin_parser(csv_reader *reader)
{
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return false;
    csv_set_delim(&reader->parser, (unsigned char)reader->separator);
    csv_set_space_func(&reader->parser, is_never_blank);
    return true;
}

static bool begin_anew(csv_reader *reader)
{
    csv_free(&reader->parser);
    return begin_parser(reader);
}

/* Called by libcsv: there is room, since the jump of an arena must not cross it. */
static void take_cell(void *bytes, size_t length, void *context)
{
    csv_reader *reader = context;
    reader->has_nul = reader->has_nul || (length && memchr(bytes, '\0', length));
    if (!reader->has_nul)
        nb_cells_add(reader->cells, NB_CELL_TEXT, (nb_string){ length ? bytes : "", length });
}

static void take_row(int c, void *context)
{
    csv_reader *reader = context;
    (void)c;
    reader->rows_ended++;
}

static bool is_ascii(nb_string text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

static nb_string convert(csv_reader *reader, nb_string line)
{
    nb_buffer *out = reader->converted;
    out->length = 0;
    if (!nb_buffer_reserve(out, 2 * line.length + 4)) /* 2 bytes may become 3, 4 become 4 */
        return NB_STRING("");
    char *from = (char *)(uintptr_t)line.data, *to = (char *)out->data;
    size_t unread = line.length, left = out->capacity;
    if (iconv(reader->converter, &from, &unread, &to, &left) == (size_t)-1)
        return NB_STRING("");
    return (nb_string){ (const char *)out->data, out->capacity - left };
}

/* What cannot be read keeps its marks, so that the row ends where it does. */
static nb_string masked(csv_reader *reader, nb_string line)
{
    reader->converted->length = 0;
    for (size_t i = 0; i < line.length; i++)
        nb_buffer_byte(reader->converted, (unsigned char)line.data[i] < 0x80
                                              ? (unsigned char)line.data[i]
                                              : (unsigned char)'?');
    return (nb_string){ (const char *)reader->converted->data, reader->converted->length };
}

/* The line in UTF-8. */
static nb_string decode(csv_reader *reader, nb_string line)
{
    if (is_ascii(line))
        return line;
    bool is_utf8 = nb_utf8_valid_length(line) == line.length;
    if (reader->encoding == ENCODING_UNDECIDED)
        reader->encoding = is_utf8 ? ENCODING_UTF8 : ENCODING_GB18030;
    if (reader->encoding == ENCODING_UTF8 && is_utf8)
        return line;
    nb_string text = reader->encoding == ENCODING_GB18030 ? convert(reader, line) : NB_STRING("");
    if (text.length && nb_utf8_valid_length(text) == text.length)
        return text;
    reader->is_misencoded = true;
    return masked(reader, line);
}

/* A mark at the beginning of the file says UTF-8. */
static nb_string without_mark(csv_reader *reader, nb_string line)
{
    if (nb_line_reader_number(reader->lines) != 1 || line.length < 3 ||
        memcmp(line.data, "\xEF\xBB\xBF", 3) != 0)
        return line;
    reader->encoding = ENCODING_UTF8;
    return (nb_string){ line.data + 3, line.length - 3 };
}

/* Hand a line to libcsv. False when it breaks the rules. */
static bool feed(csv_reader *reader, nb_string line)
{
    reader->fed += line.length;
    /* All of the row may become cells now: text, and two bytes for each cell. */
    if (reader->fed > NB_LONGEST_ROW || !nb_buffer_reserve(reader->cells, 2 * reader->fed + 4))
        return false;
    return csv_parse(&reader->parser, line.data, line.length, take_cell, take_row, reader) ==
           line.length;
}

static nb_status fail(nb_row_source *source, nb_row *row, const char *chinese, const char *english)
{
    nb_row_fail(source, row, chinese, english);
    return begin_anew(source->reader) ? NB_OK : NB_E_MEMORY;
}

static nb_status fail_parse(nb_row_source *source, nb_row *row)
{
    csv_reader *reader = source->reader;
    if (reader->fed > NB_LONGEST_ROW)
        return fail(source, row, "这一行超过 16 MiB，可能有引号没有收尾",
                    "the row is longer than 16 MiB; a quotation mark may have no partner");
    if (csv_error(&reader->parser) == CSV_ENOMEM)
        return NB_E_MEMORY;
    return fail(source, row, "引号用得不对：整格要放在引号里，格内的引号要写两个",
                "a quotation mark is out of place: the whole cell stands in quotes, and one in it "
                "is written twice");
}

/* The row that libcsv has told of, or why it cannot be used. */
static nb_status finish_row(nb_row_source *source, nb_row *row)
{
    const csv_reader *reader = source->reader;
    row->kind = NB_ROW_CELLS;
    if (reader->is_misencoded)
        nb_row_fail(source, row, "这一行的文字编码与前面不同，读不出来",
                    "the row is not in the encoding of those before it");
    else if (reader->rows_ended > 1)
        nb_row_fail(source, row, "行与行之间只有回车符（CR）：请另存为“CSV UTF-8”",
                    "rows end with carriage returns alone; save the sheet as “CSV UTF-8”");
    else if (reader->has_nul)
        nb_row_fail(source, row, "这一行有空字符", "there is a NUL in the row");
    return NB_OK;
}

/* The end of the input is the end of the last row. */
static nb_status finish_input(nb_row_source *source, nb_row *row, bool *ended)
{
    csv_reader *reader = source->reader;
    int fault = csv_fini(&reader->parser, take_cell, take_row, reader);
    if (fault == 0 && !reader->rows_ended)
        *ended = true;
    else if (fault == 0)
        return finish_row(source, row);
    else
        return fail(source, row, "从这一行开始的引号到最后也没有收尾",
                    "a quotation mark that begins in this row is never closed");
    return NB_OK;
}

static nb_status read_record(nb_row_source *source, nb_row *row, bool *ended)
{
    csv_reader *reader = source->reader;
    reader->cells = row->bytes;
    reader->cells->length = 0;
    reader->rows_ended = 0;
    reader->has_nul = reader->is_misencoded = false;
    reader->fed = 0;
    row->line = 0;
    for (;;) {
        nb_string line;
        nb_line_state state = nb_line_reader_next(reader->lines, &line);
        source->read = nb_line_reader_offset(reader->lines);
        if (!row->line)
            row->line = nb_line_reader_number(reader->lines);
        switch (state) {
        case NB_LINE_READ:
            if (!feed(reader, decode(reader, without_mark(reader, line))))
                return fail_parse(source, row);
            if (reader->rows_ended)
                return finish_row(source, row);
            if (reader->fed == line.length && (*line.data == '\n' || *line.data == '\r')) {
                row->line = 0; /* a blank line before the row */
                reader->fed = 0;
            }
            break;
        case NB_LINE_TOO_LONG:
            return fail(source, row, "这一行超过 16 MiB", "the line is longer than 16 MiB");
        case NB_LINE_END:
            return finish_input(source, row, ended);
        case NB_LINE_STOPPED:
            return NB_E_LATER;
        case NB_LINE_FAILED:
            return nb_row_source_refuse(source, errno);
        }
    }
}

static nb_status next(nb_row_source *source, nb_row *row, bool *ended)
{
    nb_status status;
    do
        status = read_record(source, row, ended);
    while (status == NB_OK && !*ended && nb_table_is_blank(row));
    if (status == NB_OK && !*ended)
        nb_table_fit(source, row);
    return status;
}

nb_status nb_csv_open(nb_row_source *source, int descriptor, char separator)
{
    csv_reader *reader = NB_NEW(source->arena, csv_reader);
    bool ended = false;
    *reader = (csv_reader){ .arena = source->arena, .separator = separator };
    reader->lines = nb_line_reader_new(descriptor, NB_LONGEST_ROW, source->should_stop,
                                       source->context, source->arena);
    reader->converted = nb_buffer_new(source->arena, 2 * (size_t)NB_LONGEST_ROW + 4);
    nb_row *heads = nb_row_new(source);
    reader->converter = iconv_open("UTF-8", "GB18030");
    bool begun = begin_parser(reader);
    nb_arena_defer(source->arena, end_reader, reader);
    if (!begun)
        return NB_E_MEMORY;
    source->reader = reader;
    source->next = next;
    nb_status status;
    do
        status = read_record(source, heads, &ended);
    while (status == NB_OK && !ended && nb_table_is_blank(heads));
    if (status == NB_OK && ended)
        return nb_row_source_say(source, 0, "没有列名：文件是空的",
                                 "there are no heads: the file is empty");
    return status == NB_OK ? nb_table_take_heads(source, heads) : status;
}
