/* Lengths are whole EMU (1/914400 inch): 1 mm = 36000, 1 pt = 12700, 1 twip = 635, all exact. */
#ifndef NB_BASE_LENGTH_H
#define NB_BASE_LENGTH_H

#include <stdint.h>

typedef int32_t nb_length;

#define NB_MM 36000
#define NB_PT 12700
#define NB_TWIP 635

/* More than any paper has; lengths that texts of any size add up to stop there. */
#define NB_LONGEST (1 << 29)

static inline nb_length nb_capped(int64_t length)
{
    return length < NB_LONGEST ? (nb_length)length : NB_LONGEST;
}

/* The nearest whole twip, still in EMU: word processors store nothing finer. */
static inline nb_length nb_snap_to_twip(nb_length length)
{
    nb_length half = length < 0 ? -NB_TWIP / 2 : NB_TWIP / 2;
    return (length + half) / NB_TWIP * NB_TWIP;
}

static inline int32_t nb_twips(nb_length length)
{
    return nb_snap_to_twip(length) / NB_TWIP;
}

#endif
