#include "check/numbers.h"

/*
 * A text is made into symbols first, so that words match whatever width and quotation marks it is
 * written with; dates and years become one symbol each.
 */
struct nb_lexeme_room {
    nb_arena *arena;
    uint32_t *symbols;
    uint32_t *starts, *ends; /* bytes of each symbol */
    int symbol_count, symbol_capacity;
    bool may_have_dates; /* 年 or 月 is among them */
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

static const int64_t largest = (int64_t)1 << 48; /* of a number that a claim may state */

nb_lexeme_room *nb_lexeme_room_new(nb_arena *arena)
{
    nb_lexeme_room *room = NB_NEW(arena, nb_lexeme_room);
    room->arena = arena;
    return room;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* 0 to 9 of a Chinese digit, or -1. */
static int digit_of(uint32_t c)
{
    switch (c) {
    case 0x96F6:
    case 0x3007:
    case 0x25CB:
        return 0;
    case 0x4E00:
        return 1;
    case 0x4E8C:
    case 0x4E24:
        return 2;
    case 0x4E09:
        return 3;
    case 0x56DB:
        return 4;
    case 0x4E94:
        return 5;
    case 0x516D:
        return 6;
    case 0x4E03:
        return 7;
    case 0x516B:
        return 8;
    case 0x4E5D:
        return 9;
    default:
        return -1;
    }
}

/* 10, 100, 1000 for 十百千, and 10^4, 10^8 for 万亿; 0 for others. */
static int64_t multiple_of(uint32_t c)
{
    switch (c) {
    case 0x5341:
        return 10;
    case 0x767E:
        return 100;
    case 0x5343:
        return 1000;
    case 0x4E07:
        return 10000;
    case 0x4EBF:
        return 100000000;
    default:
        return 0;
    }
}

static bool is_hanzi_number(uint32_t c)
{
    return digit_of(c) >= 0 || multiple_of(c) > 0;
}

enum {
    NIAN = 0x5E74,
    YUE = 0x6708,
    RI = 0x65E5,
    DU = 0x5EA6,
    FEN = 0x4EFD,
    DI_ORDINAL = 0x7B2C,
    DI_BOTTOM = 0x5E95,
    MO = 0x672B,
    ZHI = 0x81F3,
    DAO = 0x5230,
    BAI = 0x767E,
    FEN_PART = 0x5206,
    ZHI_OF = 0x4E4B,
    POINT = 0x70B9,
    TITLE_OPEN = 0x300A,
    TITLE_CLOSE = 0x300B,
    NUMBER_OPEN = 0x3014,
    NUMBER_CLOSE = 0x3015
};

/* How many symbols from at a plain number of digits takes, Arabic or, with hanzi, 二〇二二. */
static int digits_at(const lexer *l, int at, int64_t *value)
{
    int length = 0;
    *value = 0;
    for (; at + length < l->count && length < 9; length++) {
        uint32_t c = l->symbols[at + length];
        int digit = is_digit(c) ? (int)(c - '0') : digit_of(c);
        if (digit < 0 || is_digit(c) != is_digit(l->symbols[at]))
            break;
        *value = *value * 10 + digit;
    }
    return length;
}

static bool is_range_mark(uint32_t c)
{
    return c == '-' || c == ZHI || c == DAO;
}

/* 2022年, 二〇二二年度, or the first year of 2021—2022年. */
static int year_at(const lexer *l, int at, int64_t year, uint32_t *symbol)
{
    int64_t value, second;
    int length = digits_at(l, at, &value);
    if (length != 4 || value < 1900 || value > 2199)
        return 0;
    int end = at + 4;
    bool is_range =
        end < l->count && is_range_mark(l->symbols[end]) && digits_at(l, end + 1, &second) == 4;
    if (is_range)
        end += 5;
    if (end >= l->count || l->symbols[end] != NIAN)
        return 0;
    end++;
    if (end < l->count && l->symbols[end] == DU)
        end++;
    *symbol = is_range || year == 0 ? NB_SYMBOL_OTHER_YEAR
              : value == year       ? NB_SYMBOL_YEAR
              : value == year - 1   ? NB_SYMBOL_LAST_YEAR
              : value == year + 1   ? NB_SYMBOL_NEXT_YEAR
                                    : NB_SYMBOL_OTHER_YEAR;
    return end - at;
}

/* 3月, 12月31日, 1-6月. */
static int date_at(const lexer *l, int at, uint32_t *symbol)
{
    int64_t month, day = 0, second;
    int first = digits_at(l, at, &month), end = at + first;
    if (first == 0 || first > 2 || month < 1 || month > 12)
        return 0;
    bool from_january = false;
    if (end < l->count && is_range_mark(l->symbols[end])) {
        int length = digits_at(l, end + 1, &second);
        if (length == 0 || length > 2 || second < 1 || second > 12)
            return 0;
        from_january = month == 1;
        month = second;
        end += 1 + length;
    } else if (at > 1 && is_range_mark(l->symbols[at - 1])) {
        from_january = l->symbols[at - 2] == NB_SYMBOL_YEAR_START;
    }
    if (end >= l->count || l->symbols[end] != YUE)
        return 0;
    end++;
    if (end < l->count && l->symbols[end] == FEN)
        end++;
    int length = end < l->count ? digits_at(l, end, &second) : 0;
    if (length > 0 && end + length < l->count && l->symbols[end + length] == RI) {
        day = second;
        end += length + 1;
    } else if (end < l->count && (l->symbols[end] == DI_BOTTOM || l->symbols[end] == MO)) {
        day = 31;
        end++;
    }
    bool goes_on = end < l->count && is_range_mark(l->symbols[end]);
    *symbol = month == 1 && (day == 1 || (day == 0 && goes_on))          ? NB_SYMBOL_YEAR_START
              : month == 12 && (day == 31 || (day == 0 && from_january)) ? NB_SYMBOL_YEAR_END
                                                                         : NB_SYMBOL_DATE;
    return end - at;
}

static void read_symbols(nb_lexeme_room *room, nb_string text)
{
    room->symbol_count = 0;
    room->may_have_dates = false;
    if (room->symbol_capacity < (int)text.length) {
        room->symbol_capacity = (int)text.length;
        room->symbols = nb_arena_room(room->arena, text.length * sizeof *room->symbols);
        room->starts = nb_arena_room(room->arena, text.length * sizeof *room->starts);
        room->ends = nb_arena_room(room->arena, text.length * sizeof *room->ends);
    }
    for (const char *at = text.data, *end = at + text.length; at < end;) {
        uint32_t start = (uint32_t)(at - text.data);
        uint32_t symbol = nb_utf8_next(&at, end);
        bool is_hanzi = symbol >= 0x4E00 && symbol <= 0x9FFF; /* which are their own symbols */
        symbol = is_hanzi ? symbol : nb_lexicon_symbol(symbol);
        if (symbol == NB_SYMBOL_NONE)
            continue;
        room->may_have_dates = room->may_have_dates || symbol == NIAN || symbol == YUE;
        room->symbols[room->symbol_count] = symbol;
        room->starts[room->symbol_count] = start;
        room->ends[room->symbol_count++] = (uint32_t)(at - text.data);
    }
}

/* Years and dates become one symbol each; a year after a range mark is another's. */
static void fold_dates(nb_lexeme_room *room, lexer *l, int64_t year)
{
    int out = 0;
    l->symbols = room->symbols;
    l->count = room->symbol_count;
    if (!room->may_have_dates)
        return;
    for (int at = 0; at < room->symbol_count;) {
        uint32_t c = room->symbols[at], symbol = c;
        int length = 1;
        bool begins = is_digit(c) || digit_of(c) >= 0;
        bool goes_on =
            at > 0 && (is_digit(room->symbols[at - 1]) || is_letter(room->symbols[at - 1]));
        if (begins && !goes_on) {
            int found = year_at(l, at, year, &symbol);
            if (found == 0)
                found = date_at(l, at, &symbol);
            if (found > 0)
                length = found;
        }
        if (length > 1 && out > 1 && symbol >= NB_SYMBOL_YEAR && symbol <= NB_SYMBOL_OTHER_YEAR &&
            is_range_mark(room->symbols[out - 1]) && room->symbols[out - 2] >= NB_SYMBOL_YEAR &&
            room->symbols[out - 2] <= NB_SYMBOL_OTHER_YEAR)
            symbol = NB_SYMBOL_OTHER_YEAR;
        room->symbols[out] = symbol;
        room->starts[out] = room->starts[at];
        room->ends[out++] = room->ends[at + length - 1];
        at += length;
    }
    l->count = out;
}

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
    size_t end = room->ends[l->at + length - 1];
    if (kind == NB_LEXEME_UNKNOWN && last && last->kind == kind) {
        last->end = end;
    } else {
        NB_GROW(room->arena, room->tokens, room->token_count, &room->token_capacity);
        last = &room->tokens[room->token_count++];
        *last = (nb_lexeme){ .kind = kind, .start = room->starts[l->at], .end = end };
    }
    l->at += length;
    return last;
}

/* A number as its digits were read, in ten-thousandths. */
typedef struct numeral {
    int64_t value;
    int64_t unit; /* one of the last place that is written */
    int decimals;
    bool is_scaled; /* by 万 or the like, or with decimals: it may have been rounded */
} numeral;

/* 1258, 1,258, 12.5, 1.2万. False when what stands here only begins like a number. */
static bool arabic_at(const lexer *l, int *length, numeral *out)
{
    int at = l->at, digits = 0, group = 0;
    bool grouped = false;
    int64_t mantissa = 0;
    for (; at < l->count; at++) {
        uint32_t c = l->symbols[at];
        if (is_digit(c)) {
            if (++digits > 14)
                return false;
            mantissa = mantissa * 10 + (int64_t)(c - '0');
            group++;
            continue;
        }
        bool separates = c == ',' && at + 3 < l->count && (grouped ? group == 3 : group <= 3) &&
                         is_digit(l->symbols[at + 1]) && is_digit(l->symbols[at + 2]) &&
                         is_digit(l->symbols[at + 3]) &&
                         (at + 4 == l->count || !is_digit(l->symbols[at + 4]));
        if (!separates)
            break;
        grouped = true;
        group = 0;
    }
    *out = (numeral){ 0 };
    if (at + 1 < l->count && l->symbols[at] == '.' && is_digit(l->symbols[at + 1]))
        for (at++; at < l->count && is_digit(l->symbols[at]); at++) {
            if (++out->decimals > 4 || ++digits > 14)
                return false;
            mantissa = mantissa * 10 + (int64_t)(l->symbols[at] - '0');
        }
    int64_t unit = NB_NUMBER_ONE;
    for (int i = 0; i < out->decimals; i++)
        unit /= 10;
    out->is_scaled = out->decimals > 0;
    while (at < l->count && multiple_of(l->symbols[at]) >= 100 && unit < largest) {
        unit *= multiple_of(l->symbols[at++]);
        out->is_scaled = true;
    }
    if (at < l->count && (is_letter(l->symbols[at]) ||
                          (strchr("-./:", (int)(l->symbols[at] & 0x7F)) && l->symbols[at] < 0x80 &&
                           l->symbols[at] && at + 1 < l->count && is_digit(l->symbols[at + 1]))))
        return false;
    if (__builtin_mul_overflow(mantissa, unit, &out->value) || out->value > largest * NB_NUMBER_ONE)
        return false;
    out->unit = unit;
    *length = at - l->at;
    return true;
}

/* 十二, 一百零五, 两千三百, 二〇, 三万. */
static bool hanzi_at(const lexer *l, int *length, numeral *out)
{
    int64_t total = 0, section = 0, digit = -1, unit = NB_NUMBER_ONE, value = 0;
    int at = l->at;
    bool positional = false;
    for (; at < l->count && at - l->at < 20; at++) {
        uint32_t c = l->symbols[at];
        int64_t multiple = multiple_of(c);
        int found = digit_of(c);
        if (multiple >= 10000) {
            section += digit > 0 ? digit : 0;
            total = (total + section) * multiple;
            section = 0;
            digit = -1;
        } else if (multiple > 0) {
            section += (digit < 0 ? 1 : digit) * multiple;
            digit = -1;
        } else if (found >= 0) {
            /* 二〇: digit beside digit; but the zero of 一百零五 only fills a place */
            bool fills = digit == 0 && (section > 0 || total > 0);
            positional = positional || (digit >= 0 && !fills);
            digit = positional && digit >= 0 ? digit * 10 + found : found;
        } else {
            break;
        }
        if (total > largest || section > largest || digit > largest)
            return false;
    }
    value = (total + section + (digit > 0 ? digit : 0)) * NB_NUMBER_ONE;
    *out = (numeral){ .value = value };
    if (at + 1 < l->count && l->symbols[at] == POINT && digit_of(l->symbols[at + 1]) >= 0)
        for (at++; at < l->count && digit_of(l->symbols[at]) >= 0 && out->decimals < 4; at++) {
            unit /= 10;
            out->decimals++;
            out->value += digit_of(l->symbols[at]) * unit;
        }
    out->unit = unit;
    out->is_scaled = out->decimals > 0;
    *length = at - l->at;
    return true;
}

/* One of the last place that is not 0: 100 for 1200. */
static int64_t round_unit(const numeral *n)
{
    int64_t unit = n->unit;
    while (n->value > 0 && n->value % (unit * 10) == 0 && unit < largest)
        unit *= 10;
    return unit;
}

static void set_range(nb_number *number, const numeral *n, nb_word_use hint)
{
    int64_t half = n->is_scaled ? n->unit / 2 : 0, step = round_unit(n);
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
static int read_counter(const lexer *l, int at, numeral *n, nb_number *number, nb_word_use *hint)
{
    int length = 0;
    const nb_word *word = at < l->count ? word_at(l, at, &length) : NULL;
    if (is_use(word, NB_WORD_ODD)) {
        *hint = NB_WORD_ODD;
        at += length;
        for (; at < l->count; at++) {
            int64_t multiple = multiple_of(l->symbols[at]);
            if (multiple < 1000 || n->value > largest / multiple)
                break;
            n->value *= multiple;
            n->unit *= multiple;
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
 * is part of a longer string, or a hanzi numeral without a counter is none, and unknown.
 */
static void read_number(lexer *l)
{
    uint32_t before = l->at > 0 ? l->symbols[l->at - 1] : 0;
    nb_number number = { .counter = -1 };
    numeral n;
    int start = l->at, length = 0;
    number.is_percent = l->at + 3 < l->count && l->symbols[l->at] == BAI &&
                        l->symbols[l->at + 1] == FEN_PART && l->symbols[l->at + 2] == ZHI_OF;
    if (number.is_percent)
        l->at += 3;
    bool is_arabic = is_digit(l->symbols[l->at]);
    bool good = before != DI_ORDINAL && !is_letter(before) && before != '.' && before != '-' &&
                (is_arabic ? arabic_at(l, &length, &n) : hanzi_at(l, &length, &n)) && length > 0;
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
        bool goes_on =
            is_arabic ? is_digit(c) || is_letter(c) || (c < 0x80 && c && strchr("-./:", (int)c))
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
    read_symbols(room, text);
    fold_dates(room, &l, year);
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
        } else if (is_digit(c) || is_hanzi_number(c)) {
            read_number(&l);
        } else {
            add_token(&l, NB_LEXEME_UNKNOWN, 1);
        }
    }
    return (nb_lexemes){ room->tokens, room->token_count };
}
