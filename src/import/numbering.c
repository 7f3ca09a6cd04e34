/*
 * Numbers that a word processor counts (17.9): a paragraph names a list and a level, the list an
 * abstract one, and that gives each level its format and a text such as 第%1条 or （%2）.
 *
 *   w:numPr ─ w:numId ──▶ w:num ─ w:abstractNumId ──▶ w:abstractNum ─ w:lvl
 *   w:pStyle ──▶ w:style ─ w:basedOn … ─ w:pPr ─ w:numPr
 */
#include "import/reader.h"

enum { LEVELS = 9, MOST_LISTS = 2000, MOST_STYLES = 20 /* one based on the other */ };

typedef struct number_level {
    nb_string format;
    nb_string text;
    int start;
    bool is_legal; /* all levels in its text are in Arabic digits (17.9.4) */
} number_level;

typedef struct abstract_list {
    nb_string id;
    number_level levels[LEVELS];
    int counts[LEVELS];
    bool begun[LEVELS];
} abstract_list;

typedef struct number_list {
    nb_string id;
    abstract_list *abstract;
    int starts[LEVELS]; /* -1: not its own */
    bool used[LEVELS];
} number_list;

struct nb_numbering {
    nb_arena *arena;
    abstract_list *abstracts;
    int abstract_count;
    number_list *lists;
    int list_count;
    const xmlNode *styles; /* w:styles, or NULL */
};

static nb_string value_of(const xmlNode *parent, const char *name, nb_arena *arena)
{
    return nb_attribute(nb_child(parent, name), "val", arena);
}

static int small_number(nb_string text, int otherwise)
{
    int number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || number > 99999)
            return otherwise;
        number = number * 10 + text.data[i] - '0';
    }
    return text.length ? number : otherwise;
}

static int level_of(const xmlNode *node, nb_arena *arena)
{
    int level = small_number(nb_attribute(node, "ilvl", arena), -1);
    return level < LEVELS ? level : -1;
}

static void read_level(const xmlNode *node, abstract_list *list, nb_arena *arena)
{
    int at = level_of(node, arena);
    if (at < 0)
        return;
    list->levels[at] =
        (number_level){ value_of(node, "numFmt", arena), value_of(node, "lvlText", arena),
                        small_number(value_of(node, "start", arena), 1),
                        nb_is_on(node, "isLgl", arena) };
}

static void read_abstract(nb_numbering *n, const xmlNode *node)
{
    abstract_list *list = &n->abstracts[n->abstract_count++];
    list->id = nb_attribute(node, "abstractNumId", n->arena);
    for (int i = 0; i < LEVELS; i++)
        list->levels[i] = (number_level){ NB_STRING(""), NB_STRING(""), 1, false };
    for (const xmlNode *child = node->children; child; child = child->next)
        if (nb_element_is(child, "lvl"))
            read_level(child, list, n->arena);
}

static void read_list(nb_numbering *n, const xmlNode *node)
{
    number_list *list = &n->lists[n->list_count++];
    nb_string abstract = value_of(node, "abstractNumId", n->arena);
    list->id = nb_attribute(node, "numId", n->arena);
    for (int i = 0; i < n->abstract_count; i++)
        if (nb_string_equal(n->abstracts[i].id, abstract))
            list->abstract = &n->abstracts[i];
    for (int i = 0; i < LEVELS; i++)
        list->starts[i] = -1;
    for (const xmlNode *child = node->children; child; child = child->next) {
        int at = nb_element_is(child, "lvlOverride") ? level_of(child, n->arena) : -1;
        if (at >= 0)
            list->starts[at] = small_number(value_of(child, "startOverride", n->arena), -1);
    }
}

static size_t children(const xmlNode *root, const char *name)
{
    size_t count = 0;
    for (const xmlNode *child = root ? root->children : NULL; child; child = child->next)
        count += nb_element_is(child, name) && count < MOST_LISTS;
    return count;
}

nb_numbering *nb_numbering_new(xmlDoc *numbering, xmlDoc *styles, nb_arena *arena)
{
    nb_numbering *n = NB_NEW(arena, nb_numbering);
    const xmlNode *root = numbering ? xmlDocGetRootElement(numbering) : NULL;
    n->arena = arena;
    n->styles = styles ? xmlDocGetRootElement(styles) : NULL;
    n->abstracts = NB_NEW_ARRAY(arena, abstract_list, children(root, "abstractNum"));
    n->lists = NB_NEW_ARRAY(arena, number_list, children(root, "num"));
    for (const xmlNode *child = root ? root->children : NULL; child; child = child->next)
        if (nb_element_is(child, "abstractNum") && n->abstract_count < MOST_LISTS)
            read_abstract(n, child);
    for (const xmlNode *child = root ? root->children : NULL; child; child = child->next)
        if (nb_element_is(child, "num") && n->list_count < MOST_LISTS)
            read_list(n, child);
    return n;
}

static const xmlNode *find_style(const nb_numbering *n, nb_string id)
{
    for (const xmlNode *style = n->styles ? n->styles->children : NULL; style; style = style->next)
        if (nb_element_is(style, "style") &&
            nb_string_equal(nb_attribute(style, "styleId", n->arena), id))
            return style;
    return NULL;
}

