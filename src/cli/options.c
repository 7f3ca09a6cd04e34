#include "cli/options.h"

#include "cli/option_table.h"
#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char *const nb_format_names[NB_FORMAT_COUNT] = {
    [NB_PDF] = "pdf", [NB_DOCX] = "docx", [NB_OFD] = "ofd", [NB_HTML] = "html", [NB_TRACE] = "trace"
};

typedef struct reading {
    int argc;
    char **argv;
    int at; /* the word that is read next */
    const nb_verb *verb;
    nb_arguments *out;
} reading;

enum {
    LONGEST_WORD = 32,
    MOST_CHOICES = 8, /* of one option */
    MOST_NAMES = 64   /* verbs, and options of one verb */
};

/* Levenshtein distance by bytes; words of the command line are short. */
static size_t distance(const char *a, const char *b)
{
    size_t row[LONGEST_WORD + 1], length = strlen(b);
    for (size_t j = 0; j <= length; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= length; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[length];
}

const char *nb_nearest_word(const char *word, const char *const *names)
{
    const char *nearest = NULL;
    size_t least = strlen(word) / 2 + 1;
    for (; strlen(word) <= LONGEST_WORD && *names; names++) {
        if (word[0] && strncmp(word, *names, strlen(word)) == 0)
            return *names;
        size_t here = distance(word, *names);
        if (here < least) {
            least = here;
            nearest = *names;
        }
    }
    return nearest;
}

int nb_usage_error(const nb_arguments *arguments, const char *verb, const char *nearest,
                   const char *format, ...)
{
    va_list words;
    va_start(words, format);
    fprintf(stderr, "nianbao%s%s: ", *verb ? " " : "", verb);
    vfprintf(stderr, format, words);
    if (nearest)
        fprintf(stderr, NB_WORDS(arguments, "；是否要写“%s”？", "; did you mean “%s”?"), nearest);
    fprintf(stderr, NB_WORDS(arguments, "\n用法见 nianbao help%s%s\n", "\nsee nianbao help%s%s\n"),
            *verb ? " " : "", verb);
    va_end(words);
    return NB_EXIT_USAGE;
}

static const char *verb_name(const reading *r)
{
    return r->verb ? r->verb->name : "";
}

static void add_word(nb_words *words, const char *word)
{
    words->list[words->count++] = word;
}

/* Walks the words of a list such as "text|json": false after the last. */
static bool next_word(const char **list, const char **word, size_t *length)
{
    *list += strspn(*list, "|, ");
    *word = *list;
    *length = strcspn(*list, "|, ");
    *list += *length;
    return *length > 0;
}

/* The place of a word in a list, or -1. */
static int place_in(const char *list, const char *wanted, size_t wanted_length)
{
    const char *word;
    size_t length;
    for (int i = 0; next_word(&list, &word, &length); i++)
        if (length == wanted_length && memcmp(word, wanted, length) == 0)
            return i;
    return -1;
}

static int unknown_choice(const reading *r, const nb_option *option, const char *choice)
{
    char copies[MOST_CHOICES][LONGEST_WORD + 1];
    const char *names[MOST_CHOICES + 1], *list = option->value, *word;
    size_t length;
    int count = 0;
    while (count < MOST_CHOICES && next_word(&list, &word, &length)) {
        snprintf(copies[count], sizeof copies[count], "%.*s", (int)length, word);
        names[count] = copies[count];
        count++;
    }
    names[count] = NULL;
    return nb_usage_error(
        r->out, verb_name(r), nb_nearest_word(choice, names),
        NB_WORDS(r->out, "--%s 没有“%s”，可以写 %s", "--%s has no “%s”; it takes %s"), option->name,
        choice, option->value);
}

/* pdf,docx: each word a format. */
static int take_formats(const reading *r, const nb_option *option, const char *list)
{
    const char *word;
    size_t length;
    while (next_word(&list, &word, &length)) {
        int format = place_in(option->value, word, length);
        if (format < 0) {
            char name[LONGEST_WORD + 1];
            snprintf(name, sizeof name, "%.*s", (int)length, word);
            return unknown_choice(r, option, name);
        }
        r->out->formats[format] = true;
        r->out->has_formats = true;
    }
    return NB_EXIT_DONE;
}

static int take_number(const reading *r, const nb_option *option, const char *value, int *member)
{
    char *end;
    errno = 0;
    long number = strtol(value, &end, 10);
    if (*end || errno || *value < '0' || *value > '9' || number > INT_MAX)
        return nb_usage_error(
            r->out, verb_name(r), NULL,
            NB_WORDS(r->out, "--%s 要写整数，不是“%s”", "--%s takes a whole number, not “%s”"),
            option->name, value);
    *member = (int)number;
    return NB_EXIT_DONE;
}

static int take_date(const reading *r, const nb_option *option, const char *value,
                     const char **member)
{
    if (!nb_date_is_valid(value))
        return nb_usage_error(r->out, verb_name(r), NULL,
                              NB_WORDS(r->out, "--%s 要写日期，如 2026-01-20，不是“%s”",
                                       "--%s takes a day such as 2026-01-20, not “%s”"),
                              option->name, value);
    *member = value;
    return NB_EXIT_DONE;
}

static int take_option(const reading *r, const nb_option *option, const char *value)
{
    nb_arguments *out = r->out;
    void *member = (char *)out + option->member;
    assert(value || option->kind == NB_OPTION_FLAG);
    if (value && !*value)
        return nb_usage_error(out, verb_name(r), NULL,
                              NB_WORDS(out, "--%s 的值是空的", "--%s has an empty value"),
                              option->name);
    switch (option->kind) {
    case NB_OPTION_FLAG:
        *(bool *)member = true;
        break;
    case NB_OPTION_WORD:
        *(const char **)member = value;
        break;
    case NB_OPTION_LIST:
        add_word(member, value);
        break;
    case NB_OPTION_NUMBER:
        return take_number(r, option, value, member);
    case NB_OPTION_DATE:
        return take_date(r, option, value, member);
    case NB_OPTION_CHOICE:
        *(int *)member = place_in(option->value, value, strlen(value));
        return *(int *)member < 0 ? unknown_choice(r, option, value) : NB_EXIT_DONE;
    case NB_OPTION_FORMATS:
        return take_formats(r, option, value);
    }
    return NB_EXIT_DONE;
}

bool nb_option_is_of(const nb_option *option, const nb_verb *verb)
{
    if (!option->verbs || !verb)
        return !option->verbs || !*option->verbs;
    return place_in(option->verbs, verb->name, strlen(verb->name)) >= 0;
}

static int unknown_option(const reading *r, const char *word)
{
    char names[MOST_NAMES][LONGEST_WORD];
    const char *list[MOST_NAMES + 1];
    int count = 0;
    for (int i = 0; i < nb_option_count && count < MOST_NAMES; i++)
        if (nb_option_is_of(&nb_options[i], r->verb)) {
            snprintf(names[count], sizeof names[count], "--%s", nb_options[i].name);
            list[count] = names[count];
            count++;
        }
    list[count] = NULL;
    return nb_usage_error(r->out, verb_name(r), nb_nearest_word(word, list),
                          NB_WORDS(r->out, "没有选项“%s”", "there is no option “%s”"), word);
}

/*
 * A word that begins with a dash: --name, --name=value, -o, -oVALUE; its value may be the next
 * word.
 */
static int read_option(reading *r)
{
    const char *word = r->argv[r->at++], *value = NULL;
    const nb_option *found = NULL;
    bool is_long = word[1] == '-';
    const char *name = word + (is_long ? 2 : 1);
    size_t length = is_long ? strcspn(name, "=") : 1;
    for (int i = 0; i < nb_option_count && !found; i++) {
        const nb_option *option = &nb_options[i];
        bool same = is_long
                        ? strlen(option->name) == length && strncmp(option->name, name, length) == 0
                        : option->letter == *name;
        if (same && nb_option_is_of(option, r->verb))
            found = option;
    }
    if (!found)
        return unknown_option(r, word);
    if (name[length])
        value = name + length + is_long;
    if (!found->value && value)
        return nb_usage_error(
            r->out, verb_name(r), NULL,
            NB_WORDS(r->out, "“%s”：这个选项不带值", "“%s”: this option takes no value"), word);
    if (found->value && !value) {
        if (r->at == r->argc)
            return nb_usage_error(
                r->out, verb_name(r), NULL,
                NB_WORDS(r->out, "“%s”后面缺少 %s", "“%s” must be followed by %s"), word,
                found->value);
        value = r->argv[r->at++];
    }
    return take_option(r, found, value);
}

int nb_find_verb(const nb_arguments *arguments, const char *name, const nb_verb **out)
{
    const char *names[MOST_NAMES + 1];
    int count = 0;
    for (const nb_verb *verb = nb_verbs; verb->name && count < MOST_NAMES; verb++) {
        if (strcmp(verb->name, name) == 0) {
            *out = verb;
            return NB_EXIT_DONE;
        }
        names[count++] = verb->name;
    }
    names[count] = NULL;
    return nb_usage_error(arguments, "", nb_nearest_word(name, names),
                          NB_WORDS(arguments, "没有命令“%s”", "there is no command “%s”"), name);
}

/* The language counts for every message, also for those about words before it. */
static void find_language(int argc, char **argv, nb_arguments *out)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--lang=en") == 0 ||
            (strcmp(argv[i], "--lang") == 0 && i + 1 < argc && strcmp(argv[i + 1], "en") == 0))
            out->language = NB_ENGLISH;
}

