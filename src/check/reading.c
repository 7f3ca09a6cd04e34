#include "check/reading.h"

#include "check/labels.h"

/* What holds until the next comma. */
typedef struct clause {
    int start; /* its first token */
    bool partial, planned, compared;
    bool unknown;     /* it has words that the form does not know, since its last 、 */
    bool numbered;    /* it has had a number */
    int difference;   /* 1: the next number is one upwards, -1 downwards */
    int share;        /* the word that a percentage of a whole follows; -1 */
    int none;         /* a word for nothing; -1 */
    int respectively; /* the word; -1 */
} clause;

/* What holds until the end of a sentence, or of a bracket in it. */
typedef struct scope {
    int list;     /* of which parts are being read; -1 */
    bool fresh;   /* the next part follows a comma: it may be none */
    int last;     /* the latest statement that is no part; -1 */
    int base;     /* the same, when it claims a whole; -1 */
    bool doubted; /* a number belonged to something else */
    clause clause;
} scope;

enum { DEEPEST = 4 };

typedef struct walk {
    nb_text_reader *reader;
    const struct nb_claims *claims;
    nb_string text;
    const nb_lexeme *tokens;
    int count, at;
    nb_reading out;
    int subject; /* current; -1 */
    int sentence;
    scope scopes[DEEPEST];
    int depth;
    int too_deep; /* brackets that are passed over */
    int run;      /* where the run of known words began that ends here */
    /* of the sentence */
    bool other_period, own_named, until, other_agency;
} walk;

static scope *here(walk *w)
{
    return &w->scopes[w->depth];
}

static clause *clause_of(walk *w)
{
    return &here(w)->clause;
}

static bool is_use(const nb_lexeme *token, nb_word_use use)
{
    return token->kind == NB_LEXEME_WORD && token->word->use == use;
}

static nb_run run_here(const walk *w)
{
    return (nb_run){ w->tokens, w->run, w->at };
}

static bool says_facet(nb_run run)
{
    for (int at = run.from; at < run.to; at++)
        if (is_use(&run.tokens[at], NB_WORD_FACET))
            return true;
    return false;
}

static bool has_use(nb_run run, nb_word_use use)
{
    for (int at = run.from; at < run.to; at++)
        if (is_use(&run.tokens[at], use))
            return true;
    return false;
}

/* Whether what is said here can be the report's own, for the whole year. */
static bool is_own(walk *w)
{
    return !w->other_period && !w->other_agency && !clause_of(w)->partial && !clause_of(w)->planned;
}

static nb_part_list *list_here(walk *w)
{
    int list = here(w)->list;
    return list < 0 ? NULL : &w->out.lists[list];
}

static void open_list(walk *w, int whole, bool is_open)
{
    nb_reading *out = &w->out;
    NB_GROW(w->reader->arena, out->lists, out->list_count, &out->list_capacity);
    here(w)->list = out->list_count;
    out->lists[out->list_count++] = (nb_part_list){ .whole = whole, .is_open = is_open };
    here(w)->fresh = false;
}

static void end_list(walk *w, bool at_end)
{
    nb_part_list *list = list_here(w);
    if (list)
        list->ends = at_end && !here(w)->fresh;
    here(w)->list = -1;
}

static nb_statement *add_statement(walk *w, nb_run phrase, const nb_lexeme *number)
{
    nb_reading *out = &w->out;
    const nb_part_list *list = list_here(w);
    NB_GROW(w->reader->arena, out->statements, out->statement_count, &out->statement_capacity);
    nb_statement *statement = &out->statements[out->statement_count++];
    while (phrase.from < phrase.to && !is_use(&w->tokens[phrase.from], NB_WORD_FACET))
        phrase.from++;
    size_t from = phrase.from < phrase.to ? w->tokens[phrase.from].start : number->start;
    size_t to = phrase.to > phrase.from ? w->tokens[phrase.to - 1].end : number->end;
    *statement = (nb_statement){ .start = number->start,
                                 .end = number->end,
                                 .phrase_start = from < number->start ? from : number->start,
                                 .phrase_end = to > number->end ? to : number->end,
                                 .number = number->number,
                                 .parent = list ? list->whole : -1,
                                 .sentence = w->sentence };
    return statement;
}

