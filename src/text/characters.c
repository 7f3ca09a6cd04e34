#include "text/characters.h"

#include <uchar.h>

typedef struct range {
    uint32_t first, last;
} range;

static bool in_ranges(uint32_t c, const range *ranges, size_t count)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > ranges[middle].last)
            low = middle + 1;
        else if (c < ranges[middle].first)
            high = middle;
        else
            return true;
    }
    return false;
}
#define IN(c, ranges) in_ranges(c, ranges, sizeof(ranges) / sizeof *(ranges))

/* Most characters that are asked about are hanzi, and no set of marks has any. */
static bool contains(const char32_t *set, uint32_t c)
{
    if (nb_is_hanzi(c))
        return false;
    while (*set && *set != c)
        set++;
    return *set != 0;
}

nb_script nb_script_after(uint32_t c, nb_script before)
{
    static const range asian[] = {
        { 0x1100, 0x11FF }, { 0x2E80, 0xD7AF }, { 0xF900, 0xFAFF },
        { 0xFE30, 0xFE4F }, { 0xFF00, 0xFFEF }, { 0x20000, 0x3FFFF },
    };
    static const range latin[] = { { 0x21, 0x7E }, { 0xA1, 0x52F }, { 0x1E00, 0x1FFF } };
    if (nb_is_hanzi(c))
        return NB_SCRIPT_ASIAN;
    if (IN(c, asian))
        return NB_SCRIPT_ASIAN;
    return IN(c, latin) ? NB_SCRIPT_LATIN : before;
}

bool nb_is_letter_or_number(uint32_t c)
{
    static const range ranges[] = {
        { '0', '9' },       { 'A', 'Z' },         { 'a', 'z' },       { 0xAA, 0xAA },
        { 0xB2, 0xB3 },     { 0xB5, 0xB5 },       { 0xB9, 0xBA },     { 0xBC, 0xBE },
        { 0xC0, 0xD6 },     { 0xD8, 0xF6 },       { 0xF8, 0x2C1 },    { 0x370, 0x373 },
        { 0x386, 0x386 },   { 0x388, 0x3FF },     { 0x400, 0x481 },   { 0x48A, 0x52F },
        { 0x1100, 0x11FF }, { 0x1E00, 0x1FFF },   { 0x2070, 0x2089 }, { 0x2150, 0x2189 },
        { 0x2460, 0x249B }, { 0x24EA, 0x24FF },   { 0x2776, 0x2793 }, { 0x3005, 0x3007 },
        { 0x3021, 0x3029 }, { 0x3041, 0x3096 },   { 0x30A1, 0x30FA }, { 0x30FC, 0x30FE },
        { 0x3105, 0x312F }, { 0x3131, 0x318E },   { 0x3220, 0x3229 }, { 0x3280, 0x3289 },
        { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF },   { 0xA000, 0xA48C }, { 0xAC00, 0xD7A3 },
        { 0xF900, 0xFAFF }, { 0xFF10, 0xFF19 },   { 0xFF21, 0xFF3A }, { 0xFF41, 0xFF5A },
        { 0xFF66, 0xFFDC }, { 0x20000, 0x3FFFF },
    };
    return IN(c, ranges);
}

bool nb_is_connector(uint32_t c)
{
    switch (c) {
    case U'—':
    case U'–':
    case U'…':
    case U'‥':
    case U'／':
    case U'〜':
    case U'℃':
    case U'％':
    case U'‰':
    case U'″':
        return true;
    default:
        return false;
    }
}

bool nb_takes_joiner(uint32_t before, uint32_t c, uint32_t after)
{
    return (c == 0x2014 || c == 0xFF0F) && before != 0 && before != c && after != c;
}

bool nb_may_not_begin_line(uint32_t c)
{
    return contains(U":!),.:;?]}¢'"
                    "\"、。〉》」』】〕〗〞︰︱︳﹐､﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？｜｝︴︶︸︺︼︾"
                    "﹀﹂﹄﹏～￠々‖•·ˇˉ―--′’”",
                    c);
}

bool nb_may_not_end_line(uint32_t c)
{
    return contains(U"([{£¥'\"‵〈《「『【〔〖（［｛￡￥〝︵︷︹︻︽︿﹁﹃﹙﹛﹝（｛“‘", c);
}

bool nb_may_hang(uint32_t c)
{
    return contains(U"!,.:;?、。！，．：；？", c);
}

