/* From a report to typeset pages and files. */
#include "api/library.h"
#include "api/options.h"
#include "api/publication.h"

#include "base/given.h"
#include "doc/compose.h"
#include "doc/pictures.h"
#include "docx/docx.h"
#include "form/fill.h"
#include "html/html.h"
#include "layout/layout.h"
#include "ofd/ofd.h"
#include "page/trace.h"
#include "pdf/pdf.h"
#include "svg/svg.h"

struct nb_publication {
    nb_arena *arena; /* where the publication itself lives */
    nb_library *library;
    const nb_fonts *fonts;
    nb_document *document;
    nb_pages *pages;
    nb_pdf_standard pdf_standard;
    nb_string written[NB_TRACE + 1]; /* by format; empty until asked for */
};

typedef struct building {
    nb_library *library;
    nb_report *report;
    bool force;
    nb_pdf_standard pdf_standard;
    const char *style;
    const char *picture_dir;
    const nb_check_options *checks;
    const nb_watch *watch;
    bool editable;
    bool draft;
    const char *date;
    nb_findings *findings;
    nb_arena *arena; /* of the publication */
    nb_publication *publication;
} building;

/* NB_E_FINDINGS when the report has errors, which force only turns into a warning. */
static nb_status check_report(building *b)
{
    nb_check_options checks = b->checks ? *b->checks : (nb_check_options)NB_CHECK_OPTIONS_INIT;
    if (!checks.watch)
        checks.watch = b->watch;
    nb_status checked = nb_report_check(b->report, &checks, b->findings);
    if (checked != NB_OK && checked != NB_E_FINDINGS)
        return checked;
    if (checked == NB_OK && !b->report->has_errors)
        return NB_OK;
    if (!b->force)
        return NB_E_FINDINGS;
    nb_findings_add(b->findings, NB_WARNING, "B1", (nb_place){ .file = b->report->name }, "%s",
                    b->draft ? NB_SAY(b->findings, "报告有错误，照原样排印为草稿",
                                      "the report has errors and is set as it stands, as a draft")
                             : NB_SAY(b->findings, "报告有错误，仍照原样排印",
                                      "the report has errors and is set as it stands"));
    return NB_OK;
}

static nb_status typeset(void *context)
{
    building *b = context;
    nb_publication *publication = b->publication = NB_NEW(b->arena, nb_publication);
    const nb_page_style *style;
    nb_arena_watch(b->arena, b->watch);
    nb_arena_progress(b->arena, NB_STAGE_COMPOSE, 0, 0);
    publication->arena = b->arena;
    publication->library = b->library;
    publication->pdf_standard = b->pdf_standard;
    nb_status status = nb_library_style(b->library, b->style, b->findings, &style);
    if (status == NB_OK)
        status = nb_library_resolved_fonts(b->library, b->findings, &publication->fonts);
    if (status == NB_OK)
        status = nb_compose(b->report, style, b->arena, b->findings, &publication->document);
    if (status == NB_E_FINDINGS && b->force)
        status = NB_OK;
    if (status == NB_OK)
        publication->document->is_editable = b->editable;
    if (status == NB_OK && b->draft)
        nb_mark_as_draft(publication->document, b->arena);
    if (status == NB_OK)
        status = nb_load_pictures(publication->document, b->picture_dir, b->arena, b->findings);
    if (status == NB_OK)
        status = nb_layout(publication->document, publication->fonts, nb_library_texts(b->library),
                           b->arena, b->findings, &publication->pages);
    nb_arena_watch(b->arena, NULL);
    return status;
}

static nb_status build(void *context)
{
    building *b = context;
    nb_status status = NB_OK;
    if (b->date) { /* the publication's pages show it, so that it is copied */
        nb_string date = nb_string_of(b->date);
        date.data = nb_arena_copy(b->report->arena, date.data, date.length);
        status = nb_report_take_date(b->report, date, b->findings);
    }
    if (status == NB_OK)
        status = check_report(b);
    return status == NB_OK ? nb_library_run_with_new_arena(b->library, &b->arena, typeset, b)
                           : status;
}

/* Build with the date of the options in the report, which then has its own again. */
static nb_status build_dated(building *b)
{
    nb_report *report = b->report;
    int slot = report->form->date_slot;
    nb_value own = { .number = 0 };
    nb_string canonical = report->canonical;
    if (slot >= 0)
        own = report->values[slot];
    if (b->date)
        report->canonical = (nb_string){ NULL, 0 };
    /* Composing may allocate for the report, which is why its arena is guarded too. */
    nb_status status = nb_arena_run(report->arena, build, b);
    if (b->date) {
        report->canonical = canonical;
        if (slot >= 0)
            report->values[slot] = own;
    }
    return status;
}

nb_status nb_publication_build(nb_library *library, nb_report *report,
                               const nb_build_options *options, nb_findings *findings,
                               nb_publication **out)
{
    NB_CLEAR(out);
    if (!(NB_GIVEN(library, report, findings, out) && nb_build_is_sound(options)))
        return NB_E_ARGUMENT;
    building b = { .library = library,
                   .report = report,
                   .force = options && (options->force || options->draft),
                   .draft = options && options->draft,
                   .style = options && options->style ? options->style : report->form->style,
                   .pdf_standard = options ? options->pdf_standard : NB_PDF_A_3A,
                   .picture_dir = options ? options->picture_dir : NULL,
                   .checks = options ? options->checks : NULL,
                   .watch = options ? options->watch : NULL,
                   .editable = options && options->editable,
                   .date = options ? options->date : NULL,
                   .findings = findings };
    nb_status status = build_dated(&b);
    *out = NULL;
    if (status == NB_OK)
        *out = b.publication;
    else
        nb_arena_drop(b.arena); /* still there only when the report's arena failed */
    return status;
}

