/* Reading the "claims" of a form, and compiling their words. */
#include "form/claims.h"

#include "form/loader.h"

typedef struct claims_reader {
    nb_reader *reader;
    const nb_form *form;
    struct nb_claims *claims;
    nb_lexicon *lexicon;
} claims_reader;

/* Uses of words by their keys in the file, in the order of nb_word_use after the counters. */
static const char *const use_keys[] = {
    "ignored",       "filler",       "and",       "of",         "total",      "none",
    "each",          "respectively", "of_which",  "some",       "and_so_on",  "rest",
    "share",         "compared",     "more",      "less",       "own_period", "other_period",
    "cumulative",    "until",        "planned",   "own_agency", "whole_area", "other_agency",
    "agency_ending", "partial",      "elsewhere", "about",      "nearly",     "over",
    "odd",           "upwards",      "roughly",
};
enum { USE_KEY_COUNT = sizeof use_keys / sizeof use_keys[0] };
_Static_assert(NB_WORD_IGNORED + USE_KEY_COUNT == NB_WORD_USE_COUNT, "a key for each use");

/* A text of words, or NULL. */
static const nb_json *words_of(claims_reader *r, const nb_json *node, const char *key)
{
    return nb_json_member(node, key) ? nb_reader_need(r->reader, node, key, NB_JSON_STRING) : NULL;
}

static const nb_json *list_of(claims_reader *r, const nb_json *node, const char *key)
{
    const nb_json *list = nb_json_member(node, key);
    return list ? nb_reader_need(r->reader, node, key, NB_JSON_ARRAY) : NULL;
}

/* The next of the words of a text, which blanks part, ended with a NUL; empty after the last. */
static nb_string next_word(claims_reader *r, const char **at, const char *end)
{
    while (*at < end && **at == ' ')
        ++*at;
    const char *start = *at;
    while (*at < end && **at != ' ')
        ++*at;
    size_t length = (size_t)(*at - start);
    return (nb_string){ length ? nb_arena_copy(r->reader->arena, start, length) : "", length };
}

static void add_sense(claims_reader *r, const nb_json *text, nb_word *word, const nb_sense *sense)
{
    for (int i = 0; i < word->sense_count; i++)
        if (word->senses[i].subject == sense->subject)
            nb_reader_fault(r->reader, text,
                            NB_SAY(r->reader->findings, "“%s”在这一类里说了两次",
                                   "“%s” says two things of one subject"),
                            word->text.data);
    NB_GROW(r->reader->arena, word->senses, word->sense_count, &word->sense_capacity);
    word->senses[word->sense_count++] = *sense;
}

/* The words of a text take a use; a word may have only one. With a sense they are facets. */
static void add_words(claims_reader *r, const nb_json *node, const char *key, nb_word_use use,
                      const nb_sense *sense)
{
    const nb_json *text = words_of(r, node, key);
    if (!text)
        return;
    const char *at = text->text.data, *end = at + text->text.length;
    for (nb_string written; (written = next_word(r, &at, end)).length;) {
        nb_word *word = nb_lexicon_add(r->lexicon, written, use);
        if (!word)
            nb_reader_fault(r->reader, text,
                            NB_SAY(r->reader->findings,
                                   "“%s”不是词；花括号里只能是年份或日期的名称",
                                   "“%s” is no word; braces hold only the name of a year or date"),
                            written.data);
        else if (word->use != use || (!sense && word->text.data != written.data))
            nb_reader_fault(
                r->reader, text,
                NB_SAY(r->reader->findings, "“%s”已有别的用法", "“%s” has another use already"),
                written.data);
        else if (sense)
            add_sense(r, text, word, sense);
    }
}

static void read_words(claims_reader *r, const nb_json *root)
{
    const nb_json *words = nb_reader_need(r->reader, root, "words", NB_JSON_OBJECT);
    if (!words)
        return;
    nb_reader_only(r->reader, words, use_keys, USE_KEY_COUNT);
    for (int i = 0; i < USE_KEY_COUNT; i++)
        add_words(r, words, use_keys[i], (nb_word_use)(NB_WORD_IGNORED + i), NULL);
}

static nb_string *read_strings(claims_reader *r, const nb_json *node, const char *key, int *count)
{
    const nb_json *text = words_of(r, node, key);
    nb_string *strings = NULL;
    int capacity = 0;
    const char *at = text ? text->text.data : "", *end = at + (text ? text->text.length : 0);
    for (nb_string written; (written = next_word(r, &at, end)).length;) {
        NB_GROW(r->reader->arena, strings, *count, &capacity);
        strings[(*count)++] = written;
    }
    return strings;
}