/*
 * Fill in what a label leaves out: the measure of the number that it is a part of, or that stands
 * before it. False when that is in doubt.
 */
static bool complete_label(walk *w, nb_named *named, bool all_known)
{
    const nb_part_list *list = list_here(w);
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
    int from = list ? list->whole : here(w)->base;
    const nb_statement *base = from >= 0 ? &w->out.statements[from] : NULL;
    if (label->column >= 0 && base && base->label_count == 1 &&
        base->labels[0].subject == label->subject) {
        label->measure = base->labels[0].measure;
        return all_known && base->labels[0].column < 0;
    }
    /* The bare subject, or a column of it, is a part of something where it stands in a list. */
    if (list || (!named->subject_said && (here(w)->doubted || label->column < 0)))
        return false;
    return subject->values.count > 0 && all_known;
}

static bool counts(const walk *w, int subject, int counter)
{
    return counter < 0 || w->claims->subjects[subject].counters[counter];
}

/* Whether the words after a number say what it counts: 1件维持, 12件政府信息公开申请. */
static int forward_run(const walk *w, bool *joined_on)
{
    int at = w->at + 1;
    while (at < w->count && w->tokens[at].kind == NB_LEXEME_WORD &&
           (w->tokens[at].word->use == NB_WORD_FACET || w->tokens[at].word->use == NB_WORD_FILLER ||
            w->tokens[at].word->use == NB_WORD_OF))
        at++;
    *joined_on = at < w->count && (w->tokens[at].kind == NB_LEXEME_UNKNOWN ||
                                   w->tokens[at].kind == NB_LEXEME_NUMBER);
    return at;
}

static bool is_unknown(const walk *w, int at)
{
    return at < w->count && w->tokens[at].kind == NB_LEXEME_UNKNOWN;
}

/* Give a statement one label; it claims nothing when that is in doubt. */
static void claim(walk *w, nb_statement *statement, nb_named named, bool all_known)
{
    if (!is_own(w) || clause_of(w)->difference || clause_of(w)->compared || named.fails ||
        named.rate >= 0 || !complete_label(w, &named, all_known) ||
        !counts(w, named.label.subject, statement->number.counter))
        return;
    statement->labels[statement->label_count++] = named.label;
}

static void note_statement(walk *w, int index)
{
    nb_statement *statement = &w->out.statements[index];
    nb_part_list *list = list_here(w);
    const nb_label *label = statement->label_count == 1 ? &statement->labels[0] : NULL;
    bool widens = label && label->measure >= 0 &&
                  w->claims->subjects[label->subject].measures[label->measure].widens;
    if (list) {
        if (list->part_count == 0 || !here(w)->fresh) {
            if (list->certain == list->part_count)
                list->certain++;
        }
        NB_GROW(w->reader->arena, list->parts, list->part_count, &list->part_capacity);
        list->parts[list->part_count++] = index;
        list->is_mixed = list->is_mixed || clause_of(w)->planned;
        if (widens && list->whole >= 0)
            w->out.statements[list->whole].is_wide = true;
    } else {
        here(w)->last = index;
        if (label && label->column < 0)
            here(w)->base = index;
    }
    here(w)->fresh = false;
    clause_of(w)->numbered = true;
}

/* 予以公开、不予公开分别为5件、2件: the labels before the word, each with its number. */
static bool read_respectively(walk *w)
{
    nb_named named[NB_LABELS_MOST];
    nb_run run = { w->tokens, w->run, clause_of(w)->respectively };
    int count = nb_name_list(w->claims, run, w->subject, named);
    int at = w->at, numbers = 0, last = w->at;
    if (count < 2)
        return false;
    for (; at < w->count; at++) {
        const nb_lexeme *token = &w->tokens[at];
        if (token->kind == NB_LEXEME_NUMBER && !token->number.is_percent) {
            numbers++;
            last = at;
        } else if (token->kind != NB_LEXEME_AND && token->kind != NB_LEXEME_COMMA &&
                   !is_use(token, NB_WORD_AND)) {
            break;
        } else if (at + 1 < w->count && w->tokens[at + 1].kind != NB_LEXEME_NUMBER) {
            break;
        }
    }
    bool fits = numbers == count && !is_unknown(w, last + 1);
    for (int i = 0; w->at <= last; w->at++) {
        const nb_lexeme *token = &w->tokens[w->at];
        if (token->kind != NB_LEXEME_NUMBER)
            continue;
        nb_statement *statement = add_statement(w, (nb_run){ w->tokens, w->run, w->run }, token);
        int index = (int)(statement - w->out.statements);
        statement->phrase_start = w->tokens[w->run].start;
        if (fits)
            claim(w, statement, named[i], !clause_of(w)->unknown);
        i++;
        note_statement(w, index);
    }
    w->at = last;
    return true;
}

