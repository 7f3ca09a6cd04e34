#include "import/extract.h"

#include "base/sha256.h"
#include "import/reader.h"
#include "import/recognise.h"
#include "import/text.h"
#include "import/text_forms.h"
#include "report/json.h"

void nb_extract_add(nb_extract *extract, nb_event_kind kind, nb_string text, int line, int block)
{
    NB_GROW(extract->arena, extract->events, extract->event_count, &extract->event_capacity);
    extract->events[extract->event_count++] = (nb_event){ kind, text, line, block, NB_STRING("") };
}

void nb_extract_add_controlled(nb_extract *extract, nb_event_kind kind, nb_string text, int line,
                               nb_string control)
{
    nb_extract_add(extract, kind, text, line, 0);
    extract->events[extract->event_count - 1].control = control;
}

int nb_extract_block(nb_extract *extract, int around)
{
    NB_GROW(extract->arena, extract->blocks, extract->block_count, &extract->block_capacity);
    extract->blocks[extract->block_count] = around;
    return extract->block_count++;
}

nb_status nb_extract_refuse(nb_extract *extract, const char *chinese, const char *english)
{
    nb_findings_add(extract->findings, NB_ERROR, "IO", (nb_place){ .file = extract->name }, "%s",
                    NB_SAY(extract->findings, chinese, english));
    return NB_E_NOT_A_REPORT;
}

void nb_extract_tell(nb_extract *extract, nb_severity severity, int line, const char *chinese,
                     const char *english)
{
    nb_place place = { extract->name, line, line ? 1 : 0, "" };
    nb_findings_add(extract->findings, severity, severity == NB_INFO ? "I1" : "I4", place, "%s",
                    NB_SAY(extract->findings, chinese, english));
}

void nb_extract_carry(nb_extract *extract, nb_string json, nb_string digest)
{
    nb_findings *unheard = nb_findings_new_in(extract->arena, NB_ENGLISH);
    const nb_json *root;
    if (nb_json_read(json, "", nb_json_default_limits, extract->arena, unheard, &root) == NB_OK) {
        extract->carried = json;
        extract->carried_digest = digest;
    } else {
        nb_extract_tell(extract, NB_WARNING, 0, "文件所附的报告数据已损坏，改从正文识别",
                        "the report's data in the file are damaged; its text is read instead");
    }
}

const nb_extract_values *nb_extract_controls(const nb_extract *extract)
{
    return &extract->values;
}

bool nb_extract_is_draft(const nb_extract *extract)
{
    return extract->is_draft;
}

bool nb_extract_is_docx(const nb_extract *extract)
{
    return extract->is_docx;
}

nb_string nb_extract_carried(const nb_extract *extract)
{
    return extract->carried;
}

bool nb_extract_is_as_stated(const nb_extract *extract)
{
    char digest[NB_DIGEST_SIZE];
    nb_sha256_of(extract->carried, digest);
    return !extract->carried_digest.length || nb_string_is(extract->carried_digest, digest);
}

static bool begins_with(nb_string bytes, const char *magic, size_t length)
{
    return bytes.length >= length && memcmp(bytes.data, magic, length) == 0;
}

/* The first thing in the text is markup. */
static bool is_markup(nb_string text)
{
    nb_string start = nb_trimmed(nb_utf8_prefix(text, 1024), NULL);
    return begins_with(start, "<", 1);
}

static bool is_mark(nb_string line, const char *const *marks)
{
    for (; *marks; marks++)
        if (nb_string_is(line, *marks))
            return true;
    return false;
}

/* The lines that are marks become empty, so that all others keep their numbers. */
static void drop_marks(nb_extract *extract, const char *const *marks)
{
    enum { FORM_FEED = 12 };
    nb_string rest = extract->text;
    char *kept = nb_arena_copy(extract->arena, rest.data, rest.length);
    while (rest.length) {
        nb_string line = nb_text_next_line(&rest);
        while (line.length && line.data[0] == FORM_FEED)
            line = (nb_string){ line.data + 1, line.length - 1 };
        line = nb_trimmed(line, NULL);
        if (!line.length || !is_mark(line, marks))
            continue;
        memset(kept + (line.data - extract->text.data), ' ', line.length);
        extract->is_draft = true;
    }
    if (extract->is_draft)
        extract->text.data = kept;
}

static nb_status read_text(nb_extract *extract, nb_string bytes, const char *const *marks)
{
    /* What is no text in any charset is told as such when it is read as UTF-8. */
    if (!nb_to_utf8(bytes, NB_STRING(""), extract->arena, &extract->text)) {
        extract->text = bytes;
        extract->is_text = true;
        return NB_OK;
    }
    if (extract->text.length && memchr(extract->text.data, 0, extract->text.length))
        return nb_extract_refuse(extract, "不是文字，也不是能导入的文件",
                                 "neither text nor a file that can be imported");
    extract->is_text = false;
    if (marks)
        drop_marks(extract, marks);
    if (nb_is_old_word(extract->text))
        nb_old_word_read(extract, extract->text);
    else if (nb_is_barred(extract->text))
        nb_barred_read(extract, extract->text);
    else if (nb_is_tabbed(extract->text))
        nb_tabbed_read(extract, extract->text);
    else if (nb_is_columned(extract->text))
        nb_columned_read(extract, extract->text);
    else
        extract->is_text = true;
    return NB_OK;
}

nb_extract *nb_extract_new(const char *name, nb_arena *arena, nb_findings *findings)
{
    nb_extract *extract = NB_NEW(arena, nb_extract);
    *extract = (nb_extract){ .arena = arena, .findings = findings, .name = name };
    extract->carried = extract->carried_digest = NB_STRING("");
    extract->title_hints[0] = extract->title_hints[1] = NB_STRING("");
    nb_extract_block(extract, 0);
    return extract;
}

