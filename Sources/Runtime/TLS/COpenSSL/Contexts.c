#include "Sessions.h"

#include <string.h>

// Forward secrecy and authenticated encryption alone; TLS 1.3 has nothing else.
static const char ciphers[] =
    "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20";

static const unsigned char http11[] = "\x08http/1.1";

// RSA of 2048 bits, no SHA-1.
#define SECURITY_LEVEL 2

static SSL_CTX *make(const SSL_METHOD *method, int minimum_version) {
    // A file of this machine must not change what a gateway does.
    if (!OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, NULL)) return NULL;
    SSL_CTX *context = SSL_CTX_new(method);
    if (!context) return NULL;
    SSL_CTX_set_security_level(context, SECURITY_LEVEL);
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(
        context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                     | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context, 1);
    if (!SSL_CTX_set_min_proto_version(context, minimum_version)
        || !SSL_CTX_set_cipher_list(context, ciphers)) {
        SSL_CTX_free(context);
        return NULL;
    }
    return context;
}

static int note_asked(SSL *ssl, void *unused) {
    (void)unused;
    ingot_tls_note_asked(ssl);
    return 1;
}

SSL_CTX *ingot_tls_client_context(int minimum_version, bool verifies) {
    SSL_CTX *context = make(TLS_client_method(), minimum_version);
    if (!context) return NULL;
    SSL_CTX_set_verify(context, verifies ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, NULL);
    SSL_CTX_set_session_cache_mode(
        context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, ingot_tickets_keep);
    SSL_CTX_set_cert_cb(context, note_asked, NULL);
    if (SSL_CTX_set_alpn_protos(context, http11, sizeof http11 - 1)) {
        SSL_CTX_free(context);
        return NULL;
    }
    return context;
}

static int choose_protocol(
    SSL *ssl, const unsigned char **chosen, unsigned char *byte_count,
    const unsigned char *offered, unsigned offered_byte_count, void *unused
) {
    (void)ssl, (void)unused;
    unsigned char *found;
    int result = SSL_select_next_proto(
        &found, byte_count, http11, sizeof http11 - 1, offered, offered_byte_count);
    *chosen = found;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

SSL_CTX *ingot_tls_server_context(void) {
    SSL_CTX *context = make(TLS_server_method(), TLS1_2_VERSION);
    if (!context) return NULL;
    // Clients keep what resumes their sessions; every worker can read it.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_options(context, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, NULL);
    SSL_CTX_set_dh_auto(context, 1);
    return context;
}

// MARK: trust

bool ingot_tls_trust_machine(SSL_CTX *context) {
    return SSL_CTX_set_default_verify_paths(context) == 1;
}

bool ingot_tls_trust_bundle(SSL_CTX *context, const char *path) {
    return SSL_CTX_load_verify_file(context, path) == 1;
}

// Whether what ended a series of PEM blocks is that there was no further one.
static bool is_end_of_blocks(void) {
    unsigned long error = ERR_peek_last_error();
    bool is_end = error == 0
        || (ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE);
    ERR_clear_error();
    return is_end;
}

// Nobody is there to ask.
static int no_passphrase(char *buffer, int byte_count, int writes, void *asked) {
    (void)buffer, (void)byte_count, (void)writes;
    *(bool *)asked = true;
    return -1;
}

int ingot_tls_trust(SSL_CTX *context, const void *pem, size_t byte_count) {
    X509_STORE *store = SSL_CTX_get_cert_store(context);
    BIO *bytes = BIO_new_mem_buf(pem, (int)byte_count);
    bool was_asked = false;
    int count = 0;
    X509 *certificate;
    ERR_clear_error();
    while ((certificate = PEM_read_bio_X509(bytes, NULL, no_passphrase, &was_asked))) {
        count += X509_STORE_add_cert(store, certificate);
        X509_free(certificate);
    }
    BIO_free(bytes);
    if (!is_end_of_blocks()) return -1;
    // What is named is trusted, an authority between the root and the server as well.
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    return count;
}

// MARK: what the gateway shows of itself

static enum ingot_tls_identity_fault show_certificate(SSL_CTX *context, BIO *bytes) {
    bool was_asked = false;
    ERR_clear_error();
    X509 *own = PEM_read_bio_X509_AUX(bytes, NULL, no_passphrase, &was_asked);
    if (!own) return INGOT_TLS_CERTIFICATE_MALFORMED;
    bool is_taken = SSL_CTX_use_certificate(context, own) == 1;
    X509_free(own);
    if (!is_taken) return INGOT_TLS_CERTIFICATE_WEAK;
    X509 *next;
    while ((next = PEM_read_bio_X509(bytes, NULL, no_passphrase, &was_asked))) {
        if (!SSL_CTX_add0_chain_cert(context, next)) {
            X509_free(next);
            return INGOT_TLS_CERTIFICATE_WEAK;
        }
    }
    return is_end_of_blocks() ? INGOT_TLS_IDENTITY_GOOD : INGOT_TLS_CERTIFICATE_MALFORMED;
}

static enum ingot_tls_identity_fault show_key(SSL_CTX *context, BIO *bytes) {
    bool was_asked = false;
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bytes, NULL, no_passphrase, &was_asked);
    if (!key) return was_asked ? INGOT_TLS_KEY_ENCRYPTED : INGOT_TLS_KEY_MALFORMED;
    bool is_taken = SSL_CTX_use_PrivateKey(context, key) == 1;
    EVP_PKEY_free(key);
    return is_taken && SSL_CTX_check_private_key(context) ? INGOT_TLS_IDENTITY_GOOD
                                                          : INGOT_TLS_KEY_OTHER;
}

enum ingot_tls_identity_fault ingot_tls_show(
    SSL_CTX *context, const void *certificate, size_t certificate_byte_count, const void *key,
    size_t key_byte_count
) {
    BIO *certificate_bytes = BIO_new_mem_buf(certificate, (int)certificate_byte_count);
    BIO *key_bytes = BIO_new_mem_buf(key, (int)key_byte_count);
    enum ingot_tls_identity_fault fault = show_certificate(context, certificate_bytes);
    if (fault == INGOT_TLS_IDENTITY_GOOD) fault = show_key(context, key_bytes);
    BIO_free(certificate_bytes);
    BIO_free(key_bytes);
    ERR_clear_error();
    return fault;
}
