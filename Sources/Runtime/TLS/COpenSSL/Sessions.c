#define _GNU_SOURCE
#include "Sessions.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

struct ingot_tls {
    SSL *ssl;
    int socket;
    // The socket gave less than was asked for: until the next call from outside it is taken to be
    // empty, which saves the system call that would only say so.
    bool is_quiet;
    bool has_ended;
    bool was_asked;
    // INGOT_TLS_DONE while the session lives.
    enum ingot_tls_outcome end;
    unsigned long error;
    // Null on the server's side.
    struct ingot_tickets *tickets;
};

// MARK: the BIO

static int read_socket(BIO *bio, char *bytes, int byte_count) {
    struct ingot_tls *session = BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    if (!session->is_quiet) {
        ssize_t received;
        do {
            received = syscall(SYS_recvfrom, session->socket, bytes, byte_count, 0, NULL, NULL);
        } while (received < 0 && errno == EINTR);
        if (received > 0) {
            session->is_quiet = received < byte_count;
            return (int)received;
        }
        if (received == 0) {
            session->has_ended = true;
            return 0;
        }
        if (errno != EAGAIN) return -1;
        session->is_quiet = true;
    }
    BIO_set_retry_read(bio);
    return -1;
}

static int write_socket(BIO *bio, const char *bytes, int byte_count) {
    struct ingot_tls *session = BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    ssize_t sent;
    do {
        sent = syscall(SYS_sendto, session->socket, bytes, byte_count, MSG_NOSIGNAL, NULL, 0);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0 && errno == EAGAIN) BIO_set_retry_write(bio);
    return (int)sent;
}

static long control(BIO *bio, int command, long number, void *pointer) {
    (void)number, (void)pointer;
    const struct ingot_tls *session = BIO_get_data(bio);
    switch (command) {
    case BIO_CTRL_FLUSH: return 1;
    case BIO_CTRL_EOF: return session->has_ended;
    default: return 0;
    }
}

static BIO_METHOD *method;
static CRYPTO_ONCE method_once = CRYPTO_ONCE_STATIC_INIT;

static void make_method(void) {
    method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket of ingot");
    if (!method) return;
    BIO_meth_set_read(method, read_socket);
    BIO_meth_set_write(method, write_socket);
    BIO_meth_set_ctrl(method, control);
}

// MARK: making and freeing

static struct ingot_tls *make(SSL_CTX *context, int socket) {
    if (!CRYPTO_THREAD_run_once(&method_once, make_method) || !method) return NULL;
    struct ingot_tls *session = calloc(1, sizeof *session);
    SSL *ssl = SSL_new(context);
    BIO *bio = BIO_new(method);
    if (!session || !ssl || !bio) {
        free(session), SSL_free(ssl), BIO_free(bio);
        return NULL;
    }
    session->ssl = ssl;
    session->socket = socket;
    BIO_set_data(bio, session);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl, bio, bio);
    SSL_set_app_data(ssl, session);
    return session;
}

struct ingot_tls *ingot_tls_accept(SSL_CTX *context, int socket) {
    struct ingot_tls *session = make(context, socket);
    if (session) SSL_set_accept_state(session->ssl);
    return session;
}

struct ingot_tls *ingot_tls_connect(
    SSL_CTX *context, int socket, struct ingot_tickets *tickets, const char *name, bool is_address
) {
    struct ingot_tls *session = make(context, socket);
    if (!session) return NULL;
    SSL *ssl = session->ssl;
    SSL_set_connect_state(ssl);
    bool is_good = true;
    if (is_address) {
        is_good = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name) == 1;
    } else {
        SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        is_good = SSL_set1_host(ssl, name) == 1 && SSL_set_tlsext_host_name(ssl, name) == 1;
    }
    if (!is_good) {
        ingot_tls_close(session, true);
        return NULL;
    }
    session->tickets = tickets;
    ingot_tickets_use(tickets, ssl);
    return session;
}

void ingot_tls_close(struct ingot_tls *session, bool aborting) {
    SSL *ssl = session->ssl;
    if (session->end != INGOT_TLS_FAILED && SSL_is_init_finished(ssl)) {
        ERR_clear_error();
        if (!aborting) SSL_shutdown(ssl);
        // Otherwise OpenSSL takes the session for a broken one that must not be resumed.
        SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    }
    SSL_free(ssl);
    free(session);
}

