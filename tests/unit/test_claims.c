/*
 * Sentences and what must be found in them: tests/claims/NAME.txt, whose head says how.
 */
#include "report_fixture.h"

#include "check/check.h"
#include <dirent.h>

typedef struct sentences {
    report_test *t;
    const nb_form *form;
    const char *file;
    int line;
    const char *base; /* JSON text */
    nb_report *previous;
    const char *heading; /* "" none */
    int failed, count;
} sentences;

static const char *text_named(sentences *s, const char *name)
{
    return source_text(s->t, nb_arena_print(s->t->arena, "tests/claims/%s.json", name));
}

static int by_place(const void *a, const void *b)
{
    const nb_finding *one = *(const nb_finding *const *)a, *other = *(const nb_finding *const *)b;
    return one->column != other->column ? one->column - other->column
                                        : strcmp(one->rule, other->rule);
}

/* The characters that a finding marks; the sentence stands on a line of its own, quoted. */
static nb_string marked(const nb_finding *finding, nb_string sentence)
{
    size_t before = nb_utf8_prefix(sentence, (size_t)(finding->column - 2)).length;
    nb_string rest = { sentence.data + before, sentence.length - before };
    return nb_utf8_prefix(rest, (size_t)finding->length);
}

/* What is found, as it is written in the files: "L5 12件,L6 33.9%". */
static const char *found_in(sentences *s, nb_string sentence)
{
    const char *text = "";
    const nb_finding *told[64] = { NULL };
    size_t count = 0;
    const char *overview = nb_arena_print(s->t->arena, "\"overview\": [\"%s\",\n\"%.*s\"]",
                                          s->heading[0] ? s->heading : "（一）工作情况",
                                          (int)sentence.length, sentence.data);
    nb_report *report =
        filled(s->t, s->form, replaced(s->t, s->base, "\"overview\": []", overview));
    nb_check_options options = NB_CHECK_OPTIONS_INIT;
    options.previous = s->previous;
    nb_findings_drop(s->t->findings);
    s->t->findings = nb_findings_new(NB_CHINESE);
    (void)nb_check(report, shipped_style(s->t), &options, s->t->arena, s->t->findings);
    for (size_t i = 0; i < nb_findings_count(s->t->findings); i++) {
        const nb_finding *finding = nb_findings_lookup(s->t->findings, i);
        bool ours = strcmp(finding->rule, "L5") == 0 || strcmp(finding->rule, "L6") == 0 ||
                    strcmp(finding->rule, "L7") == 0;
        if (ours) {
            assert_true(count < 64);
            told[count++] = finding;
        }
    }
    qsort(told, count, sizeof told[0], by_place);
    for (size_t i = 0; i < count; i++) {
        nb_string range = marked(told[i], sentence);
        text = nb_arena_print(s->t->arena, "%s%s%s %.*s", text, i > 0 ? "," : "", told[i]->rule,
                              (int)range.length, range.data);
    }
    return text;
}

static const char *after(const char *line, const char *word)
{
    return strncmp(line, word, strlen(word)) == 0 ? line + strlen(word) : NULL;
}

static void read_line(sentences *s, nb_string line)
{
    const char *rest;
    if (line.length == 0 || line.data[0] == '#')
        return;
    if ((rest = after(line.data, "base "))) {
        s->base = text_named(s, rest);
        s->previous = NULL;
        s->heading = "";
    } else if ((rest = after(line.data, "previous "))) {
        s->previous = filled(s->t, s->form, text_named(s, rest));
    } else if ((rest = after(line.data, "heading"))) {
        s->heading = rest[0] == ' ' ? rest + 1 : rest;
    } else {
        const char *end = memchr(line.data, ';', line.length);
        nb_string sentence = { line.data, end ? (size_t)(end - line.data) : line.length };
        nb_string wanted = { line.data + line.length, 0 };
        if (end)
            wanted = (nb_string){ end + 1, line.length - sentence.length - 1 };
        const char *found = found_in(s, sentence);
        s->count++;
        if (nb_string_is(wanted, found))
            return;
        s->failed++;
        print_error("%s:%d: %.*s\n    wanted “%.*s”, found “%s”\n", s->file, s->line,
                    (int)sentence.length, sentence.data, (int)wanted.length, wanted.data, found);
    }
}

static void read_file(sentences *s, const char *file)
{
    nb_string text = source_file(s->t, nb_arena_print(s->t->arena, "tests/claims/%s", file));
    s->file = file;
    s->line = 0;
    for (const char *at = text.data, *end = at + text.length; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t length = stop ? (size_t)(stop - at) : (size_t)(end - at);
        s->line++;
        read_line(s, (nb_string){ nb_arena_copy(s->t->arena, at, length), length });
        at += length + 1;
    }
}

static void each_sentence_gives_what_is_written_beside_it(void **state)
{
    report_test *t = *state;
    sentences s = { .t = t, .form = shipped_form(t), .base = "", .heading = "" };
    DIR *folder = opendir(NB_TESTS_DIR "/claims");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        size_t length = strlen(entry->d_name);
        if (length > 4 && strcmp(entry->d_name + length - 4, ".txt") == 0)
            read_file(&s, nb_arena_copy(t->arena, entry->d_name, length));
    }
    closedir(folder);
    if (s.failed)
        fail_msg("%d of %d sentences", s.failed, s.count);
    assert_true(s.count > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(each_sentence_gives_what_is_written_beside_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