static void read_counters(claims_reader *r, const nb_json *root)
{
    struct nb_claims *claims = r->claims;
    claims->counters = read_strings(r, root, "counters", &claims->counter_count);
    for (int i = 0; i < claims->counter_count; i++) {
        nb_word *word = nb_lexicon_add(r->lexicon, claims->counters[i], NB_WORD_COUNTER);
        if (word && word->sense_count == 0)
            add_sense(r, root, word, &(nb_sense){ .index = i });
        else
            nb_reader_fault(
                r->reader, root,
                NB_SAY(r->reader->findings, "“%s”不能作量词", "“%s” cannot be a counter"),
                claims->counters[i].data);
    }
}

/* Values named by pointers, groups opened up. All rows of a subject are of one vector, or none. */
static nb_claim_rows read_rows(claims_reader *r, const nb_json *pointers, nb_subject *subject,
                               bool *is_first)
{
    const nb_form *form = r->form;
    int *slots = NULL, count = 0, capacity = 0;
    if (pointers->kind != NB_JSON_ARRAY)
        nb_reader_fault(r->reader, pointers,
                        NB_SAY(r->reader->findings, "这里要一个数组", "this must be an array"));
    for (const nb_json *pointer = pointers->first; pointer; pointer = pointer->next) {
        const nb_field *field = nb_form_field(form, pointer->text);
        int before = count;
        for (int slot = field ? field->slot : 0; field && slot < field->slot + field->slot_count;
             slot++) {
            const nb_field *leaf = form->slots[slot].field;
            if (form->slots[slot].entry != 0 || !nb_is_number_kind(leaf->kind) ||
                (!*is_first && leaf->vector != subject->vector))
                continue;
            subject->vector = leaf->vector;
            *is_first = false;
            NB_GROW(r->reader->arena, slots, count, &capacity);
            slots[count++] = slot;
        }
        if (count == before)
            nb_reader_fault(r->reader, pointer,
                            NB_SAY(r->reader->findings, "没有这个值，或与同类的值不是一种",
                                   "there is no such value, or it is not of its subject's kind"));
    }
    return (nb_claim_rows){ slots, count };
}

static nb_claim_choice read_choice(claims_reader *r, const nb_json *node, const char *key,
                                   nb_subject *subject, bool *is_first)
{
    const nb_json *list = list_of(r, node, key);
    if (!list)
        return (nb_claim_choice){ NULL, 0 };
    nb_claim_rows *rows = NB_NEW_ARRAY(r->reader->arena, nb_claim_rows, (size_t)list->count);
    int count = 0;
    for (const nb_json *pointers = list->first; pointers; pointers = pointers->next)
        rows[count++] = read_rows(r, pointers, subject, is_first);
    return (nb_claim_choice){ rows, count };
}

static nb_claim_rows read_rows_member(claims_reader *r, const nb_json *node, const char *key,
                                      nb_subject *subject, bool *is_first)
{
    const nb_json *list = list_of(r, node, key);
    return list ? read_rows(r, list, subject, is_first) : (nb_claim_rows){ NULL, 0 };
}

static nb_measure read_measure(claims_reader *r, const nb_json *node, nb_subject *subject,
                               bool *is_first)
{
    NB_READER_ONLY(r->reader, node, "words", "values", "wide", "zero", "alone", "names", "widens");
    nb_measure measure = { .alone = nb_reader_flag(r->reader, node, "alone"),
                           .names = nb_reader_flag(r->reader, node, "names"),
                           .widens = nb_reader_flag(r->reader, node, "widens") };
    (void)nb_reader_need(r->reader, node, "values", NB_JSON_ARRAY);
    measure.values = read_choice(r, node, "values", subject, is_first);
    measure.wide = read_choice(r, node, "wide", subject, is_first);
    measure.zero = read_rows_member(r, node, "zero", subject, is_first);
    return measure;
}

/* The entries of the subject's vector by their names; duplicates and unknown ones are faults. */
static nb_claim_column read_column(claims_reader *r, const nb_json *node, const nb_subject *subject)
{
    NB_READER_ONLY(r->reader, node, "words", "entries", "names");
    const nb_json *names = nb_reader_need(r->reader, node, "entries", NB_JSON_ARRAY);
    const nb_vector *vector = subject->vector;
    int *entries = NULL, count = 0, capacity = 0;
    for (const nb_json *name = names ? names->first : NULL; name; name = name->next) {
        int entry = vector ? vector->count : 0;
        while (entry > 0 && !nb_string_equal(vector->entries[entry - 1], name->text))
            entry--;
        if (entry == 0) {
            nb_reader_fault(r->reader, name,
                            NB_SAY(r->reader->findings, "没有这一栏", "there is no such column"));
            continue;
        }
        NB_GROW(r->reader->arena, entries, count, &capacity);
        entries[count++] = entry - 1;
    }
    return (nb_claim_column){ entries, count, nb_reader_flag(r->reader, node, "names") };
}

