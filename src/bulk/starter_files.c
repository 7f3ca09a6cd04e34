/* The files of nb_bulk_starter. */
#include "bulk/starter.h"

#include "api/library.h"
#include "base/given.h"

typedef struct starting {
    nb_library *library;
    const char *id;
    nb_findings *findings;
    void (*visit)(void *context, const char *name, const unsigned char *bytes, size_t length);
    void *context;
    nb_arena *arena;
} starting;

static void hand_out(const starting *s, const char *name, nb_string bytes)
{
    s->visit(s->context, name, (const unsigned char *)bytes.data, bytes.length);
}

/* How the files belong together. */
static nb_string note(const starting *s)
{
    return nb_string_of(
        NB_SAY(s->findings,
               "template.json 是模板，其中的“${列名}”用表格每一行的值填上，一行成一份报告。\n"
               "rows.csv 和 rows.xlsx 是同样的空表，任用一种，从第二行起每行填一个机关：\n"
               "  数字照填，没有的填 0；空着的格在报告里也是空格。总计由程序计算，不必填。\n"
               "  文字部分每个自然段占单元格里的一行（Alt+Enter 换行）。\n"
               "模板可以改：固定的话直接写进去，不用的列连同“${列名}”一起删掉。\n"
               "填好以后：\n"
               "  nianbao bulk rows.xlsx --template template.json -o out\n",
               "template.json is the template, whose “${COLUMN}” are filled from each row of a "
               "sheet: a row\n"
               "becomes a report. rows.csv and rows.xlsx are the same empty sheet; use either, and "
               "fill in a\n"
               "row for each agency from the second row on:\n"
               "  numbers as they are, 0 where there is none; an empty cell is an empty cell of "
               "the report.\n"
               "  Totals are computed. A paragraph is a line of its cell (Alt+Enter).\n"
               "The template may be changed: write words that are the same for all into it, and "
               "delete what\n"
               "is not needed together with its column. Then:\n"
               "  nianbao bulk rows.xlsx --template template.json -o out\n"));
}

static nb_status start(void *context)
{
    starting *s = context;
    const nb_form *form;
    nb_string workbook;
    nb_status status = nb_library_named_form(s->library, s->id, s->arena, s->findings, &form);
    if (status != NB_OK)
        return status;
    const nb_starter *starter = nb_starter_new(form, s->arena);
    status = nb_starter_xlsx(starter, s->arena, s->findings, &workbook);
    if (status != NB_OK)
        return status;
    hand_out(s, "template.json", starter->template);
    hand_out(s, "rows.csv", nb_starter_csv(starter, s->arena));
    hand_out(s, "rows.xlsx", workbook);
    hand_out(s, "README.txt", note(s));
    return NB_OK;
}

nb_status nb_bulk_starter(nb_library *library, const char *form, nb_findings *findings,
                          void (*visit)(void *context, const char *name, const unsigned char *bytes,
                                        size_t length),
                          void *context)
{
    if (!(NB_GIVEN(library, form, findings) && visit))
        return NB_E_ARGUMENT;
    starting s = { library, form, findings, visit, context, NULL };
    nb_status status = nb_run_with_new_arena(&s.arena, start, &s);
    nb_arena_drop(s.arena);
    return status;
}
