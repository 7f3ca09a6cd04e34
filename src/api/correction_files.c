/* The files of a re-issue. */
#include "api/correction.h"

#include "base/given.h"
#include "base/sha256.h"
#include "docx/docx.h"
#include "report/json.h"

enum { LONGEST_JSON = 256 << 20 };

typedef enum file_kind {
    FILE_REPORT_PDF,
    FILE_REPORT_DOCX,
    FILE_REPORT_JSON,
    FILE_REDLINE,
    FILE_NOTE_PDF,
    FILE_NOTE_DOCX,
    FILE_NOTE_JSON,
    FILE_PATCH,
    FILE_MANIFEST, /* lists those before it */
    FILE_COUNT
} file_kind;

static const nb_correction_file files[FILE_COUNT] = {
    [FILE_REPORT_PDF] = { "report", "report.pdf", NULL, 0 },
    [FILE_REPORT_DOCX] = { "report", "report.docx", NULL, 0 },
    [FILE_REPORT_JSON] = { "report", "report.json", NULL, 0 },
    [FILE_REDLINE] = { "redline", "redline.docx", NULL, 0 },
    [FILE_NOTE_PDF] = { "note", "note.pdf", NULL, 0 },
    [FILE_NOTE_DOCX] = { "note", "note.docx", NULL, 0 },
    [FILE_NOTE_JSON] = { "note", "note.json", NULL, 0 },
    [FILE_PATCH] = { "patch", "patch.json", NULL, 0 },
    [FILE_MANIFEST] = { "manifest", "manifest.json", NULL, 0 },
};

typedef struct writing {
    nb_correction *correction;
    nb_correction_file old_file;
    nb_findings *findings;
} writing;

/* "key": "text", after a comma, on a line of its own unless the indent is 0. */
static void write_text(nb_buffer *out, int indent, bool first, const char *key, nb_string text)
{
    nb_buffer_text(out, first ? "" : indent ? "," : ", ");
    if (indent)
        nb_buffer_text(out, nb_arena_print(out->arena, "\n%*s", indent, ""));
    nb_json_write_string(out, nb_string_of(key));
    nb_buffer_text(out, ": ");
    nb_json_write_string(out, text);
}

static void write_number(nb_buffer *out, const char *before, size_t number)
{
    nb_buffer_text(out, before);
    nb_buffer_integer(out, (int64_t)number);
}

static void write_files(const writing *w, nb_buffer *out)
{
    nb_buffer_text(out, ",\n    \"files\": [");
    for (int i = -1; i < FILE_MANIFEST; i++) {
        const nb_correction_file *file = i < 0 ? &w->old_file : &w->correction->files[i];
        char digest[NB_DIGEST_SIZE];
        nb_sha256_of((nb_string){ file->bytes, file->length }, digest);
        nb_buffer_text(out, i < 0 ? "\n        {" : ",\n        {");
        write_text(out, 0, true, "role", nb_string_of(file->role));
        write_text(out, 0, false, "name", nb_string_of(file->name));
        write_number(out, ", \"bytes\": ", file->length);
        write_text(out, 0, false, "sha256", nb_string_of(digest));
        nb_buffer_byte(out, '}');
    }
    nb_buffer_text(out, "\n    ]");
}

static void write_changes(const nb_correction *correction, nb_buffer *out)
{
    nb_buffer_text(out, ",\n    \"changes\": [");
    for (int i = 0; i < correction->markup->change_count; i++) {
        const nb_correction_change *change = &correction->changes[i];
        nb_buffer_text(out, i ? ",\n        {" : "\n        {");
        write_text(out, 12, true, "section", nb_string_of(change->section));
        write_text(out, 12, false, "place", nb_string_of(change->place));
        write_text(out, 12, false, "pointer", nb_string_of(change->pointer));
        write_text(out, 12, false, "old", nb_string_of(change->old_text));
        write_text(out, 12, false, "new", nb_string_of(change->new_text));
        nb_buffer_text(out, "\n        }");
    }
    nb_buffer_text(out, "\n    ]\n}\n");
}

