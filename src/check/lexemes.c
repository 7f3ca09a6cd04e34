#include "check/lexemes.h"

#include <string.h>

#include "check/symbols.h"

struct nb_lexeme_room {
    nb_arena *arena;
    nb_symbols symbols;
    nb_lexeme *tokens;
    int token_count, token_capacity;
};

typedef struct lexer {
    nb_lexeme_room *room;
    const struct nb_claims *claims;
    const nb_trie *words; /* of the claims */
    const uint32_t *symbols;
    int count;
    int at;
} lexer;

nb_lexeme_room *nb_lexeme_room_new(nb_arena *arena)
{
    nb_lexeme_room *room = NB_NEW(arena, nb_lexeme_room);
    room->arena = room->symbols.arena = arena;
    return room;
}

static bool is_hanzi_number(uint32_t c)
{
    return nb_hanzi_digit(c) >= 0 || nb_hanzi_multiple(c) > 0;
}

enum {
    DI_ORDINAL = 0x7B2C,
    SHU_SOME = 0x6570,
    BAI = 0x767E,
    FEN_PART = 0x5206,
    ZHI_OF = 0x4E4B,
    TITLE_OPEN = 0x300A,
    TITLE_CLOSE = 0x300B,
    NUMBER_OPEN = 0x3014,
    NUMBER_CLOSE = 0x3015
};

static const nb_word *word_at(const lexer *l, int at, int *length)
{
    uint32_t next = at + 1 < l->count ? l->symbols[at + 1] : NB_SYMBOL_NONE;
    if (!nb_trie_may_start(l->words, l->symbols[at], next))
        return NULL;
    int word = nb_lexicon_match(l->claims->lexicon, l->symbols + at, l->count - at, length);
    return word < 0 ? NULL : nb_lexicon_word(l->claims->lexicon, word);
}

static nb_lexeme *add_token(lexer *l, nb_lexeme_kind kind, int length)
{
    nb_lexeme_room *room = l->room;
    nb_lexeme *last = room->token_count ? &room->tokens[room->token_count - 1] : NULL;
    size_t end = room->symbols.ends[l->at + length - 1];
    if (kind == NB_LEXEME_UNKNOWN && last && last->kind == kind) {
        last->end = end;
    } else {
        NB_GROW(room->arena, room->tokens, room->token_count, &room->token_capacity);
        last = &room->tokens[room->token_count++];
        *last = (nb_lexeme){ .kind = kind, .start = room->symbols.starts[l->at], .end = end };
    }
    l->at += length;
    return last;
}

static void set_range(nb_number *number, const nb_numeral *n, nb_word_use hint)
{
    int64_t half = n->is_scaled ? n->unit / 2 : 0, step = nb_numeral_step(n);
    number->value = n->value;
    number->low = n->value - half;
    number->high = n->value + half;
    number->decimals = n->decimals;
    switch (hint) {
    case NB_WORD_ABOUT:
    case NB_WORD_ROUGHLY:
        half = n->value / 20 > step / 2 ? n->value / 20 : step / 2;
        number->low = n->value - half;
        number->high = n->value + half;
        break;
    case NB_WORD_NEARLY:
        number->low = n->value - step;
        break;
    case NB_WORD_ODD:
        number->high = n->value + step;
        break;
    case NB_WORD_OVER:
    case NB_WORD_UPWARDS:
        number->high = INT64_MAX;
        break;
    default:
        return;
    }
    number->is_vague = true;
}

static bool is_use(const nb_word *word, nb_word_use use)
{
    return word && word->use == use;
}

static nb_word_use hint_before(const lexer *l)
{
    const nb_lexeme_room *room = l->room;
    const nb_lexeme *last = room->token_count ? &room->tokens[room->token_count - 1] : NULL;
    if (!last || last->kind != NB_LEXEME_WORD)
        return NB_WORD_FACET;
    return last->word->use;
}

/* What follows the digits: 余 and 万 in either order, the counter, 以上. The place after them. */
static int read_counter(const lexer *l, int at, nb_numeral *n, nb_number *number, nb_word_use *hint)
{
    int length = 0;
    const nb_word *word = at < l->count ? word_at(l, at, &length) : NULL;
    if (is_use(word, NB_WORD_ODD)) {
        *hint = NB_WORD_ODD;
        at += length;
        for (; at < l->count; at++) {
            int64_t multiple = nb_hanzi_multiple(l->symbols[at]);
            if (multiple < 1000 || !nb_numeral_multiply(n, multiple))
                break;
        }
        word = at < l->count ? word_at(l, at, &length) : NULL;
    }
    if (at < l->count && l->symbols[at] == '%') {
        number->is_percent = true;
        at++;
        word = at < l->count ? word_at(l, at, &length) : NULL;
    } else if (is_use(word, NB_WORD_COUNTER)) {
        number->counter = word->senses[0].index;
        at += length;
        word = at < l->count ? word_at(l, at, &length) : NULL;
    }
    if (is_use(word, NB_WORD_UPWARDS) || is_use(word, NB_WORD_ROUGHLY) ||
        is_use(word, NB_WORD_ODD)) {
        *hint = word->use;
        at += length;
    }
    return at;
}

