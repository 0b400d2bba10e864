#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

/* Swift does not see macros that are made of others. */
static const unsigned long nameAsInRFC2253 = XN_FLAG_RFC2253;