static nb_status write_manifest(const writing *w, nb_string *bytes)
{
    const nb_correction *correction = w->correction;
    const nb_report *report = correction->new_report;
    nb_buffer *out = nb_buffer_new(correction->arena, LONGEST_JSON);
    nb_buffer_byte(out, '{');
    write_text(out, 4, true, "program", NB_STRING("nianbao " NB_VERSION));
    write_text(out, 4, false, "form", nb_string_of(report->form->id));
    write_text(out, 4, false, "agency", report->values[report->form->agency_slot].text);
    write_number(out, ",\n    \"year\": ", (size_t)report->values[report->form->year_slot].number);
    write_text(out, 4, false, "author", correction->origin.author);
    if (correction->origin.date.length)
        write_text(out, 4, false, "date", correction->origin.date);
    if (correction->reason.length)
        write_text(out, 4, false, "reason", correction->reason);
    write_number(out, ",\n    \"findings\": {\"errors\": ", correction->error_count);
    write_number(out, ", \"warnings\": ", correction->warning_count);
    nb_buffer_byte(out, '}');
    write_files(w, out);
    write_changes(correction, out);
    *bytes = (nb_string){ (const char *)out->data, out->length };
    return out->overflowed ? NB_E_OUTPUT : NB_OK;
}

static nb_status write_publication(const writing *w, nb_publication *publication, nb_format format,
                                   nb_string *bytes)
{
    const unsigned char *data;
    nb_status status =
        nb_publication_write(publication, format, w->findings, &data, &bytes->length);
    bytes->data = (const char *)data;
    return status;
}

static nb_status write_redline(const writing *w, nb_string *bytes)
{
    const nb_correction *correction = w->correction;
    return nb_docx_write(correction->markup->document,
                         nb_publication_fonts(correction->new_publication), NULL, correction->arena,
                         w->findings, bytes);
}

static void drop_diff(void *diff)
{
    nb_report_diff_drop(diff);
}

static nb_status write_patch(const writing *w, nb_string *bytes)
{
    nb_correction *correction = w->correction;
    nb_report_diff *diff;
    nb_status status =
        nb_report_diff_new(correction->old_report, correction->new_report, w->findings, &diff);
    if (status != NB_OK)
        return status;
    nb_arena_defer(correction->arena, drop_diff, diff);
    bytes->data = nb_report_diff_patch(diff, &bytes->length);
    return NB_OK;
}

static nb_status write_file(const writing *w, file_kind kind, nb_string *bytes)
{
    const nb_correction *correction = w->correction;
    switch (kind) {
    case FILE_REPORT_PDF:
        return write_publication(w, correction->new_publication, NB_PDF, bytes);
    case FILE_REPORT_DOCX:
        return write_publication(w, correction->new_publication, NB_DOCX, bytes);
    case FILE_REPORT_JSON:
        return nb_report_canonical(correction->new_report, &bytes->data, &bytes->length);
    case FILE_REDLINE:
        return write_redline(w, bytes);
    case FILE_NOTE_PDF:
        return write_publication(w, correction->note, NB_PDF, bytes);
    case FILE_NOTE_DOCX:
        return write_publication(w, correction->note, NB_DOCX, bytes);
    case FILE_NOTE_JSON:
        return nb_report_canonical(correction->note_report, &bytes->data, &bytes->length);
    case FILE_PATCH:
        return write_patch(w, bytes);
    case FILE_MANIFEST:
        return write_manifest(w, bytes);
    case FILE_COUNT:
        break;
    }
    return NB_E_ARGUMENT;
}

static nb_status write(void *context)
{
    writing *w = context;
    nb_correction *correction = w->correction;
    nb_status status = NB_OK;
    correction->files = NB_NEW_ARRAY(correction->arena, nb_correction_file, FILE_COUNT);
    for (int i = 0; i < FILE_COUNT && status == NB_OK; i++) {
        nb_string bytes = { NULL, 0 };
        correction->files[i] = files[i];
        status = write_file(w, (file_kind)i, &bytes);
        correction->files[i].bytes = bytes.data;
        correction->files[i].length = bytes.length;
    }
    return status;
}

nb_status nb_correction_write(nb_correction *correction, const char *old_name,
                              const void *old_bytes, size_t old_length, nb_findings *findings,
                              const nb_correction_file **out, size_t *count)
{
    NB_CLEAR(out);
    NB_CLEAR(count);
    if (!(NB_GIVEN(correction, old_name, findings, out, count) && (old_bytes || !old_length)))
        return NB_E_ARGUMENT;
    writing w = { correction, { "old", old_name, old_bytes, old_length }, findings };
    nb_status status = nb_arena_run(correction->arena, write, &w);
    *out = status == NB_OK ? correction->files : NULL;
    *count = status == NB_OK ? FILE_COUNT : 0;
    return status;
}
