#include "form/reader.h"

void nb_reader_fault(nb_reader *reader, const nb_json *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *message = nb_arena_vprint(reader->arena, format, arguments);
    va_end(arguments);
    nb_findings_add(reader->findings, NB_ERROR, "F",
                    nb_json_place(node, reader->name, reader->arena), "%s", message);
    reader->failed = true;
}

static const char *kind_words(nb_reader *reader, nb_json_kind kind)
{
    switch (kind) {
    case NB_JSON_STRING:
        return NB_SAY(reader->findings, "一个字符串", "a string");
    case NB_JSON_NUMBER:
        return NB_SAY(reader->findings, "一个数", "a number");
    case NB_JSON_ARRAY:
        return NB_SAY(reader->findings, "一个数组", "an array");
    case NB_JSON_OBJECT:
        return NB_SAY(reader->findings, "一个对象", "an object");
    default:
        return NB_SAY(reader->findings, "一个值", "a value");
    }
}

const nb_json *nb_reader_need(nb_reader *reader, const nb_json *node, const char *key,
                              nb_json_kind kind)
{
    const nb_json *member = nb_json_member(node, key);
    if (!member) {
        nb_reader_fault(reader, node, NB_SAY(reader->findings, "缺少“%s”", "“%s” is missing"), key);
        return NULL;
    }
    if (member->kind != kind) {
        nb_reader_fault(reader, member, NB_SAY(reader->findings, "这里要%s", "this must be %s"),
                        kind_words(reader, kind));
        return NULL;
    }
    return member;
}

const char *nb_reader_text(nb_reader *reader, const nb_json *node, const char *key)
{
    const nb_json *member = nb_reader_need(reader, node, key, NB_JSON_STRING);
    return member ? member->text.data : "";
}

const char *nb_reader_text_or(nb_reader *reader, const nb_json *node, const char *key,
                              const char *otherwise)
{
    return nb_json_member(node, key) ? nb_reader_text(reader, node, key) : otherwise;
}

void nb_reader_wording(nb_reader *reader, const nb_json *node, const char *key,
                       const char *words[2])
{
    const nb_json *member = nb_json_member(node, key);
    words[NB_CHINESE] = words[NB_ENGLISH] = NULL;
    if (!member)
        return;
    words[NB_CHINESE] = nb_reader_text(reader, member, "zh");
    words[NB_ENGLISH] = nb_reader_text(reader, member, "en");
}

int nb_reader_choice(nb_reader *reader, const nb_json *node, const char *key,
                     const char *const *choices, int count)
{
    const nb_json *member = nb_reader_need(reader, node, key, NB_JSON_STRING);
    if (!member)
        return 0;
    for (int i = 0; i < count; i++)
        if (nb_string_is(member->text, choices[i]))
            return i;
    const char *list = "";
    for (int i = 0; i < count; i++)
        list = nb_arena_print(reader->arena, "%s%s%s", list,
                              i ? NB_SAY(reader->findings, "、", ", ") : "", choices[i]);
    nb_reader_fault(
        reader, member,
        NB_SAY(reader->findings, "没有“%s”；可以写 %s", "there is no “%s”; it may be %s"),
        member->text.data, list);
    return 0;
}

bool nb_reader_decimal(nb_string text, int64_t *ten_thousandths, const char **rest)
{
    const char *at = text.data, *end = text.data + text.length;
    bool negative = at < end && *at == '-';
    int64_t value = 0;
    int digits = 0, decimals = 0;
    at += negative;
    for (; at < end && *at >= '0' && *at <= '9' && value < 1000000000; at++, digits++)
        value = value * 10 + (*at - '0');
    if (digits && at < end && *at == '.')
        for (at++; at < end && *at >= '0' && *at <= '9' && decimals < 4; at++, decimals++)
            value = value * 10 + (*at - '0');
    for (; decimals < 4; decimals++)
        value *= 10;
    *ten_thousandths = negative ? -value : value;
    *rest = at;
    return digits > 0 && value <= INT64_C(10000000000000);
}

bool nb_reader_length_text(nb_string text, nb_length *out)
{
    int64_t number;
    const char *unit = "";
    const int64_t longest = 5000000; /* mm or pt times 10000: past any paper */
    if (!nb_reader_decimal(text, &number, &unit) || number > longest * 4 || number < -longest)
        return false;
    int64_t emu = strcmp(unit, "mm") == 0   ? number * NB_MM
                  : strcmp(unit, "pt") == 0 ? number * NB_PT
                                            : INT64_MAX;
    if (emu == INT64_MAX)
        return false;
    *out = nb_snap_to_twip((nb_length)((emu + (emu < 0 ? -5000 : 5000)) / 10000));
    return true;
}

nb_length nb_reader_length_of(nb_reader *reader, const nb_json *value)
{
    nb_length length;
    if (value->kind == NB_JSON_STRING && nb_reader_length_text(value->text, &length))
        return length;
    nb_reader_fault(reader, value,
                    NB_SAY(reader->findings, "这里要一个长度，如 \"37mm\" 或 \"28.95pt\"",
                           "this must be a length such as \"37mm\" or \"28.95pt\""));
    return 0;
}

nb_length nb_reader_length(nb_reader *reader, const nb_json *node, const char *key)
{
    const nb_json *member = nb_reader_need(reader, node, key, NB_JSON_STRING);
    return member ? nb_reader_length_of(reader, member) : 0;
}

nb_length nb_reader_length_or(nb_reader *reader, const nb_json *node, const char *key,
                              nb_length otherwise)
{
    return nb_json_member(node, key) ? nb_reader_length(reader, node, key) : otherwise;
}

int nb_reader_whole_or(nb_reader *reader, const nb_json *node, const char *key, int least, int most,
                       int otherwise)
{
    const nb_json *member = nb_json_member(node, key);
    int64_t value;
    if (!member)
        return otherwise;
    if (nb_json_whole(member, &value) && value >= least && value <= most)
        return (int)value;
    nb_reader_fault(reader, member,
                    NB_SAY(reader->findings, "这里要 %d 到 %d 的整数",
                           "this must be a whole number from %d to %d"),
                    least, most);
    return otherwise;
}

bool nb_reader_flag(nb_reader *reader, const nb_json *node, const char *key)
{
    const nb_json *member = nb_json_member(node, key);
    if (member && member->kind != NB_JSON_TRUE && member->kind != NB_JSON_FALSE)
        nb_reader_fault(
            reader, member,
            NB_SAY(reader->findings, "这里要 true 或 false", "this must be true or false"));
    return member && member->kind == NB_JSON_TRUE;
}

void nb_reader_only(nb_reader *reader, const nb_json *node, const char *const *names, size_t count)
{
    for (const nb_json *member = node ? node->first : NULL; member; member = member->next) {
        bool known = false;
        for (size_t i = 0; i < count && !known; i++)
            known = nb_string_is(member->key, names[i]);
        if (!known)
            nb_reader_fault(reader, member,
                            NB_SAY(reader->findings, "不认识的键“%s”", "unknown key “%s”"),
                            member->key.data);
    }
}
