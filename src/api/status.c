#include <nianbao/nianbao.h>

const char *nb_version(void)
{
    return NB_VERSION;
}

const char *nb_status_message(nb_status status)
{
    switch (status) {
    case NB_OK:
        return "done";
    case NB_E_FINDINGS:
        return "the report has error findings";
    case NB_E_NOT_A_REPORT:
        return "the input cannot be read or is not a report";
    case NB_E_RESOURCE:
        return "a form, style, font or picture is missing or broken";
    case NB_E_OUTPUT:
        return "the output cannot be written";
    case NB_E_MEMORY:
        return "memory ran out";
    case NB_E_ARGUMENT:
        return "the caller asked for something that does not exist";
    case NB_E_LATER:
        return "stopped, or another run is at work there; try again later";
    }
    return "unknown status";
}
