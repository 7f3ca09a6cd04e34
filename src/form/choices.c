#include "form/choices.h"

#include "base/calendar.h"

static const char *const severities[] = {
    [NB_INFO] = "info", [NB_WARNING] = "warning", [NB_ERROR] = "error"
};

const char *nb_severity_name(nb_severity severity)
{
    return severities[severity];
}

bool nb_setting_of(nb_string word, nb_rule_setting *setting)
{
    setting->is_off = nb_string_is(word, "off");
    for (int severity = NB_INFO; severity <= NB_ERROR; severity++)
        if (nb_string_is(word, severities[severity])) {
            setting->severity = (nb_severity)severity;
            return true;
        }
    return setting->is_off;
}

bool nb_day_of_year(nb_string text, int *month, int *day)
{
    if (text.length != 5 || text.data[2] != '-')
        return false;
    for (int i = 0; i < 5; i++)
        if (i != 2 && (text.data[i] < '0' || text.data[i] > '9'))
            return false;
    *month = (text.data[0] - '0') * 10 + text.data[1] - '0';
    *day = (text.data[3] - '0') * 10 + text.data[4] - '0';
    return nb_is_day(0, *month, *day);
}

static nb_finding *tell(const nb_report *report, const nb_json *node, const char *rule,
                        nb_findings *findings, const char *message)
{
    return nb_findings_add(findings, NB_ERROR, rule,
                           nb_json_place(node, report->name, report->arena), "%s", message);
}

static void tell_unknown_keys(const nb_report *report, const nb_json *node, nb_findings *findings)
{
    for (const nb_json *member = node->first; member; member = member->next)
        if (!nb_string_is(member->key, "severity") && !nb_string_is(member->key, "deadline") &&
            !nb_string_is(member->key, "reason"))
            tell(report, member, "S2", findings,
                 nb_arena_print(report->arena,
                                NB_SAY(findings, "不认识的键“%s”", "unknown key “%s”"),
                                member->key.data));
}

/* What is to be otherwise: a severity, or a deadline, or both. */
static bool fill_setting(const nb_report *report, const nb_json *node, nb_findings *findings,
                         nb_rule_choice *choice)
{
    const nb_json *severity = nb_json_member(node, "severity");
    const nb_json *deadline = nb_json_member(node, "deadline");
    int month, day;
    choice->has_severity = severity && nb_setting_of(severity->text, &choice->setting);
    if (severity && !choice->has_severity)
        tell(report, severity, "S3", findings,
             NB_SAY(findings, "severity 要是 off、info、warning 或 error",
                    "severity must be off, info, warning or error"));
    if (!severity && !deadline)
        tell(report, node, "S4", findings,
             NB_SAY(findings, "缺少“severity”", "“severity” is missing"));
    if (deadline && !nb_day_of_year(deadline->text, &month, &day))
        tell(report, deadline, "S3", findings,
             NB_SAY(findings, "deadline 要写成 \"01-28\"", "deadline must be such as \"01-28\""));
    else if (deadline)
        choice->deadline = deadline->text;
    return choice->has_severity || choice->deadline.length;
}

/* The choice is kept when it says what is to be and why. */
static void fill_choice(nb_report *report, const nb_json *node, nb_findings *findings)
{
    nb_rule_choice choice = { .line = node->line, .column = node->column };
    choice.reason = nb_json_member_text(node, "reason");
    choice.setting.rule = node->key.data;
    choice.pointer = nb_json_pointer(node, report->arena);
    if (node->kind != NB_JSON_OBJECT) {
        tell(report, node, "S3", findings,
             NB_SAY(findings, "这里要一个对象 {\"severity\": …, \"reason\": …}",
                    "this must be an object {\"severity\": …, \"reason\": …}"));
        return;
    }
    tell_unknown_keys(report, node, findings);
    bool is_valid = fill_setting(report, node, findings, &choice);
    if (!choice.reason.length) {
        nb_finding *finding = tell(report, node, "S4", findings,
                                   NB_SAY(findings, "缺少“reason”", "“reason” is missing"));
        nb_finding_hint(findings, finding, "%s",
                        NB_SAY(findings, "用一句话说明为什么这样检查这份报告",
                               "say in a sentence why this report is checked so"));
    }
    if (is_valid && choice.reason.length)
        report->choices[report->choice_count++] = choice;
}

void nb_fill_choices(nb_report *report, const nb_json *node, nb_findings *findings)
{
    if (node->kind != NB_JSON_OBJECT) {
        tell(report, node, "S3", findings,
             NB_SAY(findings, "这里要一个对象 { … }", "this must be an object { … }"));
        return;
    }
    report->choices = NB_NEW_ARRAY(report->arena, nb_rule_choice, (size_t)node->count + 1);
    for (const nb_json *member = node->first; member; member = member->next)
        fill_choice(report, member, findings);
}
