/*
 * A pattern is read part by part. Of each part it is known which strings it fits, where these are
 * few and no others (是|全[省市]: 是, 全省, 全市), or else which choices of strings it needs, and with
 * which characters it begins and ends. What stands one after the other is joined while the strings
 * are few: (?:公开|发布)信息 gives 公开信息 and 发布信息. Where they are not, two characters are needed at
 * the seam: (?:公开|发布|…)(?:了|过)?(?:信息|文件|…) gives 开信, 布信, 开文, 开了 ….
 */
#include "form/pattern_words.h"

enum {
    MOST_JOINED = 64,    /* strings, of parts one after the other */
    MOST_BRANCHES = 160, /* alternatives of one group */
    MOST_OF_CLASS = 16,
    MOST_PARTS = 48,  /* of a sequence whose seams are looked at */
    MOST_PAIRS = 640, /* at a seam */
    DEEPEST = 12,
};

/* Strings of which one is needed, or that a part fits: a stretch of the literals. */
typedef struct choice {
    int from, count;
} choice;

struct nb_pattern_words {
    nb_arena *arena;
    nb_literal *literals;
    int literal_count, literal_capacity;
    uint32_t *characters; /* of rims */
    int character_count, character_capacity;
    choice *choices; /* a stack of what the parts need */
    int choice_count, choice_capacity;
};

typedef struct reading {
    nb_pattern_words *words;
    const char *at, *end;
    int depth;
    bool is_strange; /* something is not known here */
} reading;

/* The characters, each once, with which a part begins or ends: a stretch of the characters. */
typedef struct rim {
    bool is_known;
    int from, count;
} rim;

/* What is known of a part. One that fits no string never fits, and one that fits "" takes no room. */
typedef struct part {
    bool is_exact;
    choice strings; /* when it is */
    bool may_be_empty;
    rim first, last; /* of what it fits when that is not empty; not set when it is exact */
    bool is_joined;  /* with the part before it: more than their seam is needed */
} part;

nb_pattern_words *nb_pattern_words_new(nb_arena *arena)
{
    nb_pattern_words *n = NB_NEW(arena, nb_pattern_words);
    n->arena = arena;
    return n;
}

static nb_literal *add_literal(nb_pattern_words *n, const char *bytes, size_t length)
{
    NB_GROW(n->arena, n->literals, n->literal_count, &n->literal_capacity);
    nb_literal *added = &n->literals[n->literal_count++];
    added->length = (unsigned char)length;
    memcpy(added->bytes, bytes, length);
    return added;
}

static rim no_rim(const nb_pattern_words *n)
{
    return (rim){ true, n->character_count, 0 };
}

/* Add to the latest rim. */
static void add_to_rim(nb_pattern_words *n, rim *to, uint32_t character)
{
    for (int i = 0; i < to->count; i++)
        if (n->characters[to->from + i] == character)
            return;
    NB_GROW(n->arena, n->characters, n->character_count, &n->character_capacity);
    n->characters[n->character_count++] = character;
    to->count++;
}

static void add_rim(nb_pattern_words *n, rim *to, rim other)
{
    to->is_known = to->is_known && other.is_known;
    for (int i = 0; to->is_known && i < other.count; i++)
        add_to_rim(n, to, n->characters[other.from + i]);
}

/* The first characters of strings, or the last. */
static rim rim_of_strings(nb_pattern_words *n, choice strings, bool is_last)
{
    rim out = no_rim(n);
    for (int i = 0; i < strings.count; i++) {
        const nb_literal *string = &n->literals[strings.from + i];
        const char *at = string->bytes, *end = at + string->length;
        if (is_last && at < end)
            for (at = end - 1; (*at & 0xC0) == 0x80;)
                at--;
        if (at < end)
            add_to_rim(n, &out, nb_utf8_next(&at, end));
    }
    return out;
}

static rim rim_of(nb_pattern_words *n, const part *inside, bool is_last)
{
    if (inside->is_exact)
        return rim_of_strings(n, inside->strings, is_last);
    return is_last ? inside->last : inside->first;
}

