/* What numbers, percentages and words for nothing say where they stand. */
#include "check/walk.h"

/* Whether what is said here can be the report's own, for the whole year. */
static bool is_own(nb_walk *w)
{
    return !w->other_period && !w->other_agency && !nb_walk_clause(w)->partial &&
           !nb_walk_clause(w)->planned;
}

static nb_statement *add_statement(nb_walk *w, nb_run phrase, const nb_lexeme *number)
{
    nb_reading *out = &w->out;
    const nb_part_list *list = nb_walk_list(w);
    NB_GROW(w->reader->arena, out->statements, out->statement_count, &out->statement_capacity);
    nb_statement *statement = &out->statements[out->statement_count++];
    while (phrase.from < phrase.to && !nb_is_use(&w->tokens[phrase.from], NB_WORD_FACET))
        phrase.from++;
    size_t from = phrase.from < phrase.to ? w->tokens[phrase.from].start : number->start;
    size_t to = phrase.to > phrase.from ? w->tokens[phrase.to - 1].end : number->end;
    *statement = (nb_statement){ .start = number->start,
                                 .end = number->end,
                                 .phrase_start = from < number->start ? from : number->start,
                                 .phrase_end = to > number->end ? to : number->end,
                                 .number = number->number,
                                 .parent = list ? list->whole : -1,
                                 .echoes = -1,
                                 .sentence = w->sentence };
    return statement;
}

/*
 * Fill in what a label leaves out: the measure of the number that it is a part of, or that stands
 * before it. False when that is in doubt.
 */
static bool complete_label(nb_walk *w, nb_named *named, bool all_known)
{
    const nb_part_list *list = nb_walk_list(w);
    nb_label *label = &named->label;
    if (label->subject < 0)
        return false;
    const nb_subject *subject = &w->claims->subjects[label->subject];
    if (label->measure >= 0) {
        if (list && list->whole >= 0) {
            const nb_statement *whole = &w->out.statements[list->whole];
            return whole->label_count == 1 && whole->labels[0].column < 0 &&
                   whole->labels[0].subject == label->subject && all_known;
        }
        return !list || all_known;
    }
    int from = list ? list->whole : nb_walk_here(w)->base;
    const nb_statement *base = from >= 0 ? &w->out.statements[from] : NULL;
    if (label->column >= 0 && base && base->label_count == 1 &&
        base->labels[0].subject == label->subject) {
        label->measure = base->labels[0].measure;
        return all_known && base->labels[0].column < 0;
    }
    /* The bare subject, or a column of it, is a part of something where it stands in a list. */
    if (list || (!named->subject_said && (nb_walk_here(w)->doubted || label->column < 0)))
        return false;
    return subject->values.count > 0 && all_known;
}

static bool counts(const nb_walk *w, int subject, int counter)
{
    return counter < 0 || w->claims->subjects[subject].counters[counter];
}

/*
 * Where the words end that follow a number and may say what it counts: 1件维持. *cut is set when
 * something unknown or another number follows them at once.
 */
static int end_of_words_after(const nb_walk *w, bool *cut)
{
    int at = w->at + 1;
    while (at < w->count &&
           (nb_is_use(&w->tokens[at], NB_WORD_FACET) || nb_is_use(&w->tokens[at], NB_WORD_FILLER) ||
            nb_is_use(&w->tokens[at], NB_WORD_OF)))
        at++;
    *cut = at < w->count &&
           (w->tokens[at].kind == NB_LEXEME_UNKNOWN || w->tokens[at].kind == NB_LEXEME_NUMBER);
    return at;
}

/* The words on both sides of the number in hand, as one run: 收到12件政府信息公开申请. */
static nb_run words_around(nb_walk *w, int end)
{
    nb_run before = nb_walk_run(w);
    int count = before.to - before.from, after = end - w->at - 1;
    nb_lexeme *words = NB_NEW_ARRAY(w->reader->arena, nb_lexeme, (size_t)(count + after) + 1);
    memcpy(words, w->tokens + before.from, (size_t)count * sizeof *words);
    memcpy(words + count, w->tokens + w->at + 1, (size_t)after * sizeof *words);
    return (nb_run){ words, 0, count + after };
}

/* Give a statement one label; it claims nothing when that is in doubt. */
static void claim(nb_walk *w, nb_statement *statement, nb_named named, bool all_known)
{
    if (!is_own(w) || nb_walk_clause(w)->difference || nb_walk_clause(w)->compared || named.fails ||
        named.rate >= 0 || !complete_label(w, &named, all_known) ||
        !counts(w, named.label.subject, statement->number.counter))
        return;
    statement->labels[statement->label_count++] = named.label;
}

