#include <curl/curl.h>
#include <openssl/ssl.h>

/* Calls that take any number of arguments cannot be imported; these say which ones they take. */

static inline CURLcode curl_set_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

/* Copies the bytes. */
static inline CURLcode curl_set_bytes(CURL *easy, CURLoption option, void *bytes, size_t count) {
    struct curl_blob blob = {bytes, count, CURL_BLOB_COPY};
    return curl_easy_setopt(easy, option, &blob);
}

typedef size_t (*curl_receiver)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode curl_set_receiver(CURL *easy, CURLoption option, curl_receiver receiver) {
    return curl_easy_setopt(easy, option, receiver);
}

/* -1 where it is not known. */
static inline long curl_get_number(CURL *easy, CURLINFO what) {
    long value = 0;
    return curl_easy_getinfo(easy, what, &value) == CURLE_OK ? value : -1;
}

static inline curl_off_t curl_get_size(CURL *easy, CURLINFO what) {
    curl_off_t value = 0;
    return curl_easy_getinfo(easy, what, &value) == CURLE_OK ? value : -1;
}

static inline const char *curl_get_text(CURL *easy, CURLINFO what) {
    char *value = NULL;
    return curl_easy_getinfo(easy, what, &value) == CURLE_OK ? value : NULL;
}

/* `TLSv1.3`, and the seconds until the peer's certificate expires; NULL where there is no TLS.
   To be asked while the transfer runs. */
static inline const char *curl_get_tls(CURL *easy, long long *seconds_left) {
    struct curl_tlssessioninfo *session = NULL;
    if (curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || !session ||
        session->backend != CURLSSLBACKEND_OPENSSL || !session->internals)
        return NULL;
    SSL *ssl = session->internals;
    X509 *certificate = SSL_get0_peer_certificate(ssl);
    int days = 0, seconds = 0;
    if (!certificate ||
        !ASN1_TIME_diff(&days, &seconds, NULL, X509_get0_notAfter(certificate)))
        return NULL;
    *seconds_left = 86400LL * days + seconds;
    return SSL_get_version(ssl);
}