static bool is_compared_more(walk *w)
{
    return clause_of(w)->compared && w->at > 0 && is_use(&w->tokens[w->at - 1], NB_WORD_ODD);
}

/* A number that is no percentage. */
static void read_count(walk *w)
{
    const nb_lexeme *token = &w->tokens[w->at];
    nb_named named[NB_LABELS_MOST];
    nb_run run = run_here(w);
    bool joined_on, each = has_use(run, NB_WORD_EACH);
    if (clause_of(w)->difference || is_compared_more(w)) {
        nb_reading *out = &w->out;
        NB_GROW(w->reader->arena, out->differences, out->difference_count,
                &out->difference_capacity);
        out->differences[out->difference_count++] =
            (nb_difference){ token->start, token->end, token->number, clause_of(w)->difference < 0,
                             here(w)->last };
        return;
    }
    int count = nb_name_list(w->claims, run, w->subject, named), to = w->at;
    bool complete = count > 0 && (named[0].has_facet || named[0].subject_said);
    int end = forward_run(w, &joined_on);
    nb_run after = { w->tokens, w->at + 1, end };
    if (!joined_on && says_facet(after) && (!complete || !named[0].subject_said)) {
        /* The words on both sides are one label: 收到12件政府信息公开申请. */
        nb_named behind = nb_name_run(w->claims, after, w->subject);
        nb_named before = nb_name_run(w->claims, run, behind.label.subject);
        if (!before.has_facet || behind.subject_said) {
            if (before.label.measure >= 0 && behind.label.measure < 0)
                behind.label.measure = before.label.measure;
            behind.has_facet = behind.has_facet || before.has_facet;
            behind.fails = behind.fails || before.fails || count > 1;
            named[0] = behind;
            count = 1;
            complete = true;
            to = end;
        }
    } else if (is_unknown(w, w->at + 1) || (joined_on && is_unknown(w, end))) {
        complete = complete && !is_unknown(w, w->at + 1) && named[0].subject_said;
    }
    nb_statement *statement =
        add_statement(w, (nb_run){ w->tokens, w->run, to > w->at ? to : w->at + 1 }, token);
    int index = (int)(statement - w->out.statements);
    bool bare = w->run > 0 && is_unknown(w, w->run - 1) && !clause_of(w)->numbered;
    if (complete && (count == 1 || (each || token->number.value == 0))) {
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                nb_statement copy = w->out.statements[index];
                copy.label_count = 0;
                statement = add_statement(w, (nb_run){ w->tokens, w->run, w->at + 1 }, token);
                *statement = copy;
            }
            const nb_label *label = &named[i].label;
            bool alone = label->subject >= 0 && label->measure >= 0 &&
                         w->claims->subjects[label->subject].measures[label->measure].alone;
            if (!(alone && bare && !named[i].subject_said))
                claim(w, statement, named[i], !clause_of(w)->unknown);
            note_statement(w, (int)(statement - w->out.statements));
        }
    } else {
        if (complete && count > 1) {
            for (int i = 0; i < count; i++)
                claim(w, statement, named[i], !clause_of(w)->unknown);
            if (statement->label_count < count)
                statement->label_count = 0;
        }
        note_statement(w, index);
    }
    bool counted = w->subject >= 0 && token->number.counter >= 0 &&
                   counts(w, w->subject, token->number.counter);
    if (!complete && counted && here(w)->list < 0 && clause_of(w)->unknown) {
        /* The number belongs to something that no word here names. */
        here(w)->doubted = true;
        w->subject = -1;
    }
    if (w->out.statements[index].label_count == 0 && here(w)->list < 0)
        here(w)->base = -1;
    if (w->out.statements[index].label_count == 0 && !is_own(w))
        here(w)->doubted = true;
    for (; w->at < to - 1; w->at++)
        if (w->tokens[w->at + 1].kind == NB_LEXEME_WORD &&
            nb_subject_named(w->tokens[w->at + 1].word) >= 0)
            w->subject = nb_subject_named(w->tokens[w->at + 1].word);
}

