#include "cli/rules.h"

#include "cli/print.h"
#include "cli/save.h"
#include "cli/screen.h"
#include <stdlib.h>
#include <string.h>

const char *nb_severity_word(nb_severity severity)
{
    static const char *const words[] = {
        [NB_INFO] = "info", [NB_WARNING] = "warning", [NB_ERROR] = "error"
    };
    return words[severity];
}

int nb_rules_find(const nb_rule_list *rules, const char *id)
{
    for (int i = 0; i < rules->count; i++)
        if (strcmp(rules->list[i].info.id, id) == 0)
            return i;
    return -1;
}

static void add_rule(void *context, const nb_rule_info *info)
{
    nb_rule_list *rules = context;
    if (nb_rules_find(rules, info->id) >= 0)
        return;
    rules->list =
        nb_need_memory(realloc(rules->list, ((size_t)rules->count + 1) * sizeof *rules->list));
    rules->list[rules->count++] = (nb_listed_rule){ *info, *info->form != '\0' };
}

/* A10 after A9: the letters, then the number. */
static int by_id(const void *a, const void *b)
{
    const char *left = ((const nb_listed_rule *)a)->info.id;
    const char *right = ((const nb_listed_rule *)b)->info.id;
    size_t letters = strcspn(left, "0123456789"), others = strcspn(right, "0123456789");
    int order = strncmp(left, right, letters < others ? letters : others);
    if (order || letters != others)
        return order ? order : (letters > others) - (letters < others);
    long number = strtol(left + letters, NULL, 10), other = strtol(right + others, NULL, 10);
    return (number > other) - (number < other);
}

static int unknown_rule(const nb_rule_list *rules, const nb_arguments *arguments, const char *verb,
                        const char *id)
{
    const char **names = nb_need_memory(calloc((size_t)rules->count + 1, sizeof *names));
    for (int i = 0; i < rules->count; i++)
        names[i] = rules->list[i].info.id;
    int end = nb_usage_error(arguments, verb, nb_nearest_word(id, names),
                             NB_WORDS(arguments, "没有规则“%s”", "there is no rule “%s”"), id);
    free(names);
    return end;
}

/* L5=off */
static int read_setting(nb_rule_list *rules, const nb_arguments *arguments, const char *verb,
                        char *word)
{
    char *value = strchr(word, '=');
    nb_rule_setting *setting = &rules->settings[rules->setting_count];
    if (!value)
        return nb_usage_error(arguments, verb, NULL,
                              NB_WORDS(arguments, "“--rule %s”要写成 --rule %s=off",
                                       "“--rule %s” must be such as --rule %s=off"),
                              word, word);
    *value++ = '\0';
    int found = nb_rules_find(rules, word);
    if (found < 0)
        return unknown_rule(rules, arguments, verb, word);
    if (rules->list[found].info.is_fixed)
        return nb_usage_error(arguments, verb, NULL,
                              NB_WORDS(arguments, "规则“%s”说的是输入，不能改",
                                       "the rule “%s” is about the input and cannot be set"),
                              word);
    *setting = (nb_rule_setting){ .rule = word, .is_off = strcmp(value, "off") == 0 };
    bool is_known = setting->is_off;
    for (int severity = NB_INFO; severity <= NB_ERROR; severity++)
        if (strcmp(value, nb_severity_word((nb_severity)severity)) == 0) {
            setting->severity = (nb_severity)severity;
            is_known = true;
        }
    if (!is_known) {
        static const char *const values[] = { "off", "info", "warning", "error", NULL };
        return nb_usage_error(arguments, verb, nb_nearest_word(value, values),
                              NB_WORDS(arguments, "“%s=%s”：可以写 off、info、warning 或 error",
                                       "“%s=%s”: it may be off, info, warning or error"),
                              word, value);
    }
    rules->setting_count++;
    return NB_EXIT_DONE;
}

