#include "cli/options.h"

#include "cli/option_table.h"
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

enum { LONGEST_WORD = 32 };

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

/* The words of a list such as "text|json", in memory of the caller's, ended by NULL. */
enum { MOST_CHOICES = 8 };

static void split(const char *list, char buffer[64], const char *names[MOST_CHOICES + 1])
{
    int count = 0;
    snprintf(buffer, 64, "%s", list);
    for (char *at = buffer; at && count < MOST_CHOICES;) {
        names[count++] = at;
        at = strpbrk(at, "|, ");
        if (at)
            *at++ = '\0';
    }
    names[count] = NULL;
}

/* The place of a word among the choices of an option, or -1. */
static int choice_of(const nb_option *option, const char *word)
{
    char buffer[64];
    const char *names[MOST_CHOICES + 1];
    split(option->value, buffer, names);
    for (int i = 0; names[i]; i++)
        if (strcmp(names[i], word) == 0)
            return i;
    return -1;
}

static int unknown_choice(const reading *r, const nb_option *option, const char *word)
{
    char buffer[64];
    const char *names[MOST_CHOICES + 1];
    split(option->value, buffer, names);
    return nb_usage_error(
        r->out, verb_name(r), nb_nearest_word(word, names),
        NB_WORDS(r->out, "--%s 没有“%s”，可以写 %s", "--%s has no “%s”; it takes %s"), option->name,
        word, option->value);
}

/* pdf,docx: each word a format. */
static int take_formats(const reading *r, const nb_option *option, const char *list)
{
    while (list && *list) {
        char word[LONGEST_WORD + 1];
        size_t length = strcspn(list, ",");
        snprintf(word, sizeof word, "%.*s", (int)length, list);
        int format = choice_of(option, word);
        if (format < 0)
            return unknown_choice(r, option, word);
        r->out->formats[format] = true;
        r->out->has_formats = true;
        list += length;
        list += *list == ',';
    }
    return NB_EXIT_DONE;
}

static void add_word(nb_words *words, const char *word)
{
    words->list[words->count++] = word;
}

static int take_option(const reading *r, const nb_option *option, const char *value)
{
    nb_arguments *out = r->out;
    int choice = 0;
    if (value && !*value)
        return nb_usage_error(out, verb_name(r), NULL,
                              NB_WORDS(out, "--%s 的值是空的", "--%s has an empty value"),
                              option->name);
    if (value && strchr(option->value, '|')) {
        choice = choice_of(option, value);
        if (choice < 0)
            return unknown_choice(r, option, value);
    }
    switch (option->id) {
    case NB_OPTION_OUTPUT:
        add_word(&out->outputs, value);
        break;
    case NB_OPTION_FORMATS:
        return take_formats(r, option, value);
    case NB_OPTION_FORCE:
        out->force = true;
        break;
    case NB_OPTION_IGNORE_CARRIED:
        out->ignore_carried = true;
        break;
    case NB_OPTION_FONT_DIR:
        add_word(&out->font_dirs, value);
        break;
    case NB_OPTION_STYLE:
        out->style = value;
        break;
    case NB_OPTION_PDF_STANDARD:
        out->pdf_standard = (nb_pdf_standard)choice;
        break;
    case NB_OPTION_FONTCONFIG:
        out->fontconfig = value;
        break;
    case NB_OPTION_TRACE:
        out->trace = value;
        break;
    case NB_OPTION_FINDINGS:
        out->as_json = choice == 1;
        break;
    case NB_OPTION_FAIL_ON:
        out->fail_on = (nb_fail_on)choice;
        break;
    case NB_OPTION_LANGUAGE:
        out->language = (nb_language)choice;
        break;
    case NB_OPTION_HELP:
        out->help = true;
        break;
    case NB_OPTION_VERSION:
        out->version = true;
        break;
    }
    return NB_EXIT_DONE;
}

bool nb_option_is_of(const nb_option *option, const nb_verb *verb)
{
    char buffer[64];
    const char *names[MOST_CHOICES + 1];
    if (!option->verbs || !verb)
        return !option->verbs || !*option->verbs;
    split(option->verbs, buffer, names);
    for (int i = 0; names[i]; i++)
        if (strcmp(names[i], verb->name) == 0)
            return true;
    return false;
}

static int unknown_option(const reading *r, const char *word)
{
    char names[16][LONGEST_WORD];
    const char *list[17];
    int count = 0;
    for (int i = 0; i < nb_option_count && count < 16; i++)
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

static int read_verb(reading *r)
{
    const char *word = r->argv[r->at++], *names[16];
    int count = 0;
    for (const nb_verb *verb = nb_verbs; verb->name; verb++) {
        if (strcmp(verb->name, word) == 0) {
            r->verb = verb;
            return NB_EXIT_DONE;
        }
        names[count++] = verb->name;
    }
    names[count] = NULL;
    return nb_usage_error(r->out, "", nb_nearest_word(word, names),
                          NB_WORDS(r->out, "没有命令“%s”", "there is no command “%s”"), word);
}

/* The language counts for every message, also for those about words before it. */
static void find_language(int argc, char **argv, nb_arguments *out)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--lang=en") == 0 ||
            (strcmp(argv[i], "--lang") == 0 && i + 1 < argc && strcmp(argv[i + 1], "en") == 0))
            out->language = NB_ENGLISH;
}

static bool make_lists(nb_arguments *out, int argc)
{
    nb_words *lists[] = { &out->inputs, &out->outputs, &out->font_dirs };
    for (int i = 0; i < 3; i++) {
        lists[i]->list = calloc((size_t)argc + 1, sizeof *lists[i]->list);
        if (!lists[i]->list)
            return false;
    }
    return true;
}

static int check_inputs(const reading *r)
{
    const nb_verb *verb = r->verb;
    int count = r->out->inputs.count;
    if (!verb || r->out->help)
        return NB_EXIT_DONE;
    if (count < verb->least_inputs)
        return nb_usage_error(r->out, verb->name, NULL, "%s",
                              NB_WORDS(r->out, "没有说明输入文件", "no input is named"));
    if (verb->most_inputs >= 0 && count > verb->most_inputs)
        return nb_usage_error(r->out, verb->name, NULL,
                              NB_WORDS(r->out, "多了“%s”", "“%s” is one too many"),
                              r->out->inputs.list[verb->most_inputs]);
    return NB_EXIT_DONE;
}

int nb_read_arguments(int argc, char **argv, const nb_verb **verb, nb_arguments *out)
{
    reading r = { argc, argv, 1, NULL, out };
    bool only_words = false;
    int status = NB_EXIT_DONE;
    find_language(argc, argv, out);
    if (!make_lists(out, argc)) {
        fprintf(stderr, "nianbao: %s\n", nb_status_message(NB_E_MEMORY));
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
            status = read_verb(&r);
        } else {
            add_word(&out->inputs, word);
            r.at++;
        }
    }
    *verb = r.verb;
    return status == NB_EXIT_DONE ? check_inputs(&r) : status;
}