/* What the file is, by its first bytes. */
typedef enum file_kind { DOCX, PDF, OLD_OFFICE, MARKUP, PLAIN_TEXT } file_kind;

static file_kind kind_of(nb_string bytes)
{
    if (begins_with(bytes, "PK", 2))
        return DOCX;
    if (begins_with(bytes, "%PDF-", 5))
        return PDF;
    if (begins_with(bytes, "\xD0\xCF\x11\xE0", 4))
        return OLD_OFFICE;
    if (is_markup(bytes) || begins_with(bytes, "\xFF\xFE<", 3) ||
        begins_with(bytes, "\xFE\xFF\0<", 4))
        return MARKUP;
    return PLAIN_TEXT;
}

bool nb_is_plain_text(nb_string bytes)
{
    return kind_of(bytes) == PLAIN_TEXT;
}

nb_status nb_extract_read(nb_string bytes, const char *name, const char *const *marks,
                          nb_arena *arena, nb_findings *findings, nb_extract **out)
{
    nb_extract *extract = *out = nb_extract_new(name, arena, findings);
    file_kind kind = kind_of(bytes);
    extract->is_docx = kind == DOCX;
    switch (kind) {
    case DOCX:
        return nb_docx_read(extract, bytes);
    case PDF:
        return nb_pdf_read(extract, bytes);
    case OLD_OFFICE:
        return nb_extract_refuse(
            extract, "这是加密的或旧格式（.doc）的文档；请去掉密码，另存为 .docx",
            "an encrypted document or one of the old .doc format; save it as .docx "
            "without a password");
    case MARKUP:
        return nb_html_page_read(extract, bytes);
    case PLAIN_TEXT:
        break;
    }
    return read_text(extract, bytes, marks);
}

/* The innermost block around both. A block has a higher number than the one around it. */
static int common_block(const nb_extract *extract, int a, int b)
{
    while (a != b) {
        if (a > b)
            a = extract->blocks[a];
        else
            b = extract->blocks[b];
    }
    return a;
}

/* The innermost block around the headings of at least two parts, or -1. */
static int block_of_headings(const nb_extract *extract, const nb_form *form, bool must_be_exact)
{
    int article = -1, found = 0;
    nb_heading current = { .part = -1 };
    for (int i = 0; i < extract->event_count; i++) {
        const nb_event *event = &extract->events[i];
        bool is_text = event->kind == NB_EVENT_PARAGRAPH || event->kind == NB_EVENT_CELL_LINE ||
                       event->kind == NB_EVENT_LOOSE_LINE;
        if (!is_text || event->text.length > NB_LONGEST_HEADING)
            continue;
        nb_heading next = nb_heading_of(form, event->text, current);
        if (next.part < 0 || next.part == current.part || (must_be_exact && !next.is_exact))
            continue;
        current = next;
        article = found++ ? common_block(extract, article, event->block) : event->block;
    }
    return found > 1 ? article : -1;
}

/* The block that holds the report: everything when it has no headings. */
static int find_article(const nb_extract *extract, const nb_form *form)
{
    int article = block_of_headings(extract, form, true);
    if (article < 0)
        article = block_of_headings(extract, form, false);
    return article < 0 ? 0 : article;
}

static bool is_in(const nb_extract *extract, int block, int article)
{
    while (block > article)
        block = extract->blocks[block];
    return block == article;
}

static void gather_event(nb_gathering *g, const nb_event *event, bool is_aside)
{
    nb_text_line line = { event->text, event->line, event->line ? 1 : 0, event->control, is_aside };
    switch (event->kind) {
    case NB_EVENT_LOOSE_LINE:
        if (!nb_gather_heading(g, &line, false))
            nb_gather_loose_line(g, &line);
        break;
    case NB_EVENT_PARAGRAPH:
        if (is_aside || !nb_gather_heading(g, &line, false))
            nb_gather_paragraph(g, &line);
        break;
    case NB_EVENT_ROW:
        nb_gather_row(g);
        break;
    case NB_EVENT_CELL:
        /* An empty cell too has a place. */
        nb_gather_cell(g);
        nb_gather_cell_line(g, NB_STRING(""), event->line, line.column);
        break;
    case NB_EVENT_CELL_LINE:
        nb_gather_cell_line(g, event->text, event->line, line.column);
        break;
    case NB_EVENT_END_OF_TABLE:
        nb_gather_end_run(g);
        break;
    }
}

static void gather_events(const nb_extract *extract, nb_gathering *g, int article)
{
    bool began = false;
    for (int i = 0; i < extract->event_count; i++) {
        const nb_event *event = &extract->events[i];
        if (is_in(extract, event->block, article)) {
            began = true;
            gather_event(g, event, false);
        } else if (!began &&
                   (event->kind == NB_EVENT_PARAGRAPH || event->kind == NB_EVENT_CELL_LINE)) {
            nb_event line = *event;
            line.kind = NB_EVENT_PARAGRAPH;
            gather_event(g, &line, true);
        }
    }
}

nb_status nb_import_extract(const nb_form *form, const nb_extract *extract, nb_arena *arena,
                            nb_findings *findings, nb_report **out)
{
    *out = NULL;
    if (extract->is_text)
        return nb_import_text(form, extract->text, extract->name, arena, findings, out);
    nb_gathering *g = nb_gather_begin(form, extract->name, arena, findings);
    for (size_t i = 0; i < 2; i++)
        if (extract->title_hints[i].length)
            nb_gather_title_hint(g, &(nb_text_line){ .text = extract->title_hints[i] });
    gather_events(extract, g, find_article(extract, form));
    return nb_gather_end(g, out);
}