/* Room in every list for as many words as there are. */
static bool make_list(nb_words *words, int argc)
{
    if (!words->list)
        words->list = calloc((size_t)argc + 1, sizeof *words->list);
    return words->list != NULL;
}

static bool make_lists(nb_arguments *out, int argc)
{
    bool made = make_list(&out->inputs, argc);
    for (int i = 0; i < nb_option_count && made; i++)
        if (nb_options[i].kind == NB_OPTION_LIST)
            made = make_list((nb_words *)((char *)out + nb_options[i].member), argc);
    return made;
}

static int check_inputs(const reading *r)
{
    const nb_verb *verb = r->verb;
    int count = r->out->inputs.count;
    if (!verb || r->out->help)
        return NB_EXIT_DONE;
    if (count < verb->least_inputs)
        return count ? nb_usage_error(r->out, verb->name, NULL,
                                      NB_WORDS(r->out, "要 %d 个输入文件，只说了 %d 个",
                                               "%d inputs are needed, %d is named"),
                                      verb->least_inputs, count)
                     : nb_usage_error(r->out, verb->name, NULL, "%s",
                                      NB_WORDS(r->out, "没有说明输入文件", "no input is named"));
    if (verb->most_inputs >= 0 && count > verb->most_inputs)
        return nb_usage_error(r->out, verb->name, NULL,
                              NB_WORDS(r->out, "多了“%s”", "“%s” is one too many"),
                              r->out->inputs.list[verb->most_inputs]);
    return NB_EXIT_DONE;
}