static nb_rate read_rate(claims_reader *r, const nb_json *node, nb_subject *subject, bool *is_first)
{
    NB_READER_ONLY(r->reader, node, "words", "part", "whole");
    (void)nb_reader_need(r->reader, node, "part", NB_JSON_ARRAY);
    (void)nb_reader_need(r->reader, node, "whole", NB_JSON_ARRAY);
    nb_rate rate = { .part = read_rows_member(r, node, "part", subject, is_first) };
    rate.whole = read_choice(r, node, "whole", subject, is_first);
    return rate;
}

static const bool *read_subject_counters(claims_reader *r, const nb_json *node)
{
    bool *counters = NB_NEW_ARRAY(r->reader->arena, bool, (size_t)r->claims->counter_count + 1);
    const nb_json *text = nb_reader_need(r->reader, node, "counters", NB_JSON_STRING);
    int count = 0;
    nb_string *names = read_strings(r, node, "counters", &count);
    for (int i = 0; text && i < count; i++) {
        int counter = 0;
        while (counter < r->claims->counter_count &&
               !nb_string_equal(r->claims->counters[counter], names[i]))
            counter++;
        if (counter == r->claims->counter_count)
            nb_reader_fault(r->reader, text,
                            NB_SAY(r->reader->findings, "没有量词“%s”", "there is no counter “%s”"),
                            names[i].data);
        else
            counters[counter] = true;
    }
    return counters;
}

static void *members_of(claims_reader *r, const nb_json *list, size_t size)
{
    return nb_arena_alloc_array(r->reader->arena, list ? (size_t)list->count : 1, size);
}

static void read_subject(claims_reader *r, const nb_json *node, int index, nb_subject *subject)
{
    bool is_first = true;
    NB_READER_ONLY(r->reader, node, "words", "weak", "verbs", "counters", "factor", "values",
                   "measures", "columns", "rates");
    add_words(r, node, "words", NB_WORD_FACET, &(nb_sense){ NB_SENSE_SUBJECT, index, 0 });
    add_words(r, node, "weak", NB_WORD_FACET, &(nb_sense){ NB_SENSE_WEAK, index, 0 });
    add_words(r, node, "verbs", NB_WORD_FACET, &(nb_sense){ NB_SENSE_VERB, index, 0 });
    subject->counters = read_subject_counters(r, node);
    subject->factor = nb_reader_whole_or(r->reader, node, "factor", 1, 100000000, 1);
    subject->values = read_choice(r, node, "values", subject, &is_first);

    const nb_json *list = list_of(r, node, "measures");
    nb_measure *measures = members_of(r, list, sizeof *measures);
    subject->measures = measures;
    for (const nb_json *item = list ? list->first : NULL; item; item = item->next) {
        nb_sense sense = { NB_SENSE_MEASURE, index, subject->measure_count };
        measures[subject->measure_count++] = read_measure(r, item, subject, &is_first);
        add_words(r, item, "words", NB_WORD_FACET, &sense);
    }
    list = list_of(r, node, "columns");
    nb_claim_column *columns = members_of(r, list, sizeof *columns);
    subject->columns = columns;
    for (const nb_json *item = list ? list->first : NULL; item; item = item->next) {
        nb_sense sense = { NB_SENSE_COLUMN, index, subject->column_count };
        columns[subject->column_count++] = read_column(r, item, subject);
        add_words(r, item, "words", NB_WORD_FACET, &sense);
    }
    list = list_of(r, node, "rates");
    nb_rate *rates = members_of(r, list, sizeof *rates);
    subject->rates = rates;
    for (const nb_json *item = list ? list->first : NULL; item; item = item->next) {
        nb_sense sense = { NB_SENSE_RATE, index, subject->rate_count };
        rates[subject->rate_count++] = read_rate(r, item, subject, &is_first);
        add_words(r, item, "words", NB_WORD_FACET, &sense);
    }
}

void nb_form_read_claims(nb_reader *reader, const nb_json *root, nb_form *form)
{
    const nb_json *node = nb_json_member(root, "claims");
    if (!node || !nb_reader_need(reader, root, "claims", NB_JSON_OBJECT))
        return;
    NB_READER_ONLY(reader, node, "clause", "counters", "government_endings", "words", "subjects");
    struct nb_claims *claims = NB_NEW(reader->arena, struct nb_claims);
    claims_reader r = { reader, form, claims, nb_lexicon_new(reader->arena) };
    claims->lexicon = r.lexicon;
    claims->clause = nb_reader_text(reader, node, "clause");
    claims->government_endings =
        read_strings(&r, node, "government_endings", &claims->government_ending_count);
    read_counters(&r, node);
    read_words(&r, node);
    const nb_json *list = nb_reader_need(reader, node, "subjects", NB_JSON_ARRAY);
    nb_subject *subjects = members_of(&r, list, sizeof *subjects);
    claims->subjects = subjects;
    for (const nb_json *item = list ? list->first : NULL; item; item = item->next) {
        int index = claims->subject_count++;
        read_subject(&r, item, index, &subjects[index]);
    }
    form->claims = claims;
}