// MARK: moving on

static enum ingot_tls_outcome outcome(struct ingot_tls *session, int result) {
    switch (SSL_get_error(session->ssl, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: return INGOT_TLS_WAITING;
    case SSL_ERROR_ZERO_RETURN: session->end = INGOT_TLS_END; break;
    default:
        session->error = ERR_peek_last_error();
        session->end = INGOT_TLS_FAILED;
    }
    return session->end;
}

enum ingot_tls_outcome ingot_tls_handshake(struct ingot_tls *session) {
    if (session->end != INGOT_TLS_DONE) return session->end;
    session->is_quiet = false;
    ERR_clear_error();
    int result = SSL_do_handshake(session->ssl);
    if (result == 1) return INGOT_TLS_DONE;
    enum ingot_tls_outcome came = outcome(session, result);
    // What cannot be resumed is not tried again and again.
    if (came != INGOT_TLS_WAITING && session->tickets) ingot_tickets_clear(session->tickets);
    return came;
}

long ingot_tls_receive(struct ingot_tls *session, void *bytes, size_t byte_count) {
    size_t total = 0;
    session->is_quiet = false;
    while (total < byte_count && session->end == INGOT_TLS_DONE) {
        size_t room = byte_count - total;
        ERR_clear_error();
        int result = SSL_read(
            session->ssl, (char *)bytes + total, room > INT_MAX ? INT_MAX : (int)room);
        if (result <= 0) {
            if (outcome(session, result) == INGOT_TLS_WAITING) break;
        } else {
            total += (size_t)result;
            if (ingot_tls_is_drained(session)) break;
        }
    }
    if (total > 0) return (long)total;
    return session->end == INGOT_TLS_DONE ? INGOT_TLS_WAITING : session->end;
}

bool ingot_tls_is_drained(const struct ingot_tls *session) {
    return session->is_quiet && session->end == INGOT_TLS_DONE && !SSL_has_pending(session->ssl);
}

long ingot_tls_send(struct ingot_tls *session, const void *bytes, size_t byte_count) {
    size_t total = 0;
    session->is_quiet = false;
    while (total < byte_count) {
        if (session->end == INGOT_TLS_FAILED) return INGOT_TLS_FAILED;
        size_t rest = byte_count - total;
        ERR_clear_error();
        int result = SSL_write(
            session->ssl, (const char *)bytes + total, rest > INT_MAX ? INT_MAX : (int)rest);
        if (result > 0) {
            total += (size_t)result;
        } else if (outcome(session, result) == INGOT_TLS_WAITING) {
            break;
        }
    }
    return total > 0 ? (long)total : INGOT_TLS_WAITING;
}

// MARK: telling

void ingot_tls_note_asked(SSL *ssl) {
    struct ingot_tls *session = SSL_get_app_data(ssl);
    session->was_asked = true;
}

struct ingot_tickets *ingot_tls_tickets(SSL *ssl) {
    const struct ingot_tls *session = SSL_get_app_data(ssl);
    return session->tickets;
}

int ingot_tls_reason(const struct ingot_tls *session) {
    return ERR_GET_LIB(session->error) == ERR_LIB_SSL ? ERR_GET_REASON(session->error) : 0;
}

long ingot_tls_verification(const struct ingot_tls *session) {
    return SSL_get_verify_result(session->ssl);
}

bool ingot_tls_was_asked(const struct ingot_tls *session) { return session->was_asked; }

const char *ingot_tls_words(const struct ingot_tls *session) {
    if (ingot_tls_reason(session) == SSL_R_CERTIFICATE_VERIFY_FAILED) {
        return X509_verify_cert_error_string(ingot_tls_verification(session));
    }
    const char *words = ERR_reason_error_string(session->error);
    return words ? words : "the connection was closed";
}

bool ingot_tls_was_resumed(const struct ingot_tls *session) {
    return SSL_session_reused(session->ssl) == 1;
}

const char *ingot_tls_version(const struct ingot_tls *session) {
    return SSL_get_version(session->ssl);
}
