#include "Sessions.h"

#include <stdlib.h>
#include <string.h>

// A server gives two at first and one with each resumption, so that a few are enough for the
// connections of one worker that begin at the same time.
#define TICKET_LIMIT 8

struct ingot_tickets {
    // Whose sessions they are: what another context was shown or trusted counts no longer.
    SSL_CTX *context;
    int count;
    // The newest last.
    SSL_SESSION *held[TICKET_LIMIT];
};

struct ingot_tickets *ingot_tickets_make(void) { return calloc(1, sizeof(struct ingot_tickets)); }

void ingot_tickets_clear(struct ingot_tickets *tickets) {
    while (tickets->count > 0) SSL_SESSION_free(tickets->held[--tickets->count]);
}

void ingot_tickets_free(struct ingot_tickets *tickets) {
    ingot_tickets_clear(tickets);
    SSL_CTX_free(tickets->context);
    free(tickets);
}

static void adopt(struct ingot_tickets *tickets, SSL_CTX *context) {
    if (tickets->context == context) return;
    ingot_tickets_clear(tickets);
    SSL_CTX_free(tickets->context);
    SSL_CTX_up_ref(context);
    tickets->context = context;
}

// Forgets what cannot be resumed any more: OpenSSL declares a session void as soon as a connection
// that resumed it gets a newer ticket, even one that is kept here for further use.
static void drop_void(struct ingot_tickets *tickets) {
    int kept = 0;
    for (int index = 0; index < tickets->count; index++) {
        SSL_SESSION *session = tickets->held[index];
        if (SSL_SESSION_is_resumable(session)) {
            tickets->held[kept++] = session;
        } else {
            SSL_SESSION_free(session);
        }
    }
    tickets->count = kept;
}

void ingot_tickets_use(struct ingot_tickets *tickets, SSL *ssl) {
    adopt(tickets, SSL_get_SSL_CTX(ssl));
    drop_void(tickets);
    while (tickets->count > 0) {
        SSL_SESSION *session = tickets->held[tickets->count - 1];
        bool is_good = SSL_set_session(ssl, session);
        // A ticket of TLS 1.3 is best used once (RFC 8446, C.4); the last one is kept all the same,
        // because what it would hide, that two connections are ours, their addresses tell as well.
        bool is_spent =
            SSL_SESSION_get_protocol_version(session) >= TLS1_3_VERSION && tickets->count > 1;
        if (!is_good || is_spent) {
            SSL_SESSION_free(session);
            tickets->count -= 1;
        }
        if (is_good) return;
    }
}

int ingot_tickets_keep(SSL *ssl, SSL_SESSION *session) {
    struct ingot_tickets *tickets = ingot_tls_tickets(ssl);
    if (!tickets || tickets->context != SSL_get_SSL_CTX(ssl)) return 0;
    if (tickets->count == TICKET_LIMIT) {
        SSL_SESSION_free(tickets->held[0]);
        tickets->count -= 1;
        memmove(tickets->held, tickets->held + 1, sizeof tickets->held - sizeof tickets->held[0]);
    }
    tickets->held[tickets->count++] = session;
    return 1;
}
