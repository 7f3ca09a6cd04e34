/* What a published report has otherwise than its form, for the checks to tell. */
#include "import/recognise.h"

void nb_note_deviation(nb_importer *importer, nb_deviation deviation)
{
    nb_report *report = importer->report;
    for (int i = 0; i < report->deviation_count; i++)
        if (nb_string_equal(report->deviations[i].seen, deviation.seen) &&
            nb_string_equal(report->deviations[i].official, deviation.official))
            return;
    NB_GROW(importer->arena, report->deviations, report->deviation_count,
            &importer->deviation_capacity);
    report->deviations[report->deviation_count++] = deviation;
}
