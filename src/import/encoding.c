/* Charsets. Government sites and old editors use GB 18030 and its subsets GBK and GB 2312. */
#include "import/reader.h"

#include <iconv.h>

enum { LONGEST_CHARSET = 40 };

static bool begins_with(nb_string text, const char *bytes, size_t length)
{
    return text.length >= length && memcmp(text.data, bytes, length) == 0;
}

static nb_string without_first(nb_string text, size_t length)
{
    return (nb_string){ text.data + length, text.length - length };
}

/* Every byte sequence of the charset becomes UTF-8, or it is not of that charset. */
static bool convert(nb_string bytes, const char *charset, nb_arena *arena, nb_string *out)
{
    /* No charset here makes more than 3 bytes of UTF-8 out of one. */
    size_t room = bytes.length * 3 + 4, left = room, unread = bytes.length;
    char *from = (char *)(uintptr_t)bytes.data; /* iconv writes nothing there */
    /* Before the converter is opened: the arena may not come back. */
    char *text = nb_arena_alloc(arena, room), *to = text;
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1)
        return false;
    size_t failed = iconv(converter, &from, &unread, &to, &left);
    iconv_close(converter);
    *out = (nb_string){ text, room - left };
    return failed != (size_t)-1 && unread == 0 && nb_utf8_valid_length(*out) == out->length;
}

static bool same_name(nb_string name, const char *lower)
{
    if (name.length != strlen(lower))
        return false;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c + 32) : c) != lower[i])
            return false;
    }
    return true;
}

/* Only charsets that a page in Chinese may be in. A subset is read as the whole, as browsers do. */
static const char *charset_of(nb_string name)
{
    static const char *const known[][2] = {
        { "gb2312", "GB18030" },    { "gbk", "GB18030" },           { "gb18030", "GB18030" },
        { "x-gbk", "GB18030" },     { "gb_2312-80", "GB18030" },    { "cp936", "GB18030" },
        { "big5", "BIG5" },         { "big5-hkscs", "BIG5-HKSCS" }, { "utf-16", "UTF-16" },
        { "utf-16le", "UTF-16LE" }, { "utf-16be", "UTF-16BE" },
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (same_name(name, known[i][0]))
            return known[i][1];
    return NULL;
}

bool nb_to_utf8(nb_string bytes, nb_string hint, nb_arena *arena, nb_string *out)
{
    if (begins_with(bytes, "\xEF\xBB\xBF", 3))
        bytes = without_first(bytes, 3);
    else if (begins_with(bytes, "\xFF\xFE", 2))
        return convert(without_first(bytes, 2), "UTF-16LE", arena, out);
    else if (begins_with(bytes, "\xFE\xFF", 2))
        return convert(without_first(bytes, 2), "UTF-16BE", arena, out);
    *out = bytes;
    /* GB 18030 that is also UTF-8 by chance is no text that anyone wrote. */
    if (nb_utf8_valid_length(bytes) == bytes.length)
        return true;
    const char *charset = hint.length <= LONGEST_CHARSET ? charset_of(hint) : NULL;
    return (charset && convert(bytes, charset, arena, out)) ||
           convert(bytes, "GB18030", arena, out);
}