/* A percentage, when what it is a part of can be told. */
static void read_percentage(walk *w)
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
    const nb_part_list *list = list_here(w);
    int last = list && list->part_count > 0 ? list->parts[list->part_count - 1] : here(w)->last;
    bool same = last >= 0 && out->statements[last].sentence == w->sentence;
    if (clause_of(w)->difference) {
        found.kind = NB_PERCENTAGE_GROWTH;
        found.is_less = clause_of(w)->difference < 0;
        found.statement = same && !list ? last : -1;
        known = found.statement >= 0 && clause_of(w)->compared && !w->other_agency;
    } else if (clause_of(w)->share >= 0) {
        nb_run before = { w->tokens, w->run, clause_of(w)->share };
        nb_run after = { w->tokens, clause_of(w)->share + 1, w->at };
        for (int at = after.from; at < after.to; at++)
            known = known && w->tokens[at].kind == NB_LEXEME_WORD;
        int parts = nb_name_list(w->claims, before, w->subject, named);
        bool from_start = w->run == clause_of(w)->share;
        if (parts == 1 && (named[0].has_facet || named[0].subject_said) && !clause_of(w)->unknown) {
            found.part = named[0].label;
        } else {
            known = known && from_start && !clause_of(w)->unknown && same;
            found.statement = last;
        }
        int wholes = nb_name_list(w->claims, after, w->subject, named);
        if (says_facet(after)) {
            known = known && wholes == 1;
            if (wholes == 1)
                found.whole = named[0].label;
        }
        found.whole_unnamed = !says_facet(after);
        known = known && is_own(w);
    } else {
        nb_named name = nb_name_run(w->claims, run_here(w), w->subject);
        found.kind = NB_PERCENTAGE_RATE;
        found.rate = name.rate;
        found.subject = name.label.subject;
        bool follows = same && out->statements[last].label_count == 1 &&
                       out->statements[last].labels[0].subject == found.subject &&
                       out->statements[last].labels[0].column < 0;
        known = name.rate >= 0 && !name.fails && is_own(w) && (name.subject_said || follows);
    }
    clause_of(w)->share = -1;
    if (!known)
        return;
    NB_GROW(w->reader->arena, out->percentages, out->percentage_count, &out->percentage_capacity);
    out->percentages[out->percentage_count++] = found;
}

/* 未收到政府信息公开申请; 行政复议、行政诉讼均无. */
static void read_none(walk *w)
{
    nb_named named[NB_LABELS_MOST];
    nb_run after = { w->tokens, clause_of(w)->none + 1, w->at },
           before = { w->tokens, w->run, clause_of(w)->none };
    nb_run run = says_facet(after) ? after : before;
    nb_lexeme zero = w->tokens[clause_of(w)->none];
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
        claim(w, statement, named[i], !clause_of(w)->unknown || run.from == after.from);
    }
}

/* 均获维持, 全部办结: of all that was counted just before. */
static void read_all(walk *w)
{
    nb_run run = run_here(w);
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
        statement->start = w->tokens[run.from].start;
        statement->end = w->tokens[run.to - 1].end;
        statement->labels[statement->label_count++] = named.label;
    }
}

/* The end of a clause: what was said without a number, then nothing of it holds any more. */
static void end_clause(walk *w)
{
    nb_run run = run_here(w);
    if (clause_of(w)->none >= 0)
        read_none(w);
    else if (says_facet(run) && (has_use(run, NB_WORD_EACH) || has_use(run, NB_WORD_TOTAL)))
        read_all(w);
    *clause_of(w) = (clause){ .start = w->at + 1, .share = -1, .none = -1, .respectively = -1 };
    w->run = w->at + 1;
}

