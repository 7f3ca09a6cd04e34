#include "cli/sarif.h"

#include "cli/screen.h"
#include <inttypes.h>
#include <string.h>

typedef struct writer {
    FILE *to;
    const nb_rule_list *rules;
} writer;

static void print_text_member(const writer *w, const char *key, const char *text)
{
    fprintf(w->to, "\"%s\": {\"text\": ", key);
    nb_print_json_string(text, w->to);
    fputs("}", w->to);
}

/* The descriptors of all rules in a language; the driver's own say their default level too. */
static void print_rules(const writer *w, nb_language language, bool is_driver)
{
    static const char *const levels[] = {
        [NB_INFO] = "note", [NB_WARNING] = "warning", [NB_ERROR] = "error"
    };
    fputs("\"rules\": [", w->to);
    for (int i = 0; i < w->rules->count; i++) {
        const nb_rule_info *info = &w->rules->list[i].info;
        const char *name = info->name[language];
        fprintf(w->to, "%s\n            {\"id\": \"%s\", ", i ? "," : "", info->id);
        print_text_member(w, "shortDescription", name);
        fputs(", ", w->to);
        print_text_member(w, "fullDescription", *info->clause && is_driver ? info->clause : name);
        if (is_driver)
            fprintf(w->to, ", \"defaultConfiguration\": {\"level\": \"%s\"}",
                    levels[info->severity]);
        putc('}', w->to);
    }
    fputs("]", w->to);
}

/* A file's name as a relative or absolute URI reference (RFC 3986). */
static void print_uri(const char *name, FILE *to)
{
    static const char kept[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    putc('"', to);
    fputs(*name == '/' ? "file://" : "", to);
    for (const char *at = name; *at; at++)
        if (strchr(kept, *at))
            putc(*at, to);
        else
            fprintf(to, "%%%02X", (unsigned)(unsigned char)*at);
    putc('"', to);
}

/* FNV-1a, which stays the same when lines are added above. */
static uint64_t add_to_hash(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return (hash ^ 0xFF) * UINT64_C(1099511628211);
}

static void print_location(const writer *w, const nb_finding *finding)
{
    fputs(", \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ", w->to);
    print_uri(finding->file, w->to);
    putc('}', w->to);
    if (finding->line > 0) {
        fprintf(w->to, ", \"region\": {\"startLine\": %d", finding->line);
        if (finding->column > 0)
            fprintf(w->to, ", \"startColumn\": %d", finding->column);
        if (finding->column > 0 && finding->length > 0)
            fprintf(w->to, ", \"endColumn\": %d", finding->column + finding->length);
        putc('}', w->to);
    }
    putc('}', w->to);
    if (*finding->pointer) {
        fputs(", \"logicalLocations\": [{\"fullyQualifiedName\": ", w->to);
        nb_print_json_string(finding->pointer, w->to);
        fputs("}]", w->to);
    }
    fputs("}]", w->to);
}

static void print_result(const writer *w, const nb_finding *finding, bool is_suppressed)
{
    static const char *const levels[] = {
        [NB_INFO] = "note", [NB_WARNING] = "warning", [NB_ERROR] = "error"
    };
    int rule = nb_rules_find(w->rules, finding->rule);
    uint64_t hash = UINT64_C(14695981039346656037);
    hash = add_to_hash(hash, finding->rule);
    hash = add_to_hash(hash, finding->pointer);
    hash = add_to_hash(hash, finding->message);
    fputs("{\"ruleId\": ", w->to);
    nb_print_json_string(finding->rule, w->to);
    if (rule >= 0)
        fprintf(w->to, ", \"ruleIndex\": %d", rule);
    fprintf(w->to, ", \"level\": \"%s\", \"message\": {\"text\": ", levels[finding->severity]);
    nb_print_json_string(finding->message, w->to);
    putc('}', w->to);
    print_location(w, finding);
    fprintf(w->to, ", \"partialFingerprints\": {\"rulePointerMessage/v1\": \"%016" PRIx64 "\"}",
            hash);
    if (is_suppressed) {
        fprintf(w->to, ", \"suppressions\": [{\"kind\": \"%s\"",
                *finding->reason ? "inSource" : "external");
        if (*finding->reason) {
            fputs(", \"justification\": ", w->to);
            nb_print_json_string(finding->reason, w->to);
        }
        fputs("}]", w->to);
    }
    if (*finding->hint || *finding->clause) {
        fputs(", \"properties\": {\"hint\": ", w->to);
        nb_print_json_string(finding->hint, w->to);
        fputs(", \"clause\": ", w->to);
        nb_print_json_string(finding->clause, w->to);
        putc('}', w->to);
    }
    putc('}', w->to);
}

static void print_results(const writer *w, const nb_findings *findings)
{
    size_t told = nb_findings_count(findings), all = told + nb_findings_count_suppressed(findings);
    fputs("\"results\": [", w->to);
    for (size_t i = 0; i < all; i++) {
        fputs(i ? ",\n        " : "\n        ", w->to);
        print_result(w,
                     i < told ? nb_findings_lookup(findings, i)
                              : nb_findings_lookup_suppressed(findings, i - told),
                     i >= told);
    }
    fputs("]", w->to);
}

void nb_print_findings_sarif(const nb_findings *findings, const nb_rule_list *rules,
                             nb_language language, FILE *to)
{
    writer w = { to, rules };
    fputs("{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": "
          "\"2.1.0\",\n\"runs\": [{\n"
          "    \"tool\": {\"driver\": {\"name\": \"nianbao\", \"semanticVersion\": \"" NB_VERSION
          "\", \"language\": \"zh-CN\", \"contents\": [\"localizedData\", \"nonLocalizedData\"],\n "
          "       ",
          to);
    print_rules(&w, NB_CHINESE, true);
    fputs("}},\n    \"translations\": [{\"name\": \"nianbao\", \"language\": \"en-US\", "
          "\"contents\": [\"localizedData\"],\n        ",
          to);
    print_rules(&w, NB_ENGLISH, false);
    fprintf(to, "}],\n    \"language\": \"%s\", \"columnKind\": \"unicodeCodePoints\",\n    ",
            language == NB_ENGLISH ? "en-US" : "zh-CN");
    print_results(&w, findings);
    fputs("\n}]}\n", to);
}