/*
 * A number with its counter, and the words around it that make it vague. An ordinal, a number that
 * is part of a longer string, 数百, or a hanzi numeral without a counter is none, and unknown.
 */
static void read_number(lexer *l)
{
    uint32_t before = l->at > 0 ? l->symbols[l->at - 1] : 0;
    nb_number number = { .counter = -1 };
    nb_numeral n;
    int start = l->at, length = 0;
    number.is_percent = l->at + 3 < l->count && l->symbols[l->at] == BAI &&
                        l->symbols[l->at + 1] == FEN_PART && l->symbols[l->at + 2] == ZHI_OF;
    if (number.is_percent)
        l->at += 3;
    bool is_arabic = nb_is_digit(l->symbols[l->at]);
    const uint32_t *digits = l->symbols + l->at;
    int left = l->count - l->at;
    bool is_some = before == SHU_SOME && nb_hanzi_multiple(*digits) > 0;
    if (before != DI_ORDINAL && !is_some && !nb_is_letter(before) && before != '.' && before != '-')
        length =
            is_arabic ? nb_numeral_arabic(digits, left, &n) : nb_numeral_hanzi(digits, left, &n);
    bool good = length > 0;
    int end = l->at + length;
    l->at = start;
    if (good) {
        nb_word_use hint = hint_before(l);
        end = read_counter(l, end, &n, &number, &hint);
        set_range(&number, &n, hint);
        good = is_arabic || number.is_percent || number.counter >= 0;
    }
    if (good) {
        add_token(l, NB_LEXEME_NUMBER, end - start)->number = number;
        return;
    }
    for (end = start + 1; end < l->count; end++) {
        uint32_t c = l->symbols[end];
        bool goes_on = is_arabic ? nb_is_digit(c) || nb_is_letter(c) || nb_hanzi_multiple(c) > 0 ||
                                       (c < 0x80 && c && strchr("-./:", (int)c))
                                 : is_hanzi_number(c);
        if (!goes_on)
            break;
    }
    add_token(l, NB_LEXEME_UNKNOWN, end - start);
}

static nb_lexeme_kind mark_of(uint32_t c)
{
    switch (c) {
    case 0x3002:
    case '!':
    case '?':
    case '\n':
        return NB_LEXEME_STOP;
    case ';':
        return NB_LEXEME_SEMICOLON;
    case ',':
        return NB_LEXEME_COMMA;
    case ':':
        return NB_LEXEME_COLON;
    case 0x3001:
        return NB_LEXEME_AND;
    case '(':
        return NB_LEXEME_OPEN;
    case ')':
        return NB_LEXEME_CLOSE;
    default:
        return NB_LEXEME_UNKNOWN;
    }
}

enum { LONGEST_TITLE = 200 /* symbols; an opening mark without a close costs no more */ };

/* The length of a title in 《》 or a number in 〔〕, which say nothing here; 0 when there is none. */
static int quoted_length(const lexer *l)
{
    uint32_t open = l->symbols[l->at];
    if (open != TITLE_OPEN && open != NUMBER_OPEN)
        return 0;
    uint32_t close = open == TITLE_OPEN ? TITLE_CLOSE : NUMBER_CLOSE;
    int depth = 0;
    for (int at = l->at; at < l->count && at - l->at < LONGEST_TITLE; at++) {
        depth += l->symbols[at] == open ? 1 : l->symbols[at] == close ? -1 : 0;
        if (depth == 0)
            return at + 1 - l->at;
    }
    return 0;
}

nb_lexemes nb_lexemes_of(nb_lexeme_room *room, const struct nb_claims *claims, nb_string text,
                         int64_t year)
{
    lexer l = { .room = room, .claims = claims, .words = nb_lexicon_trie(claims->lexicon) };
    room->token_count = 0;
    nb_symbols_read(&room->symbols, text, year);
    l.symbols = room->symbols.codes;
    l.count = room->symbols.count;
    while (l.at < l.count) {
        uint32_t c = l.symbols[l.at];
        int length = quoted_length(&l);
        nb_lexeme_kind mark = mark_of(c);
        const nb_word *word;
        if (length > 0) {
            add_token(&l, NB_LEXEME_UNKNOWN, length);
        } else if (mark != NB_LEXEME_UNKNOWN) {
            add_token(&l, mark, 1);
        } else if ((word = word_at(&l, l.at, &length)) && word->use != NB_WORD_COUNTER) {
            add_token(&l, word->use == NB_WORD_IGNORED ? NB_LEXEME_UNKNOWN : NB_LEXEME_WORD, length)
                ->word = word;
        } else if (nb_is_digit(c) || is_hanzi_number(c)) {
            read_number(&l);
        } else {
            add_token(&l, NB_LEXEME_UNKNOWN, 1);
        }
    }
    return (nb_lexemes){ room->tokens, room->token_count };
}