static part exact_part(nb_pattern_words *n, choice strings)
{
    part out = { .is_exact = true, .strings = strings };
    for (int i = 0; i < strings.count; i++)
        out.may_be_empty = out.may_be_empty || n->literals[strings.from + i].length == 0;
    return out;
}

static part exactly(nb_pattern_words *n, const char *bytes, size_t length)
{
    add_literal(n, bytes, length);
    return exact_part(n, (choice){ n->literal_count - 1, 1 });
}

/* One character of many, or something that is not known here. */
static const part anything = { .is_exact = false };

static void need(nb_pattern_words *n, choice strings)
{
    for (int i = 0; i < strings.count; i++)
        if (n->literals[strings.from + i].length == 0)
            return;
    NB_GROW(n->arena, n->choices, n->choice_count, &n->choice_capacity);
    n->choices[n->choice_count++] = strings;
}

static choice copy(nb_pattern_words *n, choice strings)
{
    choice out = { n->literal_count, strings.count };
    for (int i = 0; i < strings.count; i++) {
        nb_literal each = n->literals[strings.from + i];
        add_literal(n, each.bytes, each.length);
    }
    return out;
}

static int longest(const nb_pattern_words *n, choice strings)
{
    int length = 0;
    for (int i = 0; i < strings.count; i++)
        if (n->literals[strings.from + i].length > length)
            length = n->literals[strings.from + i].length;
    return length;
}

static bool can_join(const nb_pattern_words *n, choice a, choice b)
{
    return a.count <= MOST_JOINED && b.count <= MOST_JOINED && a.count * b.count <= MOST_JOINED &&
           longest(n, a) + longest(n, b) <= NB_LONGEST_LITERAL;
}

/* Each of the one followed by each of the other. */
static choice join(nb_pattern_words *n, choice a, choice b)
{
    choice out = { n->literal_count, a.count * b.count };
    for (int i = 0; i < a.count; i++)
        for (int j = 0; j < b.count; j++) {
            nb_literal first = n->literals[a.from + i], second = n->literals[b.from + j];
            nb_literal *both = add_literal(n, first.bytes, first.length);
            memcpy(both->bytes + first.length, second.bytes, second.length);
            both->length = (unsigned char)(first.length + second.length);
        }
    return out;
}

/* How much is gained by looking for a choice first: long strings are rare. */
static int worth(const nb_pattern_words *n, choice strings)
{
    int least = NB_LONGEST_LITERAL + 1;
    for (int i = 0; i < strings.count; i++)
        if (n->literals[strings.from + i].length < least)
            least = n->literals[strings.from + i].length;
    return least * 256 - strings.count;
}

static int best_from(const nb_pattern_words *n, int mark)
{
    int best = mark;
    for (int i = mark + 1; i < n->choice_count; i++)
        if (worth(n, n->choices[i]) > worth(n, n->choices[best]))
            best = i;
    return best;
}

static part read_alternatives(reading *r);

static bool takes(reading *r, const char *text)
{
    size_t length = strlen(text);
    if ((size_t)(r->end - r->at) < length || memcmp(r->at, text, length) != 0)
        return false;
    r->at += length;
    return true;
}

static part strange(reading *r)
{
    r->is_strange = true;
    r->at = r->end;
    return anything;
}

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A character or \-escaped mark as its bytes; false for what stands for several characters. */
static bool read_character(reading *r, nb_string *out)
{
    if (*r->at == '\\') {
        r->at++;
        if (r->at == r->end || is_alphanumeric(*r->at))
            return false;
    }
    const char *start = r->at;
    (void)nb_utf8_next(&r->at, r->end);
    *out = (nb_string){ start, (size_t)(r->at - start) };
    return true;
}

static uint32_t code_point(nb_string character)
{
    return nb_utf8_next(&character.data, character.data + character.length);
}

