#include "verify/verify.h"

#include "doc/compose.h"
#include "verify/comparison.h"

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
