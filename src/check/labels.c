#include "check/labels.h"

const nb_sense *nb_sense_for(const nb_word *word, int subject)
{
    for (int i = 0; i < word->sense_count; i++)
        if (word->senses[i].subject == subject)
            return &word->senses[i];
    return NULL;
}

int nb_subject_named(const nb_word *word)
{
    for (int i = 0; word->use == NB_WORD_FACET && i < word->sense_count; i++)
        if (word->senses[i].kind == NB_SENSE_SUBJECT)
            return word->senses[i].subject;
    return -1;
}

static const nb_word *facet_at(nb_run run, int at)
{
    const nb_lexeme *token = &run.tokens[at];
    return token->kind == NB_LEXEME_WORD && token->word->use == NB_WORD_FACET ? token->word : NULL;
}

/* A word that names its subject by something only that subject has. */
static int subject_by_facet(const struct nb_claims *claims, const nb_word *word)
{
    for (int i = 0; i < word->sense_count; i++) {
        const nb_sense *sense = &word->senses[i];
        const nb_subject *subject = &claims->subjects[sense->subject];
        if ((sense->kind == NB_SENSE_MEASURE && subject->measures[sense->index].names) ||
            (sense->kind == NB_SENSE_COLUMN && subject->columns[sense->index].names))
            return sense->subject;
    }
    return -1;
}

/* 申请 is the subject where it is current already, and beside 收到. */
static int subject_by_weak_word(nb_run run, int current)
{
    for (int at = run.from; at < run.to; at++) {
        const nb_word *word = facet_at(run, at);
        if (!word || word->senses[0].kind != NB_SENSE_WEAK)
            continue;
        if (word->senses[0].subject == current)
            return current;
        for (int other = run.from; other < run.to; other++) {
            const nb_word *beside = facet_at(run, other);
            const nb_sense *sense = beside ? nb_sense_for(beside, word->senses[0].subject) : NULL;
            if (sense && sense->kind == NB_SENSE_MEASURE)
                return sense->subject;
        }
    }
    return -1;
}

/* The subject that the run itself names: the last one, unless 的 makes it an attribute. */
static int subject_of(const struct nb_claims *claims, nb_run run, int current)
{
    int subject = -1;
    for (int at = run.from; at < run.to; at++) {
        const nb_lexeme *token = &run.tokens[at];
        int named = token->kind == NB_LEXEME_WORD ? nb_subject_named(token->word) : -1;
        if (named >= 0)
            subject = named;
        else if (token->kind == NB_LEXEME_WORD && token->word->use == NB_WORD_OF)
            subject = -1;
    }
    if (subject < 0)
        subject = subject_by_weak_word(run, current);
    for (int at = run.from; subject < 0 && at < run.to; at++)
        if (facet_at(run, at))
            subject = subject_by_facet(claims, facet_at(run, at));
    return subject;
}

static void take_measure(const nb_subject *subject, int measure, nb_named *named)
{
    int before = named->label.measure;
    /* 不予公开的国家秘密: the narrower one comes last. */
    if (before >= 0 && before != measure && !subject->measures[measure].names)
        named->fails = true;
    named->label.measure = measure;
    named->has_facet = true;
}

static void take_facets(const struct nb_claims *claims, nb_run run, nb_named *named)
{
    for (int at = run.from; at < run.to; at++) {
        const nb_word *word = facet_at(run, at);
        if (!word || named->label.subject < 0)
            continue;
        const nb_sense *sense = nb_sense_for(word, named->label.subject);
        if (!sense) {
            /* Another subject's name only tells more; its measures do not fit. */
            named->fails = named->fails || nb_subject_named(word) < 0;
        } else if (sense->kind == NB_SENSE_MEASURE) {
            take_measure(&claims->subjects[sense->subject], sense->index, named);
        } else if (sense->kind == NB_SENSE_COLUMN) {
            named->fails =
                named->fails || (named->label.column >= 0 && named->label.column != sense->index);
            named->label.column = sense->index;
            named->has_facet = true;
        } else if (sense->kind == NB_SENSE_RATE) {
            named->rate = sense->index;
        }
    }
}

nb_named nb_name_run(const struct nb_claims *claims, nb_run run, int current)
{
    int said = subject_of(claims, run, current);
    nb_named named = { .label = { said >= 0 ? said : current, -1, -1 },
                       .subject_said = said >= 0,
                       .rate = -1 };
    take_facets(claims, run, &named);
    return named;
}

static bool is_joint(const nb_lexeme *token)
{
    return token->kind == NB_LEXEME_AND ||
           (token->kind == NB_LEXEME_WORD && token->word->use == NB_WORD_AND);
}

static bool says_anything(nb_run run)
{
    for (int at = run.from; at < run.to; at++)
        if (facet_at(run, at))
            return true;
    return false;
}

int nb_name_list(const struct nb_claims *claims, nb_run run, int current,
                 nb_named named[NB_LABELS_MOST])
{
    int count = 0, from = run.from;
    nb_run last = { 0 };
    if (current < 0)
        current = subject_of(claims, run, -1);
    for (int at = run.from; at <= run.to; at++) {
        if (at < run.to && !is_joint(&run.tokens[at]))
            continue;
        nb_run part = { run.tokens, from, at };
        from = at + 1;
        if (!says_anything(part))
            continue;
        if (count == NB_LABELS_MOST)
            return 0;
        named[count] = nb_name_run(claims, part, current);
        if (named[count].fails)
            return 0;
        if (named[count].subject_said)
            current = named[count].label.subject;
        last = part;
        count++;
    }
    for (int i = 0; i < count - 1; i++) {
        if (!named[i].has_facet && named[count - 1].has_facet)
            take_facets(claims, last, &named[i]);
        if (named[i].fails)
            return 0;
    }
    return count;
}
