#include "serve/names.h"

#include <string.h>

bool nb_is_plain_name(const char *name, size_t length)
{
    enum { LONGEST = 64 };
    return length > 0 && length <= LONGEST &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") >= length && name[0] != '-';
}