static int read_settings(nb_rule_list *rules, const nb_arguments *arguments, const char *verb)
{
    size_t length = 1, count = 1;
    for (int i = 0; i < arguments->rules.count; i++)
        length += strlen(arguments->rules.list[i]) + 1;
    rules->words = nb_need_memory(calloc(length, 1));
    char *at = rules->words;
    for (int i = 0; i < arguments->rules.count; i++) {
        size_t word_length = strlen(arguments->rules.list[i]);
        memcpy(at, arguments->rules.list[i], word_length);
        at += word_length;
        *at++ = ',';
    }
    at = rules->words;
    for (const char *comma = at; *comma; comma++)
        count += *comma == ',';
    rules->settings = nb_need_memory(calloc(count, sizeof *rules->settings));
    int end = NB_EXIT_DONE;
    while (*at && end == NB_EXIT_DONE) {
        char *comma = strchr(at, ',');
        *comma = '\0';
        if (*at)
            end = read_setting(rules, arguments, verb, at);
        at = comma + 1;
    }
    return end;
}

int nb_rules_begin(nb_session *session, const char *verb, bool is_list_wanted, nb_rule_list *out)
{
    const nb_arguments *arguments = session->arguments;
    size_t from = nb_findings_count(session->findings);
    *out = (nb_rule_list){ .list = NULL };
    if (!is_list_wanted && !arguments->rules.count)
        return NB_EXIT_DONE;
    nb_status status = nb_library_rules(session->library, session->findings, add_rule, out);
    nb_print_findings(session->findings, from, NULL, arguments->language, stderr);
    if (status != NB_OK)
        return nb_exit_of(status);
    qsort(out->list, (size_t)out->count, sizeof *out->list, by_id);
    return read_settings(out, arguments, verb);
}

void nb_rules_apply(const nb_rule_list *rules, nb_check_options *options)
{
    options->settings = rules->settings;
    options->setting_count = (size_t)rules->setting_count;
}

void nb_rules_end(nb_rule_list *rules)
{
    free(rules->list);
    free(rules->settings);
    free(rules->words);
}

static void print_text(const nb_arguments *arguments, const nb_listed_rule *rule)
{
    printf("%-4s %-8s", rule->info.id, nb_severity_word(rule->info.severity));
    nb_print_text(rule->info.name[arguments->language], stdout);
    if (*rule->info.clause) {
        fputs(NB_WORDS(arguments, "（", " ("), stdout);
        nb_print_text(rule->info.clause, stdout);
        fputs(NB_WORDS(arguments, "）", ")"), stdout);
    }
    if (rule->info.is_fixed)
        fputs(NB_WORDS(arguments, "，不能关", "; cannot be turned off"), stdout);
    putchar('\n');
}

static void print_json(const nb_rule_list *rules)
{
    fputs("{\"rules\": [", stdout);
    for (int i = 0; i < rules->count; i++) {
        const nb_rule_info *info = &rules->list[i].info;
        printf(
            "%s\n    {\"id\": \"%s\", \"severity\": \"%s\", \"fixed\": %s, \"zh\": ", i ? "," : "",
            info->id, nb_severity_word(info->severity), info->is_fixed ? "true" : "false");
        nb_print_json_string(info->name[NB_CHINESE], stdout);
        fputs(", \"en\": ", stdout);
        nb_print_json_string(info->name[NB_ENGLISH], stdout);
        fputs(", \"clause\": ", stdout);
        nb_print_json_string(info->clause, stdout);
        putchar('}');
    }
    fputs("\n]}\n", stdout);
}

int nb_run_rules(const nb_arguments *arguments)
{
    nb_session session;
    nb_rule_list rules = { .list = NULL };
    int end = nb_session_begin(&session, arguments);
    if (end == NB_EXIT_DONE)
        end = nb_rules_begin(&session, "rules", true, &rules);
    if (end == NB_EXIT_DONE && arguments->findings_format == NB_FINDINGS_JSON)
        print_json(&rules);
    for (int i = 0;
         end == NB_EXIT_DONE && arguments->findings_format == NB_FINDINGS_TEXT && i < rules.count;
         i++)
        print_text(arguments, &rules.list[i]);
    nb_rules_end(&rules);
    nb_session_end(&session);
    return end;
}
