/*
 * A growing run of bytes with a maximum. Past it nothing is added and overflowed stays set: writers
 * ask once, at the end.
 */
#ifndef NB_BASE_BUFFER_H
#define NB_BASE_BUFFER_H

#include "base/arena.h"

typedef struct nb_buffer {
    nb_arena *arena; /* where data is */
    unsigned char *data;
    size_t length;
    size_t capacity;
    size_t maximum;
    bool overflowed;
} nb_buffer;

nb_buffer *nb_buffer_new(nb_arena *arena, size_t maximum);
/* Room for so many bytes more: adding them asks for no memory. False when there cannot be. */
bool nb_buffer_reserve(nb_buffer *buffer, size_t length);
void nb_buffer_add(nb_buffer *buffer, const void *bytes, size_t length);
void nb_buffer_text(nb_buffer *buffer, const char *text);
void nb_buffer_byte(nb_buffer *buffer, unsigned char byte);
void nb_buffer_integer(nb_buffer *buffer, int64_t value);
/*
 * value / 10^decimals in fixed point without trailing zeros; never an exponent, never a locale's
 * comma.
 */
void nb_buffer_decimal(nb_buffer *buffer, int64_t value, int decimals);
void nb_buffer_hex(nb_buffer *buffer, uint32_t value, int digits); /* upper case */

#endif
