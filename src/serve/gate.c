#include "serve/gate.h"

#include <string.h>
#include <strings.h>

static bool names_us(const nb_request *request, const char *host)
{
    for (int i = 0; i < request->serving->host_count; i++)
        if (strcasecmp(host, request->serving->hosts[i]) == 0)
            return true;
    return false;
}

/* Takes as long for a token that is nearly right as for any other of its length. */
static bool is_token(const nb_request *request, const char *token, size_t length)
{
    const char *wanted = request->serving->token;
    unsigned char difference = 0;
    if (length != strlen(wanted))
        return false;
    for (size_t i = 0; i < length; i++)
        difference |= (unsigned char)(token[i] ^ wanted[i]);
    return difference == 0;
}

static bool has_token_cookie(const nb_request *request)
{
    static const char name[] = "nianbao=";
    const char *at = nb_request_header(request, "Cookie");
    while (at) {
        at += strspn(at, " ;");
        size_t length = strcspn(at, ";");
        if (length >= sizeof name - 1 && memcmp(at, name, sizeof name - 1) == 0 &&
            is_token(request, at + sizeof name - 1, length - (sizeof name - 1)))
            return true;
        at = at[length] ? at + length : NULL;
    }
    return false;
}

static bool has_token(const nb_request *request)
{
    static const char scheme[] = "Bearer ";
    const char *header = nb_request_header(request, "Authorization");
    if (header && strncasecmp(header, scheme, sizeof scheme - 1) == 0 &&
        is_token(request, header + sizeof scheme - 1, strlen(header) - (sizeof scheme - 1)))
        return true;
    return has_token_cookie(request);
}

/*
 * A link with ?token=… opens the page for a browser: it is given a cookie, and the token vanishes
 * from the address.
 */
static bool enters_with_link(nb_request *request)
{
    const char *token = nb_request_parameter(request, "token");
    if (!token || strcmp(request->path, "/") != 0 || !is_token(request, token, strlen(token)))
        return false;
    request->answer = (nb_answer){
        .status = 303,
        .type = "text/plain",
        .location = "/",
        .cookie = nb_arena_print(request->arena, "nianbao=%s; HttpOnly; SameSite=Strict; Path=/",
                                 request->serving->token),
    };
    return true;
}

static bool is_same_origin(const nb_request *request, const char *host)
{
    static const char scheme[] = "http://";
    const char *origin = nb_request_header(request, "Origin");
    const char *site = nb_request_header(request, "Sec-Fetch-Site");
    if (origin && (strncmp(origin, scheme, sizeof scheme - 1) != 0 ||
                   strcasecmp(origin + sizeof scheme - 1, host) != 0))
        return false;
    /* Following a link to the page is fine, whoever wrote it; asking for its data is not. */
    bool is_page = strcmp(request->method, "GET") == 0 && strcmp(request->path, "/") == 0;
    return !site || is_page || strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0;
}

bool nb_gate_admits(nb_request *request)
{
    const char *host = nb_request_header(request, "Host");
    nb_findings *findings = request->findings;
    if (!host || !names_us(request, host))
        nb_answer_error(request, 421,
                        NB_SAY(findings, "请求的主机名不是这个服务",
                               "the host that is asked for is not this server"));
    else if (!is_same_origin(request, host))
        nb_answer_error(request, 403,
                        NB_SAY(findings, "不接受别的网页发来的请求",
                               "requests of other web pages are not taken"));
    else if (!request->serving->token || has_token(request))
        return true;
    else if (!enters_with_link(request))
        nb_answer_error(request, 401,
                        NB_SAY(findings, "请用带口令的链接打开",
                               "open the page by the link that holds the token"));
    return false;
}