/* [省市], [0-9]: exact when it has few members. r is past the bracket. */
static part read_class(reading *r)
{
    bool is_known = !takes(r, "^"), is_first = true;
    choice members = { r->words->literal_count, 0 };
    for (; r->at < r->end && (is_first || *r->at != ']'); is_first = false) {
        nb_string from, to;
        if (r->end - r->at > 1 && r->at[0] == '[' && strchr(":.=", r->at[1]))
            return strange(r);
        if (!read_character(r, &from)) {
            if (r->at == r->end || !strchr("sSdDwW", *r->at++))
                return strange(r);
            is_known = false;
            continue;
        }
        to = from;
        if (r->end - r->at > 1 && r->at[0] == '-' && r->at[1] != ']') {
            r->at++;
            if (!read_character(r, &to))
                return strange(r);
        }
        for (uint32_t c = code_point(from); is_known && c <= code_point(to); c++) {
            char bytes[4];
            is_known = members.count++ < MOST_OF_CLASS;
            int length = nb_utf8_encode(c, bytes);
            add_literal(r->words, bytes, (size_t)length);
        }
    }
    if (!takes(r, "]"))
        return strange(r);
    return is_known ? exact_part(r->words, members) : anything;
}

/* (…) of any kind; r is past the opening bracket. */
static part read_group(reading *r)
{
    bool looks = false, is_negative = false;
    nb_pattern_words *n = r->words;
    if (takes(r, "*SKIP)"))
        return exactly(n, "", 0);
    if (takes(r, "*F)"))
        return exact_part(n, (choice){ 0, 0 });
    if (takes(r, "?=") || takes(r, "?<=")) {
        looks = true;
    } else if (takes(r, "?!") || takes(r, "?<!")) {
        looks = is_negative = true;
    } else if (takes(r, "?<")) {
        while (r->at < r->end && (is_alphanumeric(*r->at) || *r->at == '_'))
            r->at++;
        if (!takes(r, ">"))
            return strange(r);
    } else if (r->at < r->end && (*r->at == '*' || (*r->at == '?' && !takes(r, "?:")))) {
        return strange(r);
    }
    int mark = n->choice_count;
    part inside = read_alternatives(r);
    if (!takes(r, ")"))
        return strange(r);
    if (!looks)
        return inside;
    /* What is looked at takes no room, but must be there. */
    if (is_negative)
        n->choice_count = mark;
    else if (inside.is_exact)
        need(n, inside.strings);
    return exactly(n, "", 0);
}

static part read_atom(reading *r)
{
    nb_string plain;
    const char *start = r->at;
    if (takes(r, "("))
        return read_group(r);
    if (takes(r, "["))
        return read_class(r);
    if (takes(r, "^") || takes(r, "$") || takes(r, "\\b") || takes(r, "\\B"))
        return exactly(r->words, "", 0);
    if (takes(r, ".") || takes(r, "\\s") || takes(r, "\\S") || takes(r, "\\d") || takes(r, "\\D") ||
        takes(r, "\\w") || takes(r, "\\W"))
        return anything;
    /* {2,4} after another such is a repetition of it. */
    if (strchr("*+?{", *r->at) || !read_character(r, &plain))
        return strange(r);
    if (plain.data > start || r->at == r->end || strchr("*+?{", *r->at))
        return exactly(r->words, plain.data, plain.length);
    /* More of the kind, but for the last, which may be repeated. */
    const char *whole_end = r->at;
    while (r->at < r->end && !strchr("\\^$.[|()*+?{", *r->at)) {
        (void)nb_utf8_next(&r->at, r->end);
        if ((r->at < r->end && strchr("*+?{", *r->at)) || r->at - start > NB_LONGEST_LITERAL)
            break;
        whole_end = r->at;
    }
    r->at = whole_end;
    return exactly(r->words, start, (size_t)(whole_end - start));
}

static int read_number(reading *r)
{
    int number = 0;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9' && number < 10000)
        number = number * 10 + (*r->at++ - '0');
    return number;
}