static void end_sentence(walk *w)
{
    end_clause(w);
    end_list(w, true);
    here(w)->base = -1;
    here(w)->doubted = false;
    w->other_period = w->own_named = w->until = w->other_agency = false;
    w->sentence++;
}

static void open_bracket(walk *w)
{
    if (w->depth + 1 == DEEPEST) {
        w->too_deep++;
        return;
    }
    const scope *outer = here(w);
    const nb_part_list *list = list_here(w);
    bool after_number = w->at > 0 && w->tokens[w->at - 1].kind == NB_LEXEME_NUMBER &&
                        !w->tokens[w->at - 1].number.is_percent;
    int whole = !after_number              ? -1
                : list && list->part_count ? list->parts[list->part_count - 1]
                                           : outer->last;
    w->depth++;
    w->scopes[w->depth] = (scope){ .list = -1, .last = -1, .base = -1, .doubted = outer->doubted };
    *clause_of(w) = (clause){ .start = w->at + 1, .share = -1, .none = -1, .respectively = -1 };
    w->run = w->at + 1;
    open_list(w, whole, false);
    list_here(w)->is_implied = true;
}

static void close_bracket(walk *w)
{
    if (w->too_deep > 0) {
        w->too_deep--;
    } else if (w->depth > 0) {
        end_clause(w);
        end_list(w, true);
        w->depth--;
    }
    w->run = w->at + 1;
}

static void read_mark(walk *w, nb_lexeme_kind kind)
{
    switch (kind) {
    case NB_LEXEME_STOP:
        end_sentence(w);
        break;
    case NB_LEXEME_SEMICOLON:
        end_clause(w);
        end_list(w, true);
        break;
    case NB_LEXEME_COLON:
        if (says_facet(run_here(w)))
            break;
        /* fall through */
    case NB_LEXEME_COMMA:
        end_clause(w);
        here(w)->fresh = here(w)->list >= 0 && list_here(w)->part_count > 0;
        break;
    case NB_LEXEME_AND:
        if (says_facet(run_here(w)))
            break;
        w->run = w->at + 1;
        if (clause_of(w)->numbered)
            clause_of(w)->unknown = clause_of(w)->partial = false;
        break;
    case NB_LEXEME_OPEN:
        open_bracket(w);
        break;
    case NB_LEXEME_CLOSE:
        close_bracket(w);
        break;
    default:
        break;
    }
}

/* Of which whole 其中 names parts. */
static int whole_before(walk *w)
{
    const nb_part_list *list = list_here(w);
    if (list && list->part_count > 0 && !here(w)->fresh)
        return list->parts[list->part_count - 1];
    int whole = list ? list->whole : here(w)->last;
    return whole >= 0 && w->out.statements[whole].sentence >= w->sentence - 1 ? whole : -1;
}

static bool is_in_sentence(walk *w)
{
    int last = here(w)->last;
    return last >= 0 && w->out.statements[last].sentence == w->sentence;
}

/* A clause after a comma that names a subject, a period or a sum is none of the parts before it. */
static void leave_list(walk *w)
{
    if (here(w)->list >= 0 && here(w)->fresh)
        end_list(w, false);
}

/* Whether a text ends with the name of an area or its government. */
static bool ends_with_area(const walk *w, nb_string text)
{
    for (int i = 0; i < w->claims->government_ending_count; i++) {
        nb_string ending = w->claims->government_endings[i];
        if (text.length >= ending.length &&
            memcmp(text.data + text.length - ending.length, ending.data, ending.length) == 0)
            return true;
    }
    return false;
}

static bool is_government(const walk *w)
{
    return ends_with_area(w, w->reader->agency);
}

/* 青石区统计局 is 云岭市青石区统计局, and so is 区统计局; 云岭市统计局 is another. */
static bool is_own_name(const walk *w, size_t start, size_t ending, size_t end)
{
    enum { SHORTEST = 6 }; /* bytes of the two hanzi that tell one ending from another */
    nb_string agency = w->reader->agency;
    size_t common = 0;
    while (common < end - start && common < agency.length &&
           w->text.data[end - common - 1] == agency.data[agency.length - common - 1])
        common++;
    return common >= end - ending + SHORTEST &&
           !ends_with_area(w, (nb_string){ w->text.data + start, end - common - start });
}

