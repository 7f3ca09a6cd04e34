#include "check/symbols.h"

#include "check/numerals.h"

enum {
    NIAN = 0x5E74,
    YUE = 0x6708,
    RI = 0x65E5,
    DU = 0x5EA6,
    FEN = 0x4EFD,
    DI_BOTTOM = 0x5E95,
    MO = 0x672B,
    ZHI = 0x81F3,
    DAO = 0x5230
};

static bool is_range_mark(uint32_t c)
{
    return c == '-' || c == ZHI || c == DAO;
}

/*
 * How many symbols a year takes, 0 for none, and what it becomes: 2022年, 二〇二二年度, or the first
 * year of 2021—2022年.
 */
static int year_at(const uint32_t *codes, int count, int64_t year, uint32_t *symbol)
{
    int64_t value, second;
    int end = nb_numeral_plain(codes, count, &value);
    if (end != 4 || value < 1900 || value > 2199)
        return 0;
    bool is_range = end < count && is_range_mark(codes[end]) &&
                    nb_numeral_plain(codes + end + 1, count - end - 1, &second) == 4;
    if (is_range)
        end += 5;
    if (end >= count || codes[end] != NIAN)
        return 0;
    end++;
    if (end < count && codes[end] == DU)
        end++;
    *symbol = is_range || year == 0 ? NB_SYMBOL_OTHER_YEAR
              : value == year       ? NB_SYMBOL_YEAR
              : value == year - 1   ? NB_SYMBOL_LAST_YEAR
              : value == year + 1   ? NB_SYMBOL_NEXT_YEAR
                                    : NB_SYMBOL_OTHER_YEAR;
    return end;
}

/* The same for 3月, 12月31日, 1-6月. from_january: it ends a range that begins with the year. */
static int date_at(const uint32_t *codes, int count, bool from_january, uint32_t *symbol)
{
    int64_t month, day = 0, second;
    int end = nb_numeral_plain(codes, count, &month);
    if (end == 0 || end > 2 || month < 1 || month > 12)
        return 0;
    if (end < count && is_range_mark(codes[end])) {
        int length = nb_numeral_plain(codes + end + 1, count - end - 1, &second);
        if (length == 0 || length > 2 || second < 1 || second > 12)
            return 0;
        from_january = month == 1;
        month = second;
        end += 1 + length;
    }
    if (end >= count || codes[end] != YUE)
        return 0;
    end++;
    if (end < count && codes[end] == FEN)
        end++;
    int length = nb_numeral_plain(codes + end, count - end, &second);
    if (length > 0 && end + length < count && codes[end + length] == RI) {
        day = second;
        end += length + 1;
    } else if (end < count && (codes[end] == DI_BOTTOM || codes[end] == MO)) {
        day = 31;
        end++;
    }
    bool goes_on = end < count && is_range_mark(codes[end]);
    *symbol = month == 1 && (day == 1 || (day == 0 && goes_on))          ? NB_SYMBOL_YEAR_START
              : month == 12 && (day == 31 || (day == 0 && from_january)) ? NB_SYMBOL_YEAR_END
                                                                         : NB_SYMBOL_DATE;
    return end;
}

static bool is_year(uint32_t symbol)
{
    return symbol >= NB_SYMBOL_YEAR && symbol <= NB_SYMBOL_OTHER_YEAR;
}

/*
 * What a year or date is after the symbol before it and, where it ends a range, the one that begins
 * it: the second year of a range is another's, and so are 1 January and 31 December of another year,
 * and 31 December of a range that does not begin with the year.
 */
static uint32_t beside_others(uint32_t symbol, uint32_t before, uint32_t begun)
{
    bool is_edge = symbol == NB_SYMBOL_YEAR_START || symbol == NB_SYMBOL_YEAR_END;
    bool is_others = (is_year(before) && before != NB_SYMBOL_YEAR) || begun == NB_SYMBOL_DATE;
    if (is_year(symbol) && (is_year(begun) || begun == NB_SYMBOL_DATE))
        return NB_SYMBOL_OTHER_YEAR;
    return is_edge && is_others ? NB_SYMBOL_DATE : symbol;
}

/* Years and dates become one symbol each. */
static void fold_dates(nb_symbols *symbols, int64_t year)
{
    uint32_t *codes = symbols->codes;
    int out = 0;
    for (int at = 0, length; at < symbols->count; at += length) {
        const uint32_t *rest = codes + at;
        int count = symbols->count - at;
        uint32_t symbol = *rest;
        bool ends_range = out > 1 && is_range_mark(codes[out - 1]);
        uint32_t begun = ends_range ? codes[out - 2] : NB_SYMBOL_NONE;
        bool goes_on = at > 0 && (nb_is_digit(rest[-1]) || nb_is_letter(rest[-1]));
        length = 0;
        if (!goes_on && (nb_is_digit(symbol) || nb_hanzi_digit(symbol) >= 0)) {
            length = year_at(rest, count, year, &symbol);
            if (length == 0)
                length = date_at(rest, count, begun == NB_SYMBOL_YEAR_START, &symbol);
        }
        if (length == 0)
            length = 1;
        codes[out] = beside_others(symbol, out > 0 ? codes[out - 1] : NB_SYMBOL_NONE, begun);
        symbols->starts[out] = symbols->starts[at];
        symbols->ends[out++] = symbols->ends[at + length - 1];
    }
    symbols->count = out;
}

void nb_symbols_read(nb_symbols *symbols, nb_string text, int64_t year)
{
    bool may_have_dates = false;
    symbols->count = 0;
    if (symbols->capacity < (int)text.length) {
        symbols->capacity = (int)text.length;
        symbols->codes = nb_arena_room(symbols->arena, text.length * sizeof *symbols->codes);
        symbols->starts = nb_arena_room(symbols->arena, text.length * sizeof *symbols->starts);
        symbols->ends = nb_arena_room(symbols->arena, text.length * sizeof *symbols->ends);
    }
    for (const char *at = text.data, *end = at + text.length; at < end;) {
        uint32_t start = (uint32_t)(at - text.data);
        uint32_t code = nb_utf8_next(&at, end);
        bool is_hanzi = code >= 0x4E00 && code <= 0x9FFF; /* which are their own symbols */
        code = is_hanzi ? code : nb_lexicon_symbol(code);
        if (code == NB_SYMBOL_NONE)
            continue;
        may_have_dates = may_have_dates || code == NIAN || code == YUE;
        symbols->codes[symbols->count] = code;
        symbols->starts[symbols->count] = start;
        symbols->ends[symbols->count++] = (uint32_t)(at - text.data);
    }
    if (may_have_dates)
        fold_dates(symbols, year);
}