static nb_break_class ascii_class(uint32_t c)
{
    static const unsigned char classes[128 - 32] = {
        /*   ! " # $ % & ' */ NB_CLASS_SP,
        NB_CLASS_EX,
        NB_CLASS_QU,
        NB_CLASS_AL,
        NB_CLASS_PR,
        NB_CLASS_PO,
        NB_CLASS_AL,
        NB_CLASS_QU,
        /* ( ) * + , - . / */ NB_CLASS_OP,
        NB_CLASS_CL,
        NB_CLASS_AL,
        NB_CLASS_PR,
        NB_CLASS_IS,
        NB_CLASS_HY,
        NB_CLASS_IS,
        NB_CLASS_SY,
        /* 0 … 7 */ NB_CLASS_NU,
        NB_CLASS_NU,
        NB_CLASS_NU,
        NB_CLASS_NU,
        NB_CLASS_NU,
        NB_CLASS_NU,
        NB_CLASS_NU,
        NB_CLASS_NU,
        /* 8 9 : ; < = > ? */ NB_CLASS_NU,
        NB_CLASS_NU,
        NB_CLASS_IS,
        NB_CLASS_IS,
        NB_CLASS_AL,
        NB_CLASS_AL,
        NB_CLASS_AL,
        NB_CLASS_EX,
        /* @ A … Z */[0x20] = NB_CLASS_AL,
        [0x21 ... 0x3A] = NB_CLASS_AL,
        /* [ \ ] ^ _ ` */[0x3B] = NB_CLASS_OP,
        NB_CLASS_SY,
        NB_CLASS_CL,
        NB_CLASS_AL,
        NB_CLASS_AL,
        NB_CLASS_AL,
        /* a … z { | } ~ */ [0x41 ... 0x5A] = NB_CLASS_AL,
        [0x5B] = NB_CLASS_OP,
        NB_CLASS_BA,
        NB_CLASS_CL,
        NB_CLASS_AL,
        NB_CLASS_AL,
    };
    return c < 32 ? NB_CLASS_CM : (nb_break_class)classes[c - 32];
}

bool nb_is_combining(uint32_t c)
{
    static const range marks[] = {
        { 0x300, 0x36F },   { 0x200C, 0x200F }, { 0x20D0, 0x20FF },   { 0x302A, 0x302F },
        { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F }, { 0xE0100, 0xE01EF },
    };
    return !nb_is_hanzi(c) && IN(c, marks);
}

nb_break_class nb_break_class_of(uint32_t c)
{
    static const struct {
        nb_break_class class;
        const char32_t *members;
    } sets[] = {
        { NB_CLASS_OP, U"¡¿‚„（［｛｟｢〈《「『【〔〖〘〚〝﹙﹛﹝︵︷︹︻︽︿﹁﹃﹇" },
        { NB_CLASS_CL, U"、。，．）］｝｠｡､｣〉》」』】〕〗〙〛〞〟﹐﹑﹒﹚﹜﹞︶︸︺︼︾﹀﹂﹄﹈" },
        { NB_CLASS_QU, U"“”‘’‛‟«»‹›" },
        { NB_CLASS_GL, U"\u00A0‑\u202F" },
        { NB_CLASS_NS, U"：；々〻〜゛゜ゝゞ・ヽヾ‼⁇⁈⁉﹔﹕ー" },
        { NB_CLASS_EX, U"！？﹖﹗" },
        { NB_CLASS_PR, U"£¤¥±−№€￡￥￦＄﹩" },
        { NB_CLASS_PO, U"¢‰‱′″‴℃℉％￠﹪" },
        { NB_CLASS_IN, U"‥…" },
        { NB_CLASS_BA, U"–‐‒\u00AD" },
        { NB_CLASS_BB, U"´ˈˌˉˇ" },
        { NB_CLASS_B2, U"—" },
        { NB_CLASS_ZW, U"\u200B" },
        { NB_CLASS_WJ, U"\u2060\uFEFF" },
    };
    static const range ideographs[] = {
        { 0x2E80, 0x2FFF }, { 0x3000, 0x303F }, { 0x3040, 0xD7AF },   { 0xF900, 0xFAFF },
        { 0xFE30, 0xFE6F }, { 0xFF00, 0xFFEF }, { 0x20000, 0x3FFFF },
    };
    if (c < 128)
        return ascii_class(c);
    if (nb_is_combining(c))
        return NB_CLASS_CM;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (contains(sets[i].members, c))
            return sets[i].class;
    return IN(c, ideographs) ? NB_CLASS_ID : NB_CLASS_AL;
}
