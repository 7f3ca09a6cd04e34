#include "form/text_rules.h"

#include "form/choices.h"
#include "form/loader.h"

typedef struct loading {
    nb_reader *reader;
    nb_form *form;
    const nb_json *words;
    int capacity;
} loading;

/* What the members of a check are called; those that a kind needs are looked for below. */
static const char *const members[] = {
    "kind", "alone", "agency", "not_agency", "find", "unless", "texts",   "sections", "once",
    "when", "words", "like",   "deadlines",  "of",   "former", "message", "hint",
};

static const char *const kinds[] = {
    "phrase",    "year",  "date",     "part_count", "others",    "elsewhere",
    "numbering", "empty", "required", "deadline",   "deviation", "form_years",
};

static const nb_pattern *read_pattern(loading *l, const nb_json *node, const char *key)
{
    const nb_json *member = nb_json_member(node, key);
    return member ? nb_pattern_read(l->reader, member, l->words, l->form->needs) : NULL;
}

static void read_texts(loading *l, const nb_json *node, nb_text_check *check)
{
    static const char *const texts[] = { "sections", "title", "all", "headings", "first" };
    int choice = 0;
    if (nb_json_member(node, "texts"))
        choice = nb_reader_choice(l->reader, node, "texts", texts, 5);
    check->in_title = choice == 1 || choice == 2;
    check->in_prose = choice != 1;
    check->only_headings = choice == 3;
    check->only_first = choice == 4;
}

static void read_sections(loading *l, const nb_json *node, nb_text_check *check)
{
    const nb_json *list = nb_json_member(node, "sections");
    if (!list)
        return;
    int *slots = NB_NEW_ARRAY(l->reader->arena, int, (size_t)list->count + 1);
    for (const nb_json *pointer = list->first; pointer; pointer = pointer->next) {
        int slot = nb_form_slot(l->form, pointer->text);
        if (slot < 0 || l->form->slots[slot].field->kind != NB_FIELD_PROSE)
            nb_reader_fault(l->reader, pointer,
                            NB_SAY(l->reader->findings,
                                   "这里要一段文字的指针，如 \"/sections/other\"",
                                   "this must point to a text, such as \"/sections/other\""));
        else
            slots[check->slot_count++] = slot;
    }
    check->slots = slots;
}

static void read_when(loading *l, const nb_json *node, nb_text_check *check)
{
    const nb_json *pointer = nb_json_member(node, "when");
    check->when_slot = -1;
    if (!pointer)
        return;
    check->when_slot = nb_form_slot(l->form, pointer->text);
    if (check->when_slot < 0)
        nb_reader_fault(l->reader, pointer,
                        NB_SAY(l->reader->findings, "没有这个值", "there is no such value"));
}

static void read_like(loading *l, const nb_json *node, nb_text_check *check)
{
    const nb_json *list = nb_json_member(node, "like");
    if (!list)
        return;
    const nb_pattern **like =
        NB_NEW_ARRAY(l->reader->arena, const nb_pattern *, (size_t)list->count + 1);
    for (const nb_json *pattern = list->first; pattern; pattern = pattern->next) {
        like[check->like_count] = nb_pattern_read(l->reader, pattern, l->words, l->form->needs);
        check->like_count += like[check->like_count] != NULL;
    }
    check->like = like;
}

static void read_deadlines(loading *l, const nb_json *node, nb_text_check *check)
{
    const nb_json *list = nb_reader_need(l->reader, node, "deadlines", NB_JSON_ARRAY);
    if (!list)
        return;
    nb_deadline *deadlines = NB_NEW_ARRAY(l->reader->arena, nb_deadline, (size_t)list->count + 1);
    for (const nb_json *entry = list->first; entry; entry = entry->next) {
        nb_deadline *deadline = &deadlines[check->deadline_count++];
        NB_READER_ONLY(l->reader, entry, "agency", "day");
        deadline->agency = read_pattern(l, entry, "agency");
        if (!nb_day_of_year(nb_json_member_text(entry, "day"), &deadline->month, &deadline->day))
            nb_reader_fault(l->reader, entry,
                            NB_SAY(l->reader->findings, "day 要写成 \"01-31\"",
                                   "day must be such as \"01-31\""));
    }
    check->deadlines = deadlines;
}

