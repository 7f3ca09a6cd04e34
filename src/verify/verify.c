#include "verify/verify.h"

#include "doc/compose.h"
#include "verify/comparison.h"

static bool is_unseen(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0xAD ||
           (c >= 0x2000 && c <= 0x200F) || c == 0x202F || c == 0x205F || c == 0x2060 ||
           c == 0x3000 || c == 0xFEFF;
}

nb_string nb_squeezed(nb_arena *arena, nb_string text)
{
    char *copy = nb_arena_alloc(arena, text.length + 1), *to = copy;
    const char *at = text.data, *end = text.data + text.length;
    while (at < end) {
        const char *start = at;
        if (is_unseen(nb_utf8_next(&at, end)))
            continue;
        memcpy(to, start, (size_t)(at - start));
        to += at - start;
    }
    return (nb_string){ copy, (size_t)(to - copy) };
}

int nb_compare_shown(nb_report *report, nb_report *shown, const nb_page_style *style,
                     nb_severity severity, nb_arena *arena, nb_findings *findings)
{
    nb_comparison c = { report, shown, severity, arena, findings, 0 };
    nb_document *document, *shown_document;
    nb_compare_values(&c);
    /* A style that the page style lacks was told when the report was read, and changes no word. */
    (void)nb_compose(report, style, arena, findings, &document);
    (void)nb_compose(shown, style, arena, findings, &shown_document);
    nb_compare_texts(&c, document, shown_document);
    return c.differences;
}
