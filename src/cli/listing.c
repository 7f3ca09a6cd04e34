/* nianbao forms and nianbao fonts: what there is on this machine. */
#include "cli/cli.h"

#include "cli/save.h"

#include "cli/screen.h"
#include <stdlib.h>
#include <string.h>

/* Text, and blanks up to the next column. */
static void print_column(const char *text, int width)
{
    nb_print_text(text, stdout);
    int used = nb_text_width(text, strlen(text));
    printf("%*s  ", used < width ? width - used : 0, "");
}

static void print_form(void *context, const nb_form_info *form)
{
    (void)context;
    print_column(form->id, 20);
    print_column(form->name, 24);
    nb_print_text(form->source, stdout);
    putchar('\n');
}

/* Some fonts carry the whole text of their licence: its beginning says which it is. */
static void print_licence(const char *licence)
{
    enum { LONGEST = 60 };
    const char *at = licence, *end = licence + strcspn(licence, "\r\n");
    int width = 0;
    if (at < end)
        fputs("  ", stdout);
    while (at < end && width < LONGEST) {
        uint32_t c = nb_next_character(&at, end);
        nb_print_character(c, stdout);
        width += nb_character_width(c);
    }
    if (*at)
        fputs("…", stdout);
}

static void print_font(void *context, const nb_font_info *font)
{
    const nb_arguments *arguments = context;
    char coverage[32];
    if (font->is_first) {
        print_column(font->role, 6);
        nb_print_text(font->office_name, stdout);
        putchar('\n');
    }
    snprintf(coverage, sizeof coverage, "%d/%d", font->covered, font->sampled);
    fputs(font->is_first ? "  * " : "    ", stdout);
    print_column(*font->face ? font->face : NB_WORDS(arguments, "（打不开）", "(cannot be opened)"),
                 26);
    print_column(coverage, 11);
    nb_print_text(font->file, stdout);
    if (font->index)
        printf(" #%d", font->index);
    print_licence(font->licence);
    putchar('\n');
}

int nb_run_forms(const nb_arguments *arguments)
{
    nb_session session;
    int end = nb_session_begin(&session, arguments);
    if (end == NB_EXIT_DONE) {
        end = nb_exit_of(nb_library_forms(session.library, session.findings, print_form, NULL));
        nb_print_findings(session.findings, 0, NULL, arguments->language, stderr);
    }
    nb_session_end(&session);
    return end;
}

static nb_status save_fontconfig(const nb_session *session)
{
    char *text = NULL;
    size_t length = 0;
    nb_status status = nb_library_fontconfig(session->library, session->findings, &text, &length);
    if (status == NB_OK)
        status = nb_save_one(session->arguments->fontconfig, text, length, session->findings);
    free(text);
    return status;
}

int nb_run_fonts(const nb_arguments *arguments)
{
    nb_session session;
    nb_arguments shown = *arguments;
    int end = nb_session_begin(&session, arguments);
    if (end == NB_EXIT_DONE) {
        nb_status status =
            arguments->fontconfig
                ? save_fontconfig(&session)
                : nb_library_fonts(session.library, session.findings, print_font, &shown);
        end = nb_exit_of(status);
        nb_print_findings(session.findings, 0, NULL, arguments->language, stderr);
    }
    nb_session_end(&session);
    return end;
}
