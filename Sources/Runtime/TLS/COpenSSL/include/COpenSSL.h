/// TLS sessions over non-blocking sockets, as far as Swift cannot say it: OpenSSL's macros, its
/// callbacks, and loops that would cross the border for every record.
#ifndef INGOT_COPENSSL_H
#define INGOT_COPENSSL_H

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/sslerr.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stddef.h>

/// What an attempt came to where it moved no bytes.
enum ingot_tls_outcome {
    /// A handshake is complete.
    INGOT_TLS_DONE = 0,
    /// It waits for the socket.
    INGOT_TLS_WAITING = -1,
    /// The other side has said farewell (close_notify).
    INGOT_TLS_END = -2,
    /// The session is broken, or the connection ended without a farewell.
    INGOT_TLS_FAILED = -3,
};

/// What is wrong with a certificate and its key.
enum ingot_tls_identity_fault {
    INGOT_TLS_IDENTITY_GOOD = 0,
    INGOT_TLS_CERTIFICATE_MALFORMED,
    /// Its key or its signature is weaker than what is accepted.
    INGOT_TLS_CERTIFICATE_WEAK,
    INGOT_TLS_KEY_MALFORMED,
    /// It wants a passphrase, which nobody is there to enter.
    INGOT_TLS_KEY_ENCRYPTED,
    INGOT_TLS_KEY_OTHER,
};

/// One session, its BIO's state included.
struct ingot_tls;

/// What one worker keeps of one endpoint to resume sessions with: the newest few.
struct ingot_tickets;

/// Contexts: what sessions have in common; nothing changes in one once sessions are made of it.
/// A null pointer stands for a lack of memory.
SSL_CTX *ingot_tls_client_context(int minimum_version, bool verifies);
SSL_CTX *ingot_tls_server_context(void);
/// How many certificates of `pem` are trusted now; -1: there is a malformed one among them.
int ingot_tls_trust(SSL_CTX *context, const void *pem, size_t byte_count);
/// Trusts what OpenSSL trusts on this machine, or the bundle at `path`; false: it cannot be read.
bool ingot_tls_trust_machine(SSL_CTX *context);
bool ingot_tls_trust_bundle(SSL_CTX *context, const char *path);
enum ingot_tls_identity_fault ingot_tls_show(
    SSL_CTX *context, const void *certificate, size_t certificate_byte_count, const void *key,
    size_t key_byte_count);

struct ingot_tickets *ingot_tickets_make(void);
void ingot_tickets_free(struct ingot_tickets *tickets);

/// Sessions; null: there is no memory. `name` is what a certificate has to be for where it is
/// verified: an address, or a host name, which is asked for as well (SNI).
struct ingot_tls *ingot_tls_connect(
    SSL_CTX *context, int socket, struct ingot_tickets *tickets, const char *name, bool is_address);
struct ingot_tls *ingot_tls_accept(SSL_CTX *context, int socket);
enum ingot_tls_outcome ingot_tls_handshake(struct ingot_tls *session);
/// The bytes that were moved, 1 or more, or an outcome. Fewer than were asked for: nothing more can
/// be had now, respectively the socket takes no more.
long ingot_tls_receive(struct ingot_tls *session, void *bytes, size_t byte_count);
long ingot_tls_send(struct ingot_tls *session, const void *bytes, size_t byte_count);
/// Whether the last call left nothing behind that another one could get without the socket.
bool ingot_tls_is_drained(const struct ingot_tls *session);
/// Frees the session, after a farewell unless `aborting`; the socket stays open.
void ingot_tls_close(struct ingot_tls *session, bool aborting);

/// What broke a session: OpenSSL's reason (SSL_R_…; 0: the connection), what became of the
/// verification (X509_V_…), whether the other side asked for a certificate, and all that in words.
int ingot_tls_reason(const struct ingot_tls *session);
long ingot_tls_verification(const struct ingot_tls *session);
bool ingot_tls_was_asked(const struct ingot_tls *session);
const char *ingot_tls_words(const struct ingot_tls *session);

bool ingot_tls_was_resumed(const struct ingot_tls *session);
const char *ingot_tls_version(const struct ingot_tls *session);

#endif
