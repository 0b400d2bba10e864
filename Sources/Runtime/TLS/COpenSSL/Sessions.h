/// What the C files of this module share.
#ifndef INGOT_SESSIONS_H
#define INGOT_SESSIONS_H

#include "COpenSSL.h"

/// Hands `ssl` the newest session that can be resumed.
void ingot_tickets_use(struct ingot_tickets *tickets, SSL *ssl);
/// Keeps a session that `ssl` was given; 1: it is owned now (OpenSSL's callback).
int ingot_tickets_keep(SSL *ssl, SSL_SESSION *session);
void ingot_tickets_clear(struct ingot_tickets *tickets);

/// Notes that the other side has asked for a certificate.
void ingot_tls_note_asked(SSL *ssl);
/// Where the sessions that `ssl` is given are kept; null: nowhere.
struct ingot_tickets *ingot_tls_tickets(SSL *ssl);

#endif
