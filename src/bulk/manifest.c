#include "bulk/manifest.h"

#include "report/json.h"
#include <stdio.h>

static void member(nb_buffer *out, const char *key)
{
    if (out->length && out->data[out->length - 1] != '{')
        nb_buffer_byte(out, ',');
    nb_buffer_byte(out, '"');
    nb_buffer_text(out, key);
    nb_buffer_text(out, "\":");
}

static void number_member(nb_buffer *out, const char *key, uint64_t value)
{
    member(out, key);
    nb_buffer_integer(out, (int64_t)value);
}

static void text_member(nb_buffer *out, const char *key, nb_string value)
{
    member(out, key);
    nb_json_write_string(out, value);
}

static void write_finding(nb_buffer *out, const char *rule, nb_severity severity,
                          const char *pointer, const char *message)
{
    static const char *const severities[] = {
        [NB_INFO] = "info", [NB_WARNING] = "warning", [NB_ERROR] = "error"
    };
    nb_buffer_byte(out, '{');
    text_member(out, "rule", nb_string_of(rule));
    text_member(out, "severity", nb_string_of(severities[severity]));
    text_member(out, "pointer", nb_string_of(pointer));
    text_member(out, "message", nb_string_of(message));
    nb_buffer_byte(out, '}');
}

static void write_findings(const nb_findings *findings, nb_buffer *out)
{
    size_t count = nb_findings_count(findings);
    size_t listed = count < NB_MOST_ROW_FINDINGS ? count : NB_MOST_ROW_FINDINGS;
    nb_buffer_byte(out, '[');
    for (size_t i = 0; i < listed; i++) {
        const nb_finding *finding = nb_findings_lookup(findings, i);
        if (i)
            nb_buffer_byte(out, ',');
        write_finding(out, finding->rule, finding->severity, finding->pointer, finding->message);
    }
    if (listed < count) {
        char message[96];
        snprintf(message, sizeof message,
                 NB_SAY(findings, "还有 %zu 处问题没有列出", "%zu more findings are not listed"),
                 count - listed);
        nb_buffer_byte(out, ',');
        write_finding(out, "B2", NB_INFO, "", message);
    }
    nb_buffer_byte(out, ']');
}

void nb_manifest_write_row(const nb_manifest_row *row, const nb_findings *findings, nb_buffer *out)
{
    nb_buffer_byte(out, '{');
    number_member(out, "row", row->row);
    number_member(out, "line", (uint64_t)row->line);
    text_member(out, "agency", row->agency);
    text_member(out, "name", row->name);
    text_member(out, "status", row->is_done ? NB_STRING("done") : NB_STRING("failed"));
    text_member(out, "input", nb_string_of(row->input));
    member(out, "findings");
    write_findings(findings, out);
    member(out, "files");
    nb_buffer_byte(out, '[');
    for (int i = 0; i < row->file_count; i++) {
        nb_buffer_text(out, i ? ",{" : "{");
        text_member(out, "name", nb_string_of(row->files[i].name));
        number_member(out, "size", row->files[i].size);
        text_member(out, "sha256", nb_string_of(row->files[i].sha256));
        nb_buffer_byte(out, '}');
    }
    nb_buffer_text(out, "]}\n");
}

static const nb_json *read_line(nb_string line, nb_arena *arena)
{
    const nb_json *root;
    nb_findings *unheard = nb_findings_new_in(arena, NB_ENGLISH);
    return nb_json_read(line, "", nb_json_default_limits, arena, unheard, &root) == NB_OK ? root
                                                                                          : NULL;
}

static bool read_digest(const nb_json *node, const char *key, char out[NB_DIGEST_SIZE])
{
    nb_string text = nb_json_member_text(node, key);
    if (text.length != NB_DIGEST_SIZE - 1)
        return false;
    memcpy(out, text.data, NB_DIGEST_SIZE - 1);
    out[NB_DIGEST_SIZE - 1] = '\0';
    return true;
}

/* A whole number from 0, or false. */
static bool read_number(const nb_json *node, const char *key, uint64_t *out)
{
    int64_t value;
    if (!nb_json_whole(nb_json_member(node, key), &value) || value < 0)
        return false;
    *out = (uint64_t)value;
    return true;
}

