#include "text/script.h"

#include <stddef.h>

typedef struct range {
    uint32_t first, last;
} range;

/*
 * Letters only: Latin-1's signs (· ° × §) are full-width in Chinese type, and so are the Greek ;
 * and ·.
 */
static const range LATIN[] = {
    { 0x0000, 0x007F },
    { 0x00AA, 0x00AA },
    { 0x00B5, 0x00B5 },
    { 0x00BA, 0x00BA },
    /* to the phonetic letters, which Pinyin uses */
    { 0x00C0, 0x00D6 },
    { 0x00D8, 0x00F6 },
    { 0x00F8, 0x02AF },
    { 0x0300, 0x036F }, /* accents, which follow a letter */
    { 0x0370, 0x037D },
    { 0x037F, 0x0386 },
    { 0x0388, 0x052F }, /* Greek and Cyrillic */
    { 0x1E00, 0x1FFF }, /* Latin and Greek with accents */
};

bool nb_is_latin_run(uint32_t code_point)
{
    if (code_point >= 0x2000)
        return false;
    for (size_t i = 0; i < sizeof LATIN / sizeof LATIN[0]; i++)
        if (code_point <= LATIN[i].last)
            return code_point >= LATIN[i].first;
    return false;
}