static void note_statement(nb_walk *w, int index)
{
    nb_statement *statement = &w->out.statements[index];
    nb_part_list *list = nb_walk_list(w);
    const nb_label *label = statement->label_count == 1 ? &statement->labels[0] : NULL;
    bool widens = label && label->measure >= 0 &&
                  w->claims->subjects[label->subject].measures[label->measure].widens;
    if (list) {
        if (list->part_count == 0 || !nb_walk_here(w)->fresh) {
            if (list->certain == list->part_count)
                list->certain++;
        }
        NB_GROW(w->reader->arena, list->parts, list->part_count, &list->part_capacity);
        list->parts[list->part_count++] = index;
        list->is_mixed = list->is_mixed || nb_walk_clause(w)->planned;
        if (widens && list->whole >= 0)
            w->out.statements[list->whole].is_wide = true;
    } else {
        nb_walk_here(w)->last = index;
        if (label && label->column < 0)
            nb_walk_here(w)->base = index;
    }
    nb_walk_here(w)->fresh = false;
    nb_walk_clause(w)->numbered = true;
}

/* 予以公开、不予公开分别为5件、2件: the labels before the word, each with its number. */
static bool read_respectively(nb_walk *w)
{
    nb_named named[NB_LABELS_MOST];
    nb_run run = { w->tokens, w->run, nb_walk_clause(w)->respectively };
    int count = nb_name_list(w->claims, run, w->subject, named);
    int at = w->at, numbers = 0, last = w->at;
    if (count < 2)
        return false;
    for (; at < w->count; at++) {
        const nb_lexeme *token = &w->tokens[at];
        bool joins = token->kind == NB_LEXEME_AND || token->kind == NB_LEXEME_COMMA ||
                     nb_is_use(token, NB_WORD_AND);
        if (token->kind == NB_LEXEME_NUMBER && !token->number.is_percent) {
            numbers++;
            last = at;
        } else if (!joins || (at + 1 < w->count && w->tokens[at + 1].kind != NB_LEXEME_NUMBER)) {
            break;
        }
    }
    bool fits = numbers == count && !nb_is_unknown(w, last + 1);
    for (int i = 0; w->at <= last; w->at++) {
        const nb_lexeme *token = &w->tokens[w->at];
        if (token->kind != NB_LEXEME_NUMBER)
            continue;
        nb_statement *statement = add_statement(w, (nb_run){ w->tokens, w->run, w->run }, token);
        int index = (int)(statement - w->out.statements);
        statement->phrase_start = w->tokens[w->run].start;
        if (fits)
            claim(w, statement, named[i], !nb_walk_clause(w)->unknown);
        i++;
        note_statement(w, index);
    }
    w->at = last;
    return true;
}

static bool is_compared_more(nb_walk *w)
{
    return nb_walk_clause(w)->compared && w->at > 0 &&
           nb_is_use(&w->tokens[w->at - 1], NB_WORD_ODD);
}

/* What the number in hand counts. */
typedef struct counted {
    nb_named named[NB_LABELS_MOST];
    int count;
    bool is_complete; /* the words say so themselves */
    int end;          /* past the words behind the number that belong to it, or the number */
} counted;

static bool says_enough(const nb_named *named)
{
    return named->has_facet || named->subject_said;
}

static counted count_of(nb_walk *w)
{
    bool cut;
    counted found = { .end = w->at + 1 };
    int end = end_of_words_after(w, &cut);
    nb_run after = { w->tokens, w->at + 1, end };
    found.count = nb_name_list(w->claims, nb_walk_run(w), w->subject, found.named);
    found.is_complete = found.count > 0 && says_enough(&found.named[0]);
    if (found.is_complete && found.named[0].subject_said)
        cut = nb_is_unknown(w, w->at + 1);
    else if (!cut && found.count < 2 && nb_run_says_facet(after)) {
        found.named[0] = nb_name_run(w->claims, words_around(w, end), w->subject);
        found.count = 1;
        found.is_complete = says_enough(&found.named[0]);
        found.end = end;
    }
    /* 收到12件来信: the number counts what no word here names. */
    found.is_complete = found.is_complete && !(cut && found.end == w->at + 1);
    return found;
}

static void add_difference(nb_walk *w)
{
    const nb_lexeme *token = &w->tokens[w->at];
    nb_reading *out = &w->out;
    NB_GROW(w->reader->arena, out->differences, out->difference_count, &out->difference_capacity);
    out->differences[out->difference_count++] =
        (nb_difference){ .start = token->start,
                         .end = token->end,
                         .number = token->number,
                         .is_less = nb_walk_clause(w)->difference < 0,
                         .statement = nb_walk_here(w)->last };
}