/* How often a part stands; most -1: without end. False when no such thing follows. */
static bool read_times(reading *r, int *least, int *most)
{
    *least = *most = 1;
    if (takes(r, "?")) {
        *least = 0;
    } else if (takes(r, "*")) {
        *least = 0;
        *most = -1;
    } else if (takes(r, "+")) {
        *most = -1;
    } else if (r->end - r->at > 1 && *r->at == '{' && r->at[1] >= '0' && r->at[1] <= '9') {
        r->at++;
        *least = *most = read_number(r);
        if (takes(r, ","))
            *most = r->at < r->end && *r->at != '}' ? read_number(r) : -1;
        if (!takes(r, "}"))
            (void)strange(r);
    } else {
        return false;
    }
    (void)(takes(r, "?") || takes(r, "+")); /* how far it goes first makes no difference here */
    return true;
}

/* A part that may be left out. */
static part maybe(nb_pattern_words *n, part inside)
{
    choice with = copy(n, inside.strings);
    add_literal(n, "", 0);
    with.count++;
    return exact_part(n, with);
}

/* A part that stands several times, of which only the ends are known. */
static part several(nb_pattern_words *n, part inside, bool may_be_empty)
{
    return (part){ .may_be_empty = may_be_empty,
                   .first = rim_of(n, &inside, false),
                   .last = rim_of(n, &inside, true) };
}

static part read_repeated(reading *r)
{
    nb_pattern_words *n = r->words;
    int mark = n->choice_count, least, most;
    part inside = read_atom(r);
    if (!read_times(r, &least, &most))
        return inside;
    if (least == 0) {
        n->choice_count = mark;
        return inside.is_exact && most == 1 ? maybe(n, inside) : several(n, inside, true);
    }
    if (!inside.is_exact)
        return several(n, inside, inside.may_be_empty);
    choice all = inside.strings;
    for (int i = 1; i < least; i++) {
        if (!can_join(n, all, inside.strings)) {
            most = -1; /* the rest is not known */
            break;
        }
        all = join(n, all, inside.strings);
    }
    if (most == least)
        return exact_part(n, all);
    need(n, all);
    return several(n, inside, inside.may_be_empty);
}

/* One of the last characters of what goes before, and one of the first of what follows. */
static void need_seam(nb_pattern_words *n, rim before, rim after)
{
    choice pairs = { n->literal_count, before.count * after.count };
    if (!before.is_known || !after.is_known || before.count > MOST_PAIRS ||
        after.count > MOST_PAIRS || pairs.count > MOST_PAIRS)
        return;
    for (int i = 0; i < before.count; i++)
        for (int j = 0; j < after.count; j++) {
            char both[8];
            int length = nb_utf8_encode(n->characters[before.from + i], both);
            length += nb_utf8_encode(n->characters[after.from + j], both + length);
            add_literal(n, both, (size_t)length);
        }
    need(n, pairs);
}

/* What is known of parts one after the other that are not exact together; their seams are needed. */
static part sequence_of(nb_pattern_words *n, const part *parts, int count)
{
    rim first[MOST_PARTS + 1], last = no_rim(n);
    bool is_empty_after[MOST_PARTS + 1], is_empty = true;
    first[count] = last;
    is_empty_after[count] = true;
    for (int i = count - 1; i >= 0; i--) {
        is_empty_after[i] = is_empty_after[i + 1] && parts[i].may_be_empty;
        first[i] = rim_of(n, &parts[i], false);
        if (parts[i].may_be_empty) {
            rim own = first[i];
            first[i] = no_rim(n);
            add_rim(n, &first[i], own);
            add_rim(n, &first[i], first[i + 1]);
        }
    }
    for (int i = 0; i < count; i++) {
        if (!parts[i].is_joined && !is_empty && !is_empty_after[i])
            need_seam(n, last, first[i]);
        rim before = last, own = rim_of(n, &parts[i], true);
        last = own;
        if (parts[i].may_be_empty) {
            last = no_rim(n);
            add_rim(n, &last, own);
            add_rim(n, &last, before);
        }
        is_empty = is_empty && parts[i].may_be_empty;
    }
    return (part){ .may_be_empty = is_empty, .first = first[0], .last = last };
}

