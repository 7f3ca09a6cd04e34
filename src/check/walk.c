/* The state of reading a text. */
#include "check/walk.h"

nb_scope *nb_walk_here(nb_walk *w)
{
    return &w->scopes[w->depth];
}

nb_clause *nb_walk_clause(nb_walk *w)
{
    return &nb_walk_here(w)->clause;
}

nb_part_list *nb_walk_list(nb_walk *w)
{
    int list = nb_walk_here(w)->list;
    return list < 0 ? NULL : &w->out.lists[list];
}

nb_run nb_walk_run(const nb_walk *w)
{
    return (nb_run){ w->tokens, w->run, w->at };
}

bool nb_is_use(const nb_lexeme *token, nb_word_use use)
{
    return token->kind == NB_LEXEME_WORD && token->word->use == use;
}

bool nb_is_unknown(const nb_walk *w, int at)
{
    return at >= 0 && at < w->count && w->tokens[at].kind == NB_LEXEME_UNKNOWN;
}

bool nb_run_says_facet(nb_run run)
{
    for (int at = run.from; at < run.to; at++)
        if (nb_is_use(&run.tokens[at], NB_WORD_FACET))
            return true;
    return false;
}

bool nb_run_has_use(nb_run run, nb_word_use use)
{
    for (int at = run.from; at < run.to; at++)
        if (nb_is_use(&run.tokens[at], use))
            return true;
    return false;
}

void nb_walk_open_list(nb_walk *w, int whole, bool is_open)
{
    nb_reading *out = &w->out;
    NB_GROW(w->reader->arena, out->lists, out->list_count, &out->list_capacity);
    nb_walk_here(w)->list = out->list_count;
    out->lists[out->list_count++] = (nb_part_list){ .whole = whole, .is_open = is_open };
    nb_walk_here(w)->fresh = false;
}

/* Whether a text ends with the name of an area or its government. */
static bool ends_with_area(const nb_walk *w, nb_string text)
{
    for (int i = 0; i < w->claims->government_ending_count; i++) {
        nb_string ending = w->claims->government_endings[i];
        if (text.length >= ending.length &&
            memcmp(text.data + text.length - ending.length, ending.data, ending.length) == 0)
            return true;
    }
    return false;
}

bool nb_walk_is_government(const nb_walk *w)
{
    return ends_with_area(w, w->reader->agency);
}

/* 青石区统计局 is 云岭市青石区统计局, and so is 区统计局; 云岭市统计局 is another. */
static bool is_own_name(const nb_walk *w, size_t start, size_t ending, size_t end)
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
void nb_walk_read_agency(nb_walk *w)
{
    if (!nb_is_unknown(w, w->at - 1))
        return;
    const nb_lexeme *before = &w->tokens[w->at - 1], *ending = &w->tokens[w->at];
    if (is_own_name(w, before->start, ending->start, ending->end)) {
        w->other_agency = false;
        return;
    }
    for (int at = nb_walk_clause(w)->start; at < w->at; at++) {
        const nb_lexeme *token = &w->tokens[at];
        bool leads = token->kind == NB_LEXEME_UNKNOWN || token->kind == NB_LEXEME_AND ||
                     nb_is_use(token, NB_WORD_AND) || nb_is_use(token, NB_WORD_FILLER) ||
                     nb_is_use(token, NB_WORD_OWN_PERIOD) ||
                     nb_is_use(token, NB_WORD_AGENCY_ENDING);
        if (!leads) {
            nb_walk_clause(w)->partial = true;
            return;
        }
    }
    w->other_agency = true;
}