/* The paragraph's own list and level, or else its style's. */
static void find_list(const nb_numbering *n, const xmlNode *properties, nb_string *id, int *level)
{
    const xmlNode *at = properties;
    nb_string style = value_of(properties, "pStyle", n->arena);
    *level = -1;
    *id = NB_STRING("");
    for (int i = 0; i <= MOST_STYLES; i++) {
        const xmlNode *number = nb_child(at, "numPr");
        if (*level < 0)
            *level = small_number(value_of(number, "ilvl", n->arena), -1);
        if (!id->length)
            *id = value_of(number, "numId", n->arena);
        const xmlNode *next = !id->length && style.length ? find_style(n, style) : NULL;
        if (!next)
            break;
        at = nb_child(next, "pPr");
        style = value_of(next, "basedOn", n->arena);
    }
    *level = *level < 0 || *level >= LEVELS ? 0 : *level;
}

/* 12 as 一二, digit by digit. */
static void add_digits(nb_buffer *out, int number, const char *const digits[10])
{
    int unit = 1;
    while (number / unit >= 10)
        unit *= 10;
    for (; unit; unit /= 10)
        nb_buffer_text(out, digits[number / unit % 10]);
}

/* 12 as 十二, 205 as 二百零五. */
static void add_chinese(nb_buffer *out, int number)
{
    static const char *const digits[] = {
        "零", "一", "二", "三", "四", "五", "六", "七", "八", "九"
    };
    static const char *const units[] = { "", "十", "百", "千" };
    bool gap = false, begun = false;
    if (number == 0)
        nb_buffer_text(out, digits[0]);
    for (int place = 3, unit = 1000; place >= 0; place--, unit /= 10) {
        int digit = number / unit % 10;
        if (digit == 0) {
            gap = begun;
            continue;
        }
        if (gap)
            nb_buffer_text(out, digits[0]);
        gap = false;
        if (digit != 1 || place != 1 || begun)
            nb_buffer_text(out, digits[digit]);
        nb_buffer_text(out, units[place]);
        begun = true;
    }
}

static bool is_one_of(nb_string text, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (nb_string_is(text, names[i]))
            return true;
    return false;
}

static void add_number(nb_buffer *out, int number, nb_string format)
{
    static const char *const counting[] = { "chineseCounting", "chineseCountingThousand",
                                            "taiwaneseCounting", "taiwaneseCountingThousand",
                                            "japaneseCounting" };
    static const char *const plain[] = { "ideographDigital", "japaneseDigitalTenThousand",
                                         "taiwaneseDigital" };
    static const char *const hanzi[] = {
        "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"
    };
    static const char *const wide[] = {
        "０", "１", "２", "３", "４", "５", "６", "７", "８", "９"
    };
    if (is_one_of(format, counting, sizeof counting / sizeof counting[0]) && number < 10000) {
        add_chinese(out, number);
    } else if (is_one_of(format, plain, sizeof plain / sizeof plain[0])) {
        add_digits(out, number, hanzi);
    } else if (nb_string_is(format, "decimalFullWidth")) {
        add_digits(out, number, wide);
    } else if (nb_string_is(format, "decimalEnclosedCircleChinese") ||
               nb_string_is(format, "decimalEnclosedCircle")) {
        char circled[4];
        if (number >= 1 && number <= 20)
            nb_buffer_add(out, circled,
                          (size_t)nb_utf8_encode(0x2460 + (uint32_t)number - 1, circled));
        else
            nb_buffer_integer(out, number);
    } else {
        nb_buffer_integer(out, number);
    }
}

static void count_next(number_list *list, int level)
{
    abstract_list *a = list->abstract;
    if (!list->used[level] && list->starts[level] >= 0) {
        a->counts[level] = list->starts[level];
    } else if (!a->begun[level]) {
        a->counts[level] = a->levels[level].start;
    } else {
        a->counts[level]++;
    }
    list->used[level] = a->begun[level] = true;
    /* Levels below begin again; one above that was never counted stands at its start. */
    for (int i = level + 1; i < LEVELS; i++)
        a->begun[i] = false;
    for (int i = 0; i < level; i++)
        if (!a->begun[i])
            a->counts[i] = a->levels[i].start;
}

nb_string nb_numbering_next(nb_numbering *n, const xmlNode *properties)
{
    nb_string id;
    int level;
    number_list *list = NULL;
    if (!properties || n->list_count == 0)
        return NB_STRING("");
    find_list(n, properties, &id, &level);
    for (int i = 0; i < n->list_count && !list && id.length; i++)
        if (nb_string_equal(n->lists[i].id, id) && n->lists[i].abstract)
            list = &n->lists[i];
    if (!list)
        return NB_STRING("");
    count_next(list, level);
    const number_level *levels = list->abstract->levels;
    if (nb_string_is(levels[level].format, "bullet") || nb_string_is(levels[level].format, "none"))
        return NB_STRING("");
    nb_buffer *out = nb_buffer_new(n->arena, 1 << 16);
    nb_string text = levels[level].text;
    for (size_t i = 0; i < text.length; i++) {
        int named = i + 1 < text.length && text.data[i] == '%' ? text.data[i + 1] - '1' : -1;
        if (named < 0 || named >= LEVELS) {
            nb_buffer_byte(out, (unsigned char)text.data[i]);
            continue;
        }
        add_number(out, list->abstract->counts[named],
                   levels[level].is_legal ? NB_STRING("decimal") : levels[named].format);
        i++;
    }
    return (nb_string){ (const char *)out->data, out->length };
}