/* 办结 right after an unknown word may be 延期办结, which is something else. */
static bool stands_alone(const nb_walk *w, const nb_named *named, bool after_unknown)
{
    const nb_label *label = &named->label;
    return !after_unknown || named->subject_said || label->subject < 0 || label->measure < 0 ||
           !w->claims->subjects[label->subject].measures[label->measure].alone;
}

/* One statement for each label, when each of them is so much, or all are 0. */
static void state_each(nb_walk *w, const counted *found, nb_run phrase)
{
    const nb_clause *now = nb_walk_clause(w);
    bool after_unknown = w->run > 0 && nb_is_unknown(w, w->run - 1) && !now->numbered;
    bool known = !now->unknown;
    for (int i = 0; i < found->count; i++) {
        nb_statement *statement = add_statement(w, phrase, &w->tokens[w->at]);
        if (stands_alone(w, &found->named[i], after_unknown))
            claim(w, statement, found->named[i], known);
        note_statement(w, (int)(statement - w->out.statements));
    }
}

/* One statement for the sum of the labels; or for none, when they are in doubt. */
static void state_sum(nb_walk *w, const counted *found, nb_run phrase)
{
    nb_statement *statement = add_statement(w, phrase, &w->tokens[w->at]);
    int count = found->is_complete ? found->count : 0;
    for (int i = 0; i < count; i++)
        claim(w, statement, found->named[i], !nb_walk_clause(w)->unknown);
    if (statement->label_count < count)
        statement->label_count = 0;
    note_statement(w, (int)(statement - w->out.statements));
}

/* A number that is no percentage. */
static void read_count(nb_walk *w)
{
    const nb_lexeme *token = &w->tokens[w->at];
    if (nb_walk_clause(w)->difference || is_compared_more(w)) {
        add_difference(w);
        return;
    }
    counted found = count_of(w);
    nb_run phrase = { w->tokens, w->run, found.end };
    bool each = nb_run_has_use(nb_walk_run(w), NB_WORD_EACH) || token->number.value == 0;
    if (found.is_complete && (found.count == 1 || each))
        state_each(w, &found, phrase);
    else
        state_sum(w, &found, phrase);

    nb_scope *scope = nb_walk_here(w);
    bool claims = w->out.statements[w->out.statement_count - 1].label_count > 0;
    if (scope->list < 0 && !claims) {
        scope->base = -1;
        scope->doubted = scope->doubted || !is_own(w);
        /* The number belongs to something that no word here names. */
        if (!found.is_complete && w->subject >= 0 && token->number.counter >= 0 &&
            counts(w, w->subject, token->number.counter) && nb_walk_clause(w)->unknown) {
            scope->doubted = true;
            w->subject = -1;
        }
    }
    for (; w->at + 1 < found.end; w->at++)
        if (nb_subject_named(w->tokens[w->at + 1].word) >= 0)
            w->subject = nb_subject_named(w->tokens[w->at + 1].word);
}

/* A percentage, when what it is a part of can be told. */
static void read_percentage(nb_walk *w)
{
    const nb_lexeme *token = &w->tokens[w->at];
    nb_reading *out = &w->out;
    nb_percentage found = { .kind = NB_PERCENTAGE_SHARE,
                            .start = token->start,
                            .end = token->end,
                            .number = token->number,
                            .statement = -1,
                            .part = { -1, -1, -1 },
                            .whole = { -1, -1, -1 } };
    nb_named named[NB_LABELS_MOST];
    bool known = true;
    const nb_part_list *list = nb_walk_list(w);
    int last =
        list && list->part_count > 0 ? list->parts[list->part_count - 1] : nb_walk_here(w)->last;
    bool same = last >= 0 && out->statements[last].sentence == w->sentence;
    if (nb_walk_clause(w)->difference) {
        found.kind = NB_PERCENTAGE_GROWTH;
        found.is_less = nb_walk_clause(w)->difference < 0;
        found.statement = same && !list ? last : -1;
        known = found.statement >= 0 && nb_walk_clause(w)->compared && !w->other_agency;
    } else if (nb_walk_clause(w)->share >= 0) {
        nb_run before = { w->tokens, w->run, nb_walk_clause(w)->share };
        nb_run after = { w->tokens, nb_walk_clause(w)->share + 1, w->at };
        for (int at = after.from; at < after.to; at++)
            known = known && w->tokens[at].kind == NB_LEXEME_WORD;
        int parts = nb_name_list(w->claims, before, w->subject, named);
        bool from_start = w->run == nb_walk_clause(w)->share;
        if (parts == 1 && (named[0].has_facet || named[0].subject_said) &&
            !nb_walk_clause(w)->unknown) {
            found.part = named[0].label;
        } else {
            known = known && from_start && !nb_walk_clause(w)->unknown && same;
            found.statement = last;
        }
        int wholes = nb_name_list(w->claims, after, w->subject, named);
        if (nb_run_says_facet(after)) {
            known = known && wholes == 1;
            if (wholes == 1)
                found.whole = named[0].label;
        }
        known = known && is_own(w);
    } else {
        nb_named name = nb_name_run(w->claims, nb_walk_run(w), w->subject);
        found.kind = NB_PERCENTAGE_RATE;
        found.rate = name.rate;
        found.subject = name.label.subject;
        bool follows = same && out->statements[last].label_count == 1 &&
                       out->statements[last].labels[0].subject == found.subject &&
                       out->statements[last].labels[0].column < 0;
        known = name.rate >= 0 && !name.fails && is_own(w) && (name.subject_said || follows);
    }
    nb_walk_clause(w)->share = -1;
    if (!known)
        return;
    NB_GROW(w->reader->arena, out->percentages, out->percentage_count, &out->percentage_capacity);
    out->percentages[out->percentage_count++] = found;
}

