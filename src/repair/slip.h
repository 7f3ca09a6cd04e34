/* How a wrong number may have come of a right one. Private to src/repair. */
#ifndef NB_REPAIR_SLIP_H
#define NB_REPAIR_SLIP_H

#include <stdint.h>

typedef enum nb_slip {
    NB_SLIP_NONE,
    NB_SLIP_TURNED,  /* two neighbouring digits changed places: 31 for 13 */
    NB_SLIP_DIGIT,   /* one digit is another: 5 for 4 */
    NB_SLIP_ADDED,   /* there is a digit too many: 122 for 12 */
    NB_SLIP_DROPPED, /* a digit is missing */
    NB_SLIP_SWAPPED  /* two cells have each other's number; told of sets, not of one number */
} nb_slip;

nb_slip nb_slip_between(int64_t right, int64_t wrong);

#endif
