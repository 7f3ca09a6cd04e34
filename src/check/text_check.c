/* The text rules of the form: each of its checks is made by what its kind names. */
#include "check/text_check.h"

#include "check/steps.h"

static nb_string part_of(nb_string text, nb_range range)
{
    return (nb_string){ text.data + range.from, range.to - range.from };
}

bool nb_text_fits_agency(const nb_text_checking *c, const nb_pattern *pattern)
{
    nb_range range;
    return nb_pattern_may_fit(pattern, c->met) &&
           nb_pattern_find(pattern, c->finder, c->agency, 0, &range);
}

static bool is_for_agency(const nb_text_checking *c)
{
    return (!c->check->agency || nb_text_fits_agency(c, c->check->agency)) &&
           !(c->check->not_agency && nb_text_fits_agency(c, c->check->not_agency));
}

/* The value that the check waits for is there and is not 0. */
static bool is_due(const nb_text_checking *c)
{
    int slot = c->check->when_slot;
    if (slot < 0)
        return true;
    const nb_value *value = &c->run->report->values[slot];
    nb_string text = value->text;
    if (value->state != NB_VALUE_STATED && value->state != NB_VALUE_COMPUTED)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] >= '1' && text.data[i] <= '9')
            return true;
    return false;
}

static void make_check(const nb_text_checking *c)
{
    switch (c->check->kind) {
    case NB_TEXT_PHRASE:
    case NB_TEXT_YEAR:
    case NB_TEXT_DATE:
    case NB_TEXT_PART_COUNT:
    case NB_TEXT_OTHERS:
    case NB_TEXT_ELSEWHERE:
        nb_check_found(c);
        break;
    case NB_TEXT_NUMBERING:
        nb_check_numbering(c);
        break;
    case NB_TEXT_EMPTY:
        nb_check_empty(c);
        break;
    case NB_TEXT_REQUIRED:
        nb_check_required(c);
        break;
    case NB_TEXT_DEADLINE:
        nb_check_deadline(c);
        break;
    case NB_TEXT_DEVIATION:
        nb_check_deviations(c);
        break;
    case NB_TEXT_FORM_YEARS:
        nb_check_form_years(c);
        break;
    }
}

void nb_check_text_rules(const nb_check_run *run)
{
    nb_finder *finder = run->form->text_check_count ? nb_finder_new(run->arena) : NULL;
    nb_string agency = run->report->values[run->form->agency_slot].text;
    if (!agency.data)
        agency = (nb_string){ "", 0 };
    nb_need met = nb_needs_met(run->form->needs, agency);
    for (int i = 0; i < run->form->text_check_count; i++) {
        nb_text_checking c = { run, &run->form->text_checks[i], finder, agency, met };
        if (is_for_agency(&c) && is_due(&c))
            make_check(&c);
    }
}

bool nb_text_is_looked_at(const nb_text_checking *c, const nb_prose *prose)
{
    const nb_text_check *check = c->check;
    if (!prose->part)
        return check->in_title;
    if (!check->in_prose || (check->only_headings && prose->look.kind != NB_PROSE_HEADING) ||
        (check->only_first && prose->index > 0))
        return false;
    bool is_of_section = check->slot_count == 0;
    for (int i = 0; i < check->slot_count && !is_of_section; i++)
        is_of_section = check->slots[i] == prose->part->prose_slot;
    return is_of_section;
}

/* Words of the form with what is known in place of their {names}. */
static const char *filled(const nb_text_checking *c, const char *words, nb_string found,
                          const char *wanted)
{
    enum { LONGEST_SHOWN = 40, LONGEST_MESSAGE = 1 << 14 };
    const nb_check_run *run = c->run;
    nb_string shown = nb_utf8_prefix(found, LONGEST_SHOWN);
    const char *cut = nb_arena_print(run->arena, "%.*s%s", (int)shown.length, shown.data,
                                     shown.length < found.length ? "…" : "");
    const struct {
        const char *name;
        nb_string text;
    } known[] = { { "{found}", nb_string_of(cut) },
                  { "{wanted}", nb_string_of(wanted) },
                  { "{year}", run->report->values[run->form->year_slot].text },
                  { "{agency}", run->report->values[run->form->agency_slot].text } };
    nb_buffer *out = nb_buffer_new(run->arena, LONGEST_MESSAGE);
    while (*words) {
        size_t length = 0;
        for (size_t i = 0; i < sizeof known / sizeof known[0] && !length; i++)
            if (strncmp(words, known[i].name, strlen(known[i].name)) == 0) {
                length = strlen(known[i].name);
                nb_buffer_add(out, known[i].text.data, known[i].text.length);
            }
        if (!length)
            nb_buffer_byte(out, (unsigned char)*words);
        words += length ? length : 1;
    }
    return nb_arena_copy(run->arena, out->data, out->length);
}

void nb_text_tell_at(const nb_text_checking *c, nb_place place, int length, nb_string found,
                     const char *wanted)
{
    const nb_rule *rule = c->check->rule;
    nb_language language = nb_findings_language(c->run->findings);
    nb_finding *finding = nb_check_tell(c->run, rule->id, rule->severity, place, "%s",
                                        filled(c, c->check->message[language], found, wanted));
    nb_finding_range(finding, length);
    if (c->check->hint[language])
        nb_finding_hint(c->run->findings, finding, "%s",
                        filled(c, c->check->hint[language], found, wanted));
    nb_finding_clause(c->run->findings, finding, rule->clause);
}

void nb_text_tell(const nb_text_checking *c, const nb_prose *prose, nb_range range,
                  const char *wanted)
{
    nb_span_place span =
        nb_prose_place(prose, range.from, range.to, c->run->report->name, c->run->arena);
    nb_text_tell_at(c, span.place, span.length, part_of(prose->text, range), wanted);
}
