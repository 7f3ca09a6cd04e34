#include "cli/beside.h"
#include "cli/save.h"
#include "cli/screen.h"
#include <inttypes.h>
#include <string.h>

static void print_cell(const nb_arguments *arguments, const nb_repair_cell *cell)
{
    printf("  ");
    nb_print_text(cell->label, stdout);
    fputs(NB_WORDS(arguments, "：", ": "), stdout);
    nb_print_text(*cell->old_text ? cell->old_text : NB_WORDS(arguments, "（空）", "(blank)"),
                  stdout);
    printf(" → %" PRId64 "\n", cell->new_value);
}

static void print_repair(const nb_arguments *arguments, const nb_repair *repair, size_t number)
{
    size_t fills = repair->cell_count - repair->change_count;
    printf(NB_WORDS(arguments, "方案 %zu：改 %zu 格", "repair %zu: %zu changes"), number,
           repair->change_count);
    if (fills)
        printf(NB_WORDS(arguments, "，填 %zu 格", ", %zu blanks filled"), fills);
    putchar('\n');
    for (size_t i = 0; i < repair->cell_count; i++)
        print_cell(arguments, &repair->cells[i]);
    for (size_t i = 0; i < repair->reason_count; i++) {
        fputs(i ? NB_WORDS(arguments, "        ", "       ")
                : NB_WORDS(arguments, "  理由：", "  why: "),
              stdout);
        nb_print_text(repair->reasons[i], stdout);
        putchar('\n');
    }
}

static void print_text(const nb_arguments *arguments, const nb_repairs *repairs)
{
    size_t count = nb_repairs_count(repairs), found = nb_repairs_found(repairs);
    bool is_complete = nb_repairs_are_complete(repairs);
    for (size_t i = 0; i < count; i++)
        print_repair(arguments, nb_repairs_lookup(repairs, i), i + 1);
    switch (nb_repairs_outcome(repairs)) {
    case NB_REPAIR_NOT_NEEDED:
        puts(NB_WORDS(arguments, "勾稽关系都成立，没有要改的",
                      "all equations hold, there is nothing to repair"));
        return;
    case NB_REPAIR_NOT_FOUND:
        puts(is_complete
                 ? NB_WORDS(arguments, "没有改法能使勾稽关系都成立",
                            "no repair makes all equations hold")
                 : NB_WORDS(arguments, "在搜索的限度内没有找到改法，错误可能太多，请逐行核对",
                            "no repair was found within the bounds of the search; there "
                            "may be too many errors: check row by row"));
        return;
    case NB_REPAIR_FOUND:
        break;
    }
    if (found > count)
        printf(
            NB_WORDS(arguments, "另有 %zu 个方案没有列出\n", "%zu more repairs are not listed\n"),
            found - count);
    if (!is_complete)
        puts(NB_WORDS(arguments, "搜索到了限度，同样少的改法可能不止这些",
                      "the search stopped at its bounds: there may be more repairs of this size"));
    puts(NB_WORDS(arguments, "核实以后，用 --apply 方案号 -o OUT.json 采用",
                  "after verifying, take one with --apply NUMBER -o OUT.json"));
}

static void print_member(const char *key, const char *text)
{
    printf("\"%s\": ", key);
    nb_print_json_string(text, stdout);
}

static void print_repair_json(const nb_repairs *repairs, size_t index)
{
    const nb_repair *repair = nb_repairs_lookup(repairs, index);
    size_t length;
    const char *patch = nb_repairs_patch(repairs, index, &length);
    printf("%s\n  {\"changes\": %zu, \"cells\": [", index ? "," : "", repair->change_count);
    for (size_t i = 0; i < repair->cell_count; i++) {
        const nb_repair_cell *cell = &repair->cells[i];
        fputs(i ? ",\n    {" : "\n    {", stdout);
        print_member("pointer", cell->pointer);
        fputs(", ", stdout);
        print_member("label", cell->label);
        fputs(", ", stdout);
        print_member("old", cell->old_text);
        printf(", \"new\": %" PRId64 ", \"fill\": %s, \"line\": %d, \"column\": %d}",
               cell->new_value, cell->is_fill ? "true" : "false", cell->line, cell->column);
    }
    fputs("],\n   \"reasons\": [", stdout);
    for (size_t i = 0; i < repair->reason_count; i++) {
        fputs(i ? ", " : "", stdout);
        nb_print_json_string(repair->reasons[i], stdout);
    }
    fputs("],\n   \"patch\": ", stdout);
    fwrite(patch, 1, length - 1, stdout);
    putchar('}');
}

