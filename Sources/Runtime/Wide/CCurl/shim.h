#pragma once
#include <curl/curl.h>

// Swift cannot call functions with a variable number of arguments.

/// Of the library that is loaded: 0x075801 is 7.88.1.
static inline unsigned ingot_curl_version(void) {
    return curl_version_info(CURLVERSION_NOW)->version_num;
}

static inline CURLcode ingot_curl_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ingot_curl_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ingot_curl_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

/// `bytes` are copied.
static inline CURLcode ingot_curl_blob(
    CURL *easy, CURLoption option, const void *bytes, size_t byte_count
) {
    struct curl_blob blob = {(void *)bytes, byte_count, CURL_BLOB_COPY};
    return curl_easy_setopt(easy, option, &blob);
}

typedef size_t (*ingot_curl_transfer)(char *bytes, size_t size, size_t count, void *user);

static inline CURLcode ingot_curl_callback(
    CURL *easy, CURLoption option, ingot_curl_transfer callback
) {
    return curl_easy_setopt(easy, option, callback);
}

static inline CURLcode ingot_curl_on_close(CURL *easy, curl_closesocket_callback callback) {
    return curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, callback);
}

static inline CURLcode ingot_curl_on_open(CURL *easy, curl_opensocket_callback callback) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, callback);
}

static inline long ingot_curl_told(CURL *easy, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

/// What was given with CURLOPT_PRIVATE.
static inline void *ingot_curl_owner(CURL *easy) {
    char *value = 0;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &value);
    return value;
}

static inline CURLMcode ingot_curl_multi_number(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

/// `user` is handed to both callbacks.
static inline void ingot_curl_multi_callbacks(
    CURLM *multi, curl_socket_callback on_socket, curl_multi_timer_callback on_timer, void *user
) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, user);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, user);
}

/// The next transfer that has ended, with what it came to; null: there is none.
static inline CURL *ingot_curl_next_ended(CURLM *multi, CURLcode *result) {
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left))) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    }
    return 0;
}