static part read_sequence(reading *r)
{
    nb_pattern_words *n = r->words;
    part parts[MOST_PARTS];
    int count = 0;
    bool is_whole = true, never = false;
    choice strings = exactly(n, "", 0).strings;
    while (r->at < r->end && *r->at != '|' && *r->at != ')') {
        part next = read_repeated(r);
        never = never || (next.is_exact && next.strings.count == 0);
        next.is_joined = next.is_exact && can_join(n, strings, next.strings);
        if (count < MOST_PARTS)
            parts[count] = next;
        count++;
        if (next.is_joined) {
            strings = join(n, strings, next.strings);
            continue;
        }
        is_whole = false;
        need(n, strings);
        strings = next.is_exact ? next.strings : exactly(n, "", 0).strings;
    }
    if (is_whole || never)
        return exact_part(n, (choice){ strings.from, never ? 0 : strings.count });
    need(n, strings);
    return count <= MOST_PARTS ? sequence_of(n, parts, count) : (part){ .may_be_empty = true };
}

/* The best of what a branch needs, whose choices begin at a place of the stack. */
static bool best_need(nb_pattern_words *n, const part *branch, int mark, choice *out)
{
    if (branch->is_exact) {
        *out = branch->strings;
        return true;
    }
    if (n->choice_count == mark)
        return false;
    *out = n->choices[best_from(n, mark)];
    return true;
}

/* Any of several parts: all their strings, or the best that each of them needs. */
static part one_of(nb_pattern_words *n, const part *branches, const choice *needed, int count,
                   bool needs_any)
{
    part out = { .is_exact = true };
    choice all = { n->literal_count, 0 };
    for (int i = 0; i < count; i++) {
        out.is_exact = out.is_exact && branches[i].is_exact;
        out.may_be_empty = out.may_be_empty || branches[i].may_be_empty;
        if (needs_any)
            all.count += copy(n, needed[i]).count;
    }
    if (out.is_exact)
        return exact_part(n, all);
    if (needs_any)
        need(n, all);
    for (int is_last = 0; is_last < 2; is_last++) {
        rim own[MOST_BRANCHES], *whole = is_last ? &out.last : &out.first;
        for (int i = 0; i < count; i++)
            own[i] = rim_of(n, &branches[i], is_last);
        *whole = no_rim(n);
        for (int i = 0; i < count; i++)
            add_rim(n, whole, own[i]);
    }
    return out;
}

static part read_alternatives(reading *r)
{
    part branches[MOST_BRANCHES];
    choice needed[MOST_BRANCHES];
    nb_pattern_words *n = r->words;
    int count = 0, mark = n->choice_count;
    bool needs_any = true;
    if (++r->depth > DEEPEST)
        return strange(r);
    do {
        if (count == MOST_BRANCHES)
            return strange(r);
        branches[count] = read_sequence(r);
        if (count == 0 && (r->at == r->end || *r->at != '|')) {
            r->depth--;
            return branches[0];
        }
        needs_any = best_need(n, &branches[count], mark, &needed[count]) && needs_any;
        n->choice_count = mark;
        count++;
    } while (takes(r, "|"));
    r->depth--;
    return one_of(n, branches, needed, count, needs_any);
}

int nb_pattern_words_needed(nb_pattern_words *n, nb_string pattern, int most, nb_word_choice *out)
{
    reading r = { .words = n, .at = pattern.data, .end = pattern.data + pattern.length };
    n->literal_count = n->character_count = n->choice_count = 0;
    part whole = read_alternatives(&r);
    if (whole.is_exact)
        need(n, whole.strings);
    if (r.is_strange || r.at < r.end)
        return 0;
    int count = 0;
    for (; count < most && n->choice_count > 0; count++) {
        int best = best_from(n, 0);
        choice strings = n->choices[best];
        out[count] = (nb_word_choice){ n->literals + strings.from, strings.count };
        n->choices[best] = n->choices[--n->choice_count];
    }
    return count;
}