/* An agency named by its ending. Where it begins the clause, the sentence goes on about it. */
static void read_agency(walk *w)
{
    if (!is_unknown(w, w->at - 1))
        return;
    const nb_lexeme *before = &w->tokens[w->at - 1], *ending = &w->tokens[w->at];
    if (is_own_name(w, before->start, ending->start, ending->end)) {
        w->other_agency = false;
        return;
    }
    for (int at = clause_of(w)->start; at < w->at; at++) {
        const nb_lexeme *token = &w->tokens[at];
        bool leads = token->kind == NB_LEXEME_UNKNOWN || token->kind == NB_LEXEME_AND ||
                     is_use(token, NB_WORD_AND) || is_use(token, NB_WORD_FILLER) ||
                     is_use(token, NB_WORD_OWN_PERIOD) || is_use(token, NB_WORD_AGENCY_ENDING);
        if (!leads) {
            clause_of(w)->partial = true;
            return;
        }
    }
    w->other_agency = true;
}

static void read_unknown(walk *w)
{
    w->run = w->at + 1;
    clause_of(w)->unknown = true;
    clause_of(w)->none = clause_of(w)->respectively = -1;
}

static void read_facet(walk *w, const nb_word *word)
{
    int subject = nb_subject_named(word);
    if (word->senses[0].kind == NB_SENSE_WEAK) {
        nb_run run = { w->tokens, w->run, w->at + 1 };
        nb_named named = nb_name_run(w->claims, run, -1);
        subject = named.label.subject;
    }
    if (subject < 0)
        return;
    leave_list(w);
    w->subject = subject;
}

/* A word that says whose number, or which year's, is meant. */
static void read_scope_word(walk *w, nb_word_use use)
{
    switch (use) {
    case NB_WORD_OWN_PERIOD:
        leave_list(w);
        w->other_period = false;
        w->own_named = true;
        return;
    case NB_WORD_OWN_AGENCY:
        leave_list(w);
        w->other_agency = false;
        return;
    case NB_WORD_OTHER_PERIOD:
        w->other_period = true;
        break;
    case NB_WORD_CUMULATIVE:
        w->other_period = w->other_period || !w->own_named || w->until;
        break;
    case NB_WORD_UNTIL:
        w->until = true;
        break;
    case NB_WORD_PLANNED:
        clause_of(w)->planned = true;
        break;
    case NB_WORD_WHOLE_AREA:
        w->other_agency = !is_government(w);
        break;
    case NB_WORD_OTHER_AGENCY:
        w->other_agency = true;
        break;
    case NB_WORD_PARTIAL:
        clause_of(w)->partial = true;
        break;
    default:
        break;
    }
    w->run = w->at + 1;
}