/* What a check of its kind cannot be without. */
static void expect_members(loading *l, const nb_json *node, const nb_text_check *check)
{
    bool finds = check->kind <= NB_TEXT_ELSEWHERE || check->kind == NB_TEXT_REQUIRED;
    if (finds && !nb_json_member(node, "find"))
        nb_reader_fault(l->reader, node, NB_SAY(l->reader->findings, "缺少“%s”", "“%s” is missing"),
                        "find");
    if (check->kind == NB_TEXT_OTHERS && !check->groups)
        nb_reader_fault(l->reader, node,
                        NB_SAY(l->reader->findings, "words 要是 words 里的一个名称",
                               "words must be a name of the form's words"));
    if ((check->kind == NB_TEXT_REQUIRED || check->kind == NB_TEXT_EMPTY) && !check->slot_count)
        nb_reader_fault(l->reader, node, NB_SAY(l->reader->findings, "缺少“%s”", "“%s” is missing"),
                        "sections");
}

static void read_check(loading *l, const nb_json *node, const nb_rule *rule)
{
    static const char *const deviations[] = { "label", "heading", "order" };
    nb_reader *reader = l->reader;
    NB_GROW(reader->arena, l->form->text_checks, l->form->text_check_count, &l->capacity);
    nb_text_check *check = &l->form->text_checks[l->form->text_check_count++];
    nb_reader_only(reader, node, members, sizeof members / sizeof members[0]);
    check->kind =
        (nb_text_kind)nb_reader_choice(reader, node, "kind", kinds, sizeof kinds / sizeof kinds[0]);
    check->rule = rule;
    check->agency = read_pattern(l, node, "agency");
    check->not_agency = read_pattern(l, node, "not_agency");
    check->find = read_pattern(l, node, "find");
    check->unless = read_pattern(l, node, "unless");
    check->once = nb_reader_flag(reader, node, "once");
    check->alone = nb_reader_flag(reader, node, "alone");
    check->former = nb_reader_flag(reader, node, "former");
    check->groups = nb_json_member(l->words, nb_reader_text_or(reader, node, "words", ""));
    read_texts(l, node, check);
    read_sections(l, node, check);
    read_when(l, node, check);
    read_like(l, node, check);
    if (check->kind == NB_TEXT_DEADLINE)
        read_deadlines(l, node, check);
    if (check->kind == NB_TEXT_DEVIATION)
        check->deviation = (nb_deviation_kind)nb_reader_choice(reader, node, "of", deviations, 3);
    nb_reader_need(reader, node, "message", NB_JSON_OBJECT);
    nb_reader_wording(reader, node, "message", check->message);
    nb_reader_wording(reader, node, "hint", check->hint);
    expect_members(l, node, check);
}

static nb_string words_of_title(nb_reader *reader, const nb_form *form)
{
    const char *words = "";
    for (int i = 0; i < form->title_count; i++)
        words = nb_arena_print(reader->arena, "%s%s\n", words, form->title[i].data);
    return nb_string_of(words);
}

void nb_form_read_text_rules(nb_reader *reader, const nb_json *root, nb_form *form)
{
    loading l = { .reader = reader, .form = form, .words = nb_json_member(root, "words") };
    const nb_json *rules = nb_json_member(root, "text_rules");
    form->needs = nb_needs_new(words_of_title(reader, form), reader->arena);
    for (const nb_json *node = rules ? rules->first : NULL; node; node = node->next) {
        NB_READER_ONLY(reader, node, "id", "severity", "name", "clause", "checks");
        const nb_json *checks = nb_reader_need(reader, node, "checks", NB_JSON_ARRAY);
        const nb_rule *rule = nb_form_add_rule(reader, node, form);
        for (const nb_json *check = checks ? checks->first : NULL; check; check = check->next)
            read_check(&l, check, rule);
    }
}
