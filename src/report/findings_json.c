#include "report/findings_json.h"

#include "report/json.h"

/* A file's name is whatever bytes the file system has, and JSON is UTF-8. */
static void write_string(nb_buffer *out, const char *text)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    nb_string left = nb_string_of(text);
    if (nb_utf8_valid_length(left) == left.length) {
        nb_json_write_string(out, left);
        return;
    }
    nb_buffer *tidy = nb_buffer_new(out->arena, left.length * (sizeof replacement - 1));
    while (left.length) {
        size_t valid = nb_utf8_valid_length(left);
        nb_buffer_add(tidy, left.data, valid);
        if (valid < left.length) {
            nb_buffer_text(tidy, replacement);
            valid++;
        }
        left = (nb_string){ left.data + valid, left.length - valid };
    }
    nb_json_write_string(out, (nb_string){ (const char *)tidy->data, tidy->length });
}

static void write_text(nb_buffer *out, const char *key, const char *text)
{
    nb_buffer_text(out, key);
    write_string(out, text);
}

static void write_integer(nb_buffer *out, const char *key, int64_t value)
{
    nb_buffer_text(out, key);
    nb_buffer_integer(out, value);
}

/* One finding as an object; its reason is that of a suppressed one. */
static void write_finding(nb_buffer *out, const nb_finding *finding, bool is_suppressed)
{
    static const char *const severities[] = {
        [NB_INFO] = "info", [NB_WARNING] = "warning", [NB_ERROR] = "error"
    };
    write_text(out, "{\"rule\": ", finding->rule);
    write_text(out, ", \"severity\": ", severities[finding->severity]);
    write_text(out, ", \"file\": ", finding->file);
    write_integer(out, ", \"line\": ", finding->line);
    write_integer(out, ", \"column\": ", finding->column);
    write_integer(out, ", \"length\": ", finding->length);
    write_text(out, ", \"pointer\": ", finding->pointer);
    write_text(out, ", \"message\": ", finding->message);
    write_text(out, ", \"hint\": ", finding->hint);
    write_text(out, ", \"clause\": ", finding->clause);
    if (is_suppressed)
        write_text(out, ", \"reason\": ", finding->reason);
    nb_buffer_byte(out, '}');
}

void nb_findings_write_members(const nb_findings *findings, nb_buffer *out)
{
    size_t count = nb_findings_count(findings), suppressed = nb_findings_count_suppressed(findings);
    nb_buffer_text(out, "\"findings\": [");
    for (size_t i = 0; i < count; i++) {
        nb_buffer_text(out, i ? ",\n    " : "\n    ");
        write_finding(out, nb_findings_lookup(findings, i), false);
    }
    nb_buffer_text(out, count ? "\n]" : "]");
    for (size_t i = 0; i < suppressed; i++) {
        nb_buffer_text(out, i ? ",\n    " : ", \"suppressed\": [\n    ");
        write_finding(out, nb_findings_lookup_suppressed(findings, i), true);
    }
    nb_buffer_text(out, suppressed ? "\n]" : "");
    write_integer(out, ", \"errors\": ", (int64_t)nb_findings_count_of(findings, NB_ERROR));
    write_integer(out, ", \"warnings\": ", (int64_t)nb_findings_count_of(findings, NB_WARNING));
}