bool nb_is_wanted(const nb_arguments *arguments, nb_format format)
{
    if (arguments->has_formats)
        return arguments->formats[format];
    return format == NB_DOCX || (format == NB_PDF && !arguments->editable);
}

int nb_editable_usage(const nb_arguments *arguments, const char *verb, bool has_other)
{
    for (int format = 0; format < NB_FORMAT_COUNT; format++)
        has_other = has_other || (arguments->formats[format] && format != NB_DOCX);
    if (!arguments->editable || !has_other)
        return NB_EXIT_DONE;
    return nb_usage_error(
        arguments, verb, NULL, "%s",
        NB_WORDS(arguments, "--editable 只写 DOCX", "--editable writes DOCX only"));
}

int nb_read_arguments(int argc, char **argv, const nb_verb **verb, nb_arguments *out)
{
    reading r = { argc, argv, 1, NULL, out };
    bool only_words = false;
    int status = NB_EXIT_DONE;
    find_language(argc, argv, out);
    if (!make_lists(out, argc)) {
        fprintf(stderr, "nianbao: %s\n", nb_status_words(NB_E_MEMORY, out->language));
        return NB_EXIT_OUTPUT;
    }
    while (r.at < argc && status == NB_EXIT_DONE) {
        const char *word = argv[r.at];
        if (!only_words && strcmp(word, "--") == 0) {
            only_words = true;
            r.at++;
        } else if (!only_words && word[0] == '-' && word[1]) {
            status = read_option(&r);
        } else if (!r.verb) {
            status = nb_find_verb(out, r.argv[r.at++], &r.verb);
        } else {
            add_word(&out->inputs, word);
            r.at++;
        }
    }
    *verb = r.verb;
    return status == NB_EXIT_DONE ? check_inputs(&r) : status;
}