static void print_json(const nb_repairs *repairs)
{
    static const char *const outcomes[] = { [NB_REPAIR_NOT_NEEDED] = "not needed",
                                            [NB_REPAIR_FOUND] = "found",
                                            [NB_REPAIR_NOT_FOUND] = "not found" };
    printf("{\"outcome\": \"%s\", \"complete\": %s, \"found\": %zu, \"repairs\": [",
           outcomes[nb_repairs_outcome(repairs)],
           nb_repairs_are_complete(repairs) ? "true" : "false", nb_repairs_found(repairs));
    for (size_t i = 0; i < nb_repairs_count(repairs); i++)
        print_repair_json(repairs, i);
    puts("]}");
}

static int tell_no_such_repair(const nb_session *session, const nb_repairs *repairs)
{
    fprintf(stderr,
            NB_WORDS(session->arguments, "nianbao fix: 没有方案 %d，共 %zu 个；没有写出\n",
                     "nianbao fix: there is no repair %d of %zu, nothing is written\n"),
            session->arguments->apply, nb_repairs_count(repairs));
    return NB_EXIT_FINDINGS;
}

/* Write the report with the repair that was asked for. */
static int apply(nb_session *session, nb_report *report, const nb_repairs *repairs)
{
    const nb_arguments *arguments = session->arguments;
    const char *output = arguments->outputs.count ? arguments->outputs.list[0] : "-", *json;
    size_t length, index = (size_t)arguments->apply - 1,
                   from = nb_findings_count(session->findings);
    const char *patch = nb_repairs_patch(repairs, index, &length);
    nb_report *repaired;
    if (!patch)
        return tell_no_such_repair(session, repairs);
    nb_status status = nb_patch_apply(session->library, report, patch, length, "fix",
                                      session->findings, &repaired);
    if (status == NB_OK)
        status = nb_report_canonical(repaired, &json, &length);
    if (status == NB_OK)
        status = nb_save_one(output, json, length, session->findings);
    if (status != NB_OK) /* what was wrong in the report itself has been told */
        nb_print_findings(session->findings, from, NULL, arguments->language, stderr);
    nb_report_drop(repaired);
    return nb_exit_of(status);
}

static int fix_report(nb_session *session, const nb_beside *beside, nb_report *report)
{
    const nb_arguments *arguments = session->arguments;
    nb_check_options checks = NB_CHECK_OPTIONS_INIT;
    nb_repair_options options = NB_REPAIR_OPTIONS_INIT;
    nb_repairs *repairs;
    int end = NB_EXIT_DONE;
    nb_beside_apply(beside, report, arguments->inputs.list[0], &checks);
    options.previous = checks.previous;
    if (arguments->apply > 10)
        options.most = (size_t)arguments->apply;
    nb_status status = nb_repairs_new(report, &options, session->findings, &repairs);
    if (status != NB_OK) {
        fprintf(stderr, "nianbao fix: %s\n", nb_status_words(status, session->arguments->language));
        return nb_exit_of(status);
    }
    if (arguments->apply) {
        end = apply(session, report, repairs);
    } else {
        if (arguments->findings_format == NB_FINDINGS_JSON)
            print_json(repairs);
        else
            print_text(arguments, repairs);
        if (nb_repairs_outcome(repairs) != NB_REPAIR_NOT_NEEDED)
            end = NB_EXIT_FINDINGS;
    }
    nb_repairs_drop(repairs);
    return end;
}

static int check_usage(const nb_arguments *arguments)
{
    if (arguments->outputs.count > 1)
        return nb_usage_error(arguments, "fix", NULL,
                              NB_WORDS(arguments, "多了“-o %s”", "“-o %s” is one too many"),
                              arguments->outputs.list[1]);
    if (arguments->outputs.count && !arguments->apply)
        return nb_usage_error(arguments, "fix", NULL, "%s",
                              NB_WORDS(arguments, "用了 -o，就要用 --apply 说明采用哪个方案",
                                       "with -o, --apply must say which repair is taken"));
    return nb_beside_usage(arguments, "fix");
}

int nb_run_fix(const nb_arguments *arguments)
{
    nb_session session;
    nb_reading reading = { .input = NULL };
    nb_beside beside;
    int end = check_usage(arguments);
    if (end != NB_EXIT_DONE)
        return end;
    end = nb_session_begin(&session, arguments);
    if (end == NB_EXIT_DONE) {
        end = nb_beside_begin(&session, &beside);
        if (end == NB_EXIT_DONE) {
            nb_status status = nb_reading_begin(&session, arguments->inputs.list[0], &reading);
            nb_print_findings(session.findings, 0, &reading.source, arguments->language, stderr);
            end = status == NB_OK ? fix_report(&session, &beside, reading.report)
                                  : nb_exit_of(status);
        }
        nb_beside_end(&beside);
    }
    nb_reading_end(&reading);
    nb_session_end(&session);
    return end;
}