static bool read_size(const nb_json *node, const char *key, size_t *out)
{
    uint64_t value;
    if (!read_number(node, key, &value))
        return false;
    *out = (size_t)value;
    return true;
}

static bool has_severity(const nb_json *findings, const char *severity)
{
    for (const nb_json *at = findings ? findings->first : NULL; at; at = at->next)
        if (nb_string_is(nb_json_member_text(at, "severity"), severity))
            return true;
    return false;
}

bool nb_manifest_read_row(nb_string line, nb_arena *arena, nb_manifest_row *out)
{
    const nb_json *root = read_line(line, arena), *files = nb_json_member(root, "files");
    uint64_t source_line;
    *out = (nb_manifest_row){ .row = 0 };
    if (!files || files->count > NB_MOST_BULK_FORMATS || !read_size(root, "row", &out->row) ||
        !read_number(root, "line", &source_line) || !read_digest(root, "input", out->input))
        return false;
    out->line = (int)source_line;
    out->agency = nb_json_member_text(root, "agency");
    out->name = nb_json_member_text(root, "name");
    out->is_done = nb_string_is(nb_json_member_text(root, "status"), "done");
    out->is_warned = has_severity(nb_json_member(root, "findings"), "warning");
    for (const nb_json *file = files->first; file; file = file->next) {
        nb_manifest_file *added = &out->files[out->file_count++];
        added->name = nb_json_member_text(file, "name").data;
        if (!read_number(file, "size", &added->size) || !read_digest(file, "sha256", added->sha256))
            return false;
    }
    return true;
}

size_t nb_manifest_row_number(nb_string line)
{
    static const char start[] = "{\"row\":";
    size_t at = sizeof start - 1, number = 0;
    if (line.length <= at || memcmp(line.data, start, at) != 0 ||
        line.data[line.length - 1] != '\n')
        return 0;
    for (; at < line.length && line.data[at] >= '0' && line.data[at] <= '9'; at++) {
        if (number > SIZE_MAX / 16)
            return 0;
        number = number * 10 + (size_t)(line.data[at] - '0');
    }
    return line.data[at] == ',' ? number : 0;
}

const char *nb_manifest_first_error(nb_string line, nb_arena *arena)
{
    const nb_json *findings = nb_json_member(read_line(line, arena), "findings");
    for (const nb_json *at = findings ? findings->first : NULL; at; at = at->next)
        if (nb_string_is(nb_json_member_text(at, "severity"), "error"))
            return nb_json_member_text(at, "message").data;
    return "";
}

void nb_manifest_write_end(const nb_manifest_end *end, nb_buffer *out)
{
    nb_buffer_byte(out, '{');
    number_member(out, "rows", end->rows);
    number_member(out, "done", end->done);
    number_member(out, "failed", end->failed);
    number_member(out, "warned", end->warned);
    text_member(out, "input", nb_string_of(end->input));
    text_member(out, "settings", nb_string_of(end->settings));
    text_member(out, "digest", nb_string_of(end->digest));
    if (end->shard_count > 1) {
        number_member(out, "shard", (uint64_t)end->shard);
        number_member(out, "shards", (uint64_t)end->shard_count);
        number_member(out, "input_rows", end->input_rows);
    }
    nb_buffer_text(out, "}\n");
}

bool nb_manifest_read_end(nb_string line, nb_arena *arena, nb_manifest_end *out)
{
    const nb_json *root = read_line(line, arena);
    uint64_t shard = 1, shards = 1;
    *out = (nb_manifest_end){ .shard = 1 };
    bool is_whole =
        root && read_size(root, "rows", &out->rows) && read_size(root, "done", &out->done) &&
        read_size(root, "failed", &out->failed) && read_size(root, "warned", &out->warned) &&
        read_digest(root, "input", out->input) && read_digest(root, "settings", out->settings) &&
        read_digest(root, "digest", out->digest);
    out->input_rows = out->rows;
    if (is_whole && nb_json_member(root, "shards"))
        is_whole = read_number(root, "shard", &shard) && read_number(root, "shards", &shards) &&
                   read_size(root, "input_rows", &out->input_rows);
    if (!is_whole || shard < 1 || shards < shard || shards > INT32_MAX)
        return false;
    out->shard = (int)shard;
    out->shard_count = (int)shards;
    return true;
}