/* 未收到政府信息公开申请; 行政复议、行政诉讼均无. */
void nb_walk_read_none(nb_walk *w)
{
    nb_named named[NB_LABELS_MOST];
    nb_run after = { w->tokens, nb_walk_clause(w)->none + 1, w->at },
           before = { w->tokens, w->run, nb_walk_clause(w)->none };
    nb_run run = nb_run_says_facet(after) ? after : before;
    nb_lexeme zero = w->tokens[nb_walk_clause(w)->none];
    int count = nb_name_list(w->claims, run, w->subject, named);
    zero.number = (nb_number){ .counter = -1 };
    if (run.from == after.from)
        zero.end = w->tokens[w->at - 1].end;
    else
        zero.start = w->tokens[w->run].start;
    for (int i = 0; i < count; i++) {
        if (!named[i].has_facet && !named[i].subject_said)
            continue;
        nb_statement *statement = add_statement(w, (nb_run){ w->tokens, run.from, run.to }, &zero);
        statement->start = statement->phrase_start = zero.start;
        statement->end = statement->phrase_end = zero.end;
        claim(w, statement, named[i], !nb_walk_clause(w)->unknown || run.from == after.from);
    }
}

/* 均获维持, 全部办结: of all that was counted just before. */
void nb_walk_read_all(nb_walk *w)
{
    nb_run run = nb_walk_run(w);
    nb_lexeme all = w->tokens[w->run];
    int first = w->out.statement_count;
    for (int i = w->out.statement_count - 1; i >= 0; i--) {
        const nb_statement *base = &w->out.statements[i];
        if (base->sentence != w->sentence || base->label_count != 1 ||
            base->labels[0].column >= 0 || base->parent >= 0)
            break;
        first = i;
    }
    int end = w->out.statement_count;
    for (int i = first; i < end; i++) {
        nb_label base = w->out.statements[i].labels[0];
        nb_named named = nb_name_run(w->claims, run, base.subject);
        const nb_subject *subject = &w->claims->subjects[base.subject];
        if (named.fails || named.subject_said || !named.has_facet)
            continue;
        nb_statement *statement = NULL;
        if (named.label.column >= 0 && named.label.measure < 0) {
            statement = add_statement(w, run, &all);
            statement->number = w->out.statements[i].number;
            named.label.measure = base.measure;
        } else if (named.label.measure >= 0 && subject->measures[named.label.measure].zero.count) {
            statement = add_statement(w, run, &all);
            statement->number = (nb_number){ .counter = -1 };
            statement->is_none_left = true;
        }
        if (!statement)
            continue;
        statement->echoes = i;
        statement->start = w->tokens[run.from].start;
        statement->end = w->tokens[run.to - 1].end;
        statement->labels[statement->label_count++] = named.label;
    }
}

void nb_walk_read_number(nb_walk *w)
{
    nb_walk_clause(w)->none = -1;
    if (w->tokens[w->at].number.is_percent) {
        read_percentage(w);
    } else if (nb_walk_clause(w)->respectively < 0 || !read_respectively(w)) {
        read_count(w);
    }
    nb_walk_clause(w)->difference = 0;
    nb_walk_clause(w)->share = nb_walk_clause(w)->respectively = -1;
    w->run = w->at + 1;
}