static void read_word(walk *w, const nb_word *word)
{
    clause *now = clause_of(w);
    switch (word->use) {
    case NB_WORD_FACET:
        read_facet(w, word);
        break;
    case NB_WORD_FILLER:
    case NB_WORD_AND:
    case NB_WORD_OF:
    case NB_WORD_EACH:
    case NB_WORD_ABOUT:
    case NB_WORD_NEARLY:
    case NB_WORD_OVER:
    case NB_WORD_ODD:
        break;
    case NB_WORD_TOTAL:
        leave_list(w);
        now->partial = now->partial && here(w)->list >= 0;
        break;
    case NB_WORD_NONE:
        now->none = w->at;
        break;
    case NB_WORD_RESPECTIVELY:
        now->respectively = w->at;
        if (says_facet(run_here(w)))
            break;
        now->respectively = -1;
        if (is_in_sentence(w) && here(w)->list < 0) {
            open_list(w, here(w)->last, false);
            list_here(w)->is_complete = true;
        }
        w->run = w->at + 1;
        break;
    case NB_WORD_OF_WHICH:
        open_list(w, whole_before(w), false);
        w->run = w->at + 1;
        break;
    case NB_WORD_SOME:
        if (here(w)->list >= 0)
            list_here(w)->is_open = true;
        else if (is_in_sentence(w))
            open_list(w, here(w)->last, true);
        w->run = w->at + 1;
        break;
    case NB_WORD_AND_SO_ON:
        if (here(w)->list >= 0)
            list_here(w)->is_open = true;
        w->run = w->at + 1;
        break;
    case NB_WORD_REST:
        if (here(w)->list >= 0)
            list_here(w)->is_complete = true;
        read_unknown(w);
        break;
    case NB_WORD_SHARE:
        now->share = w->at;
        break;
    case NB_WORD_COMPARED:
        leave_list(w);
        now->compared = true;
        w->run = w->at + 1;
        break;
    case NB_WORD_MORE:
    case NB_WORD_LESS:
        now->difference = word->use == NB_WORD_MORE ? 1 : -1;
        w->run = w->at + 1;
        break;
    case NB_WORD_AGENCY_ENDING:
        read_agency(w);
        w->run = w->at + 1;
        break;
    case NB_WORD_ELSEWHERE:
        if (here(w)->list < 0)
            w->subject = -1;
        read_unknown(w);
        break;
    case NB_WORD_UPWARDS:
    case NB_WORD_ROUGHLY:
        read_unknown(w);
        break;
    default:
        read_scope_word(w, word->use);
        break;
    }
}

static void read_number(walk *w)
{
    clause_of(w)->none = -1;
    if (w->tokens[w->at].number.is_percent) {
        read_percentage(w);
    } else if (clause_of(w)->respectively < 0 || !read_respectively(w)) {
        read_count(w);
    }
    clause_of(w)->difference = 0;
    clause_of(w)->share = clause_of(w)->respectively = -1;
    w->run = w->at + 1;
}

nb_text_reader nb_text_reader_of(const nb_report *report, nb_arena *arena)
{
    const nb_form *form = report->form;
    const nb_value *year = &report->values[form->year_slot];
    const nb_value *agency = &report->values[form->agency_slot];
    return (nb_text_reader){ .claims = form->claims,
                             .arena = arena,
                             .room = nb_lexeme_room_new(arena),
                             .year = year->state == NB_VALUE_STATED ? year->number : 0,
                             .agency =
                                 agency->state == NB_VALUE_STATED ? agency->text : NB_STRING("") };
}

nb_reading nb_read_text(nb_text_reader *reader, nb_string text, int subject)
{
    nb_lexemes tokens = nb_lexemes_of(reader->room, reader->claims, text, reader->year);
    walk w = { .reader = reader,
               .claims = reader->claims,
               .text = text,
               .tokens = tokens.tokens,
               .count = tokens.count,
               .subject = subject };
    w.scopes[0] = (scope){ .list = -1, .last = -1, .base = -1 };
    *clause_of(&w) = (clause){ .share = -1, .none = -1, .respectively = -1 };
    for (; w.at < w.count; w.at++) {
        const nb_lexeme *token = &w.tokens[w.at];
        switch (token->kind) {
        case NB_LEXEME_UNKNOWN:
            read_unknown(&w);
            break;
        case NB_LEXEME_WORD:
            read_word(&w, token->word);
            break;
        case NB_LEXEME_NUMBER:
            read_number(&w);
            break;
        default:
            read_mark(&w, token->kind);
            break;
        }
    }
    while (w.depth > 0)
        close_bracket(&w);
    end_sentence(&w);
    return w.out;
}

int nb_read_heading(nb_text_reader *reader, nb_string text)
{
    nb_lexemes tokens = nb_lexemes_of(reader->room, reader->claims, text, reader->year);
    int subject = -1;
    for (int i = 0; i < tokens.count && subject < 0; i++)
        if (tokens.tokens[i].kind == NB_LEXEME_WORD)
            subject = nb_subject_named(tokens.tokens[i].word);
    return subject;
}

nb_claim_choice nb_label_choice(const struct nb_claims *claims, nb_label label)
{
    const nb_subject *subject = &claims->subjects[label.subject];
    return label.measure >= 0 ? subject->measures[label.measure].values : subject->values;
}
