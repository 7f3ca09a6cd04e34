/* Base64 (RFC 4648, 4) with padding and without line breaks, as data: addresses hold it. */
#ifndef NB_BASE_BASE64_H
#define NB_BASE_BASE64_H

#include "base/arena.h"
#include "base/utf8.h"

/* False when the text is not Base64. The bytes live in the arena. */
bool nb_base64_decode(nb_string text, nb_arena *arena, nb_string *out);
nb_string nb_base64_encode(nb_string bytes, nb_arena *arena);

#endif
