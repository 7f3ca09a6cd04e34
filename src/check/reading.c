#include "check/walk.h"

static void end_list(nb_walk *w, bool at_end)
{
    nb_part_list *list = nb_walk_list(w);
    if (list)
        list->ends = at_end && !nb_walk_here(w)->fresh;
    nb_walk_here(w)->list = -1;
}

/* The end of a clause: what was said without a number, then nothing of it holds any more. */
static void end_clause(nb_walk *w)
{
    nb_run run = nb_walk_run(w);
    if (nb_walk_clause(w)->none >= 0)
        nb_walk_read_none(w);
    else if (nb_run_says_facet(run) &&
             (nb_run_has_use(run, NB_WORD_EACH) || nb_run_has_use(run, NB_WORD_TOTAL)))
        nb_walk_read_all(w);
    *nb_walk_clause(w) =
        (nb_clause){ .start = w->at + 1, .share = -1, .none = -1, .respectively = -1 };
    w->run = w->at + 1;
}

static void end_sentence(nb_walk *w)
{
    end_clause(w);
    end_list(w, true);
    nb_walk_here(w)->base = -1;
    nb_walk_here(w)->doubted = false;
    w->other_period = w->own_named = w->until = w->other_agency = false;
    w->sentence++;
}

static void open_bracket(nb_walk *w)
{
    if (w->depth + 1 == NB_WALK_DEEPEST) {
        w->too_deep++;
        return;
    }
    const nb_scope *outer = nb_walk_here(w);
    const nb_part_list *list = nb_walk_list(w);
    bool after_number = w->at > 0 && w->tokens[w->at - 1].kind == NB_LEXEME_NUMBER &&
                        !w->tokens[w->at - 1].number.is_percent;
    int whole = !after_number              ? -1
                : list && list->part_count ? list->parts[list->part_count - 1]
                                           : outer->last;
    w->depth++;
    w->scopes[w->depth] =
        (nb_scope){ .list = -1, .last = -1, .base = -1, .doubted = outer->doubted };
    *nb_walk_clause(w) =
        (nb_clause){ .start = w->at + 1, .share = -1, .none = -1, .respectively = -1 };
    w->run = w->at + 1;
    nb_walk_open_list(w, whole, false);
    nb_walk_list(w)->is_implied = true;
}

static void close_bracket(nb_walk *w)
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

static void read_mark(nb_walk *w, nb_lexeme_kind kind)
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
        if (nb_run_says_facet(nb_walk_run(w)))
            break;
        /* fall through */
    case NB_LEXEME_COMMA:
        end_clause(w);
        nb_walk_here(w)->fresh = nb_walk_here(w)->list >= 0 && nb_walk_list(w)->part_count > 0;
        break;
    case NB_LEXEME_AND:
        if (nb_run_says_facet(nb_walk_run(w)))
            break;
        w->run = w->at + 1;
        if (nb_walk_clause(w)->numbered)
            nb_walk_clause(w)->unknown = nb_walk_clause(w)->partial = false;
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
static int whole_before(nb_walk *w)
{
    const nb_part_list *list = nb_walk_list(w);
    if (list && list->part_count > 0 && !nb_walk_here(w)->fresh)
        return list->parts[list->part_count - 1];
    int whole = list ? list->whole : nb_walk_here(w)->last;
    return whole >= 0 && w->out.statements[whole].sentence >= w->sentence - 1 ? whole : -1;
}

static bool is_in_sentence(nb_walk *w)
{
    int last = nb_walk_here(w)->last;
    return last >= 0 && w->out.statements[last].sentence == w->sentence;
}

/* A clause after a comma that names a subject, a period or a sum is none of the parts before it. */
static void leave_list(nb_walk *w)
{
    if (nb_walk_here(w)->list >= 0 && nb_walk_here(w)->fresh)
        end_list(w, false);
}

static void read_unknown(nb_walk *w)
{
    w->run = w->at + 1;
    nb_walk_clause(w)->unknown = true;
    nb_walk_clause(w)->none = nb_walk_clause(w)->respectively = -1;
}

static void read_facet(nb_walk *w, const nb_word *word)
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
static void read_scope_word(nb_walk *w, nb_word_use use)
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
        nb_walk_clause(w)->planned = true;
        break;
    case NB_WORD_WHOLE_AREA:
        w->other_agency = !nb_walk_is_government(w);
        break;
    case NB_WORD_OTHER_AGENCY:
        w->other_agency = true;
        break;
    case NB_WORD_PARTIAL:
        nb_walk_clause(w)->partial = true;
        break;
    default:
        break;
    }
    w->run = w->at + 1;
}

/* A word that says how numbers go together: a whole and its parts, or several things' numbers. */
static void read_list_word(nb_walk *w, nb_word_use use)
{
    switch (use) {
    case NB_WORD_RESPECTIVELY:
        nb_walk_clause(w)->respectively = w->at;
        if (nb_run_says_facet(nb_walk_run(w)))
            break;
        nb_walk_clause(w)->respectively = -1;
        if (is_in_sentence(w) && nb_walk_here(w)->list < 0) {
            nb_walk_open_list(w, nb_walk_here(w)->last, false);
            nb_walk_list(w)->is_complete = true;
        }
        w->run = w->at + 1;
        break;
    case NB_WORD_OF_WHICH:
        nb_walk_open_list(w, whole_before(w), false);
        w->run = w->at + 1;
        break;
    case NB_WORD_SOME:
        if (nb_walk_here(w)->list >= 0)
            nb_walk_list(w)->is_open = true;
        else if (is_in_sentence(w))
            nb_walk_open_list(w, nb_walk_here(w)->last, true);
        w->run = w->at + 1;
        break;
    case NB_WORD_AND_SO_ON:
        if (nb_walk_here(w)->list >= 0)
            nb_walk_list(w)->is_open = true;
        w->run = w->at + 1;
        break;
    case NB_WORD_REST:
        if (nb_walk_here(w)->list >= 0)
            nb_walk_list(w)->is_complete = true;
        read_unknown(w);
        break;
    default:
        break;
    }
}

static void read_word(nb_walk *w, const nb_word *word)
{
    nb_clause *now = nb_walk_clause(w);
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
        now->partial = now->partial && nb_walk_here(w)->list >= 0;
        break;
    case NB_WORD_NONE:
        now->none = w->at;
        break;
    case NB_WORD_RESPECTIVELY:
    case NB_WORD_OF_WHICH:
    case NB_WORD_SOME:
    case NB_WORD_AND_SO_ON:
    case NB_WORD_REST:
        read_list_word(w, word->use);
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
        nb_walk_read_agency(w);
        w->run = w->at + 1;
        break;
    case NB_WORD_ELSEWHERE:
        if (nb_walk_here(w)->list < 0)
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
    nb_walk w = { .reader = reader,
                  .claims = reader->claims,
                  .text = text,
                  .tokens = tokens.tokens,
                  .count = tokens.count,
                  .subject = subject };
    w.scopes[0] = (nb_scope){ .list = -1, .last = -1, .base = -1 };
    *nb_walk_clause(&w) = (nb_clause){ .share = -1, .none = -1, .respectively = -1 };
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
            nb_walk_read_number(&w);
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