void nb_publication_drop(nb_publication *publication)
{
    if (publication)
        nb_arena_drop(publication->arena);
}

size_t nb_publication_page_count(const nb_publication *publication)
{
    if (!publication)
        return 0;
    return (size_t)publication->pages->count;
}

const nb_document *nb_publication_document(const nb_publication *publication)
{
    return publication->document;
}

const nb_fonts *nb_publication_fonts(const nb_publication *publication)
{
    return publication->fonts;
}

typedef struct writing {
    nb_publication *publication;
    nb_format format;
    nb_findings *findings;
} writing;

enum { LONGEST_TRACE = 1 << 30 };

static nb_status write_trace(const writing *w, nb_string *out)
{
    nb_buffer *trace = nb_buffer_new(w->publication->arena, LONGEST_TRACE);
    nb_pages_trace(w->publication->pages, trace);
    *out = (nb_string){ (const char *)trace->data, trace->length };
    return trace->overflowed ? NB_E_OUTPUT : NB_OK;
}

static nb_status write_format(void *context)
{
    writing *w = context;
    nb_publication *publication = w->publication;
    nb_string *out = &publication->written[w->format];
    nb_arena_progress(publication->arena, NB_STAGE_WRITE, 0, 0);
    switch (w->format) {
    case NB_PDF:
        return nb_pdf_write(publication->document, publication->pages, publication->pdf_standard,
                            nb_library_stock(publication->library), publication->arena, w->findings,
                            out);
    case NB_DOCX:
        return nb_docx_write(publication->document, publication->fonts,
                             nb_library_stock(publication->library), publication->arena,
                             w->findings, out);
    case NB_OFD:
        return nb_ofd_write(publication->document, publication->pages,
                            nb_library_stock(publication->library), publication->arena, w->findings,
                            out);
    case NB_HTML:
        return nb_html_write(publication->document, publication->arena, w->findings, out);
    case NB_TRACE:
        return write_trace(w, out);
    }
    return NB_E_ARGUMENT;
}

nb_status nb_publication_write(nb_publication *publication, nb_format format, nb_findings *findings,
                               const unsigned char **bytes, size_t *length)
{
    NB_CLEAR(bytes);
    NB_CLEAR(length);
    if (!NB_GIVEN(publication, findings, bytes, length))
        return NB_E_ARGUMENT;
    writing w = { publication, format, findings };
    nb_status status = NB_OK;
    *bytes = NULL;
    *length = 0;
    if ((int)format < NB_PDF || format > NB_TRACE)
        return NB_E_ARGUMENT;
    if (!publication->written[format].length)
        status = nb_arena_run(publication->arena, write_format, &w);
    if (status != NB_OK) {
        publication->written[format] = (nb_string){ NULL, 0 };
        return status;
    }
    *bytes = (const unsigned char *)publication->written[format].data;
    *length = publication->written[format].length;
    return NB_OK;
}

nb_status nb_publication_write_to(nb_publication *publication, nb_format format,
                                  nb_findings *findings,
                                  bool (*write)(void *context, const void *bytes, size_t length),
                                  void *context)
{
    if (!write)
        return NB_E_ARGUMENT;
    enum { LONGEST_PIECE = 64 << 10 };
    const unsigned char *bytes;
    size_t length, piece;
    nb_status status = nb_publication_write(publication, format, findings, &bytes, &length);
    for (size_t at = 0; at < length && status == NB_OK; at += piece) {
        piece = length - at < LONGEST_PIECE ? length - at : LONGEST_PIECE;
        if (write(context, bytes + at, piece))
            continue;
        nb_findings_add(findings, NB_ERROR, "IO", (nb_place){ .file = "" }, "%s",
                        NB_SAY(findings, "没能写出：接收的一方不再接收",
                               "not written: what takes the output takes no more"));
        status = NB_E_OUTPUT;
    }
    return status;
}

nb_status nb_publication_save(nb_publication *publication, nb_format format, const char *path,
                              nb_findings *findings)
{
    if (!path)
        return NB_E_ARGUMENT;
    const unsigned char *bytes;
    size_t length;
    nb_status status = nb_publication_write(publication, format, findings, &bytes, &length);
    return status == NB_OK ? nb_file_save(path, bytes, length, findings) : status;
}

void nb_publication_watch(nb_publication *publication, const nb_watch *watch)
{
    if (!publication)
        return;
    nb_arena_watch(publication->arena, watch);
}

typedef struct drawing {
    nb_publication *publication;
    size_t page;
    nb_svg_glyphs glyphs;
    nb_findings *findings;
    nb_string svg;
} drawing;

static nb_status draw_page(void *context)
{
    drawing *d = context;
    const nb_publication *publication = d->publication;
    return nb_svg_write_page(publication->document, publication->pages, (int)d->page, d->glyphs,
                             publication->arena, d->findings, &d->svg);
}

nb_status nb_publication_write_page_svg(nb_publication *publication, size_t page,
                                        bool shared_glyphs, nb_findings *findings, const char **svg,
                                        size_t *length)
{
    NB_CLEAR(svg);
    NB_CLEAR(length);
    if (!NB_GIVEN(publication, findings, svg, length))
        return NB_E_ARGUMENT;
    drawing d = { .publication = publication,
                  .page = page,
                  .glyphs = shared_glyphs ? NB_SVG_SHARED_GLYPHS : NB_SVG_OWN_GLYPHS,
                  .findings = findings };
    *svg = NULL;
    *length = 0;
    if (page >= nb_publication_page_count(publication))
        return NB_E_ARGUMENT;
    nb_status status = nb_arena_run(publication->arena, draw_page, &d);
    if (status == NB_OK) {
        *svg = d.svg.data;
        *length = d.svg.length;
    }
    return status;
}
