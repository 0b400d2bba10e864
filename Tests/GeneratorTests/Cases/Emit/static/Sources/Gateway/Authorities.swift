// Whom endpoints trust, as PEM.

/// Whom the machine trusted that built this gateway.
let systemAuthorities: StaticString = """
    -----BEGIN CERTIFICATE-----
    MIIBqTCCAU+gAwIBAgIUE8BYcxKvxVS/NvSykbpr3tCb6o0wCgYIKoZIzj0EAwIw
    KTEQMA4GA1UECgwHRXhhbXBsZTEVMBMGA1UEAwwMUHJpdmF0ZSBSb290MCAXDTI2
    MTEyMjIzMzYxOVoYDzIxMjYxMDI5MjMzNjE5WjApMRAwDgYDVQQKDAdFeGFtcGxl
    MRUwEwYDVQQDDAxQcml2YXRlIFJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
    AASL+TGjXES8oZZZKz28QeQFoGJhwxK2/LWdhCKaupPgJ+hSDS40mYutoW9AnWaL
    hVZA98NnuLF4hnZkzCvNIuv4o1MwUTAdBgNVHQ4EFgQUgpgbcSB2rSc9NhDRLzIh
    Ds+2Y+gwHwYDVR0jBBgwFoAUgpgbcSB2rSc9NhDRLzIhDs+2Y+gwDwYDVR0TAQH/
    BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA/AW5sUbic+ukLpgRplVyLZpE9Ty6
    5+bKpNeCLQzdvoUCIHveeB3y8KW16HN6nbchTUETkXMgvuJ7vXy/VBGBTFnS
    -----END CERTIFICATE-----
    """

/// The certificates of `private-ca.pem`.
let privateCaAuthorities: StaticString = """
    -----BEGIN CERTIFICATE-----
    MIIBqTCCAU+gAwIBAgIUE8BYcxKvxVS/NvSykbpr3tCb6o0wCgYIKoZIzj0EAwIw
    KTEQMA4GA1UECgwHRXhhbXBsZTEVMBMGA1UEAwwMUHJpdmF0ZSBSb290MCAXDTI2
    MTEyMjIzMzYxOVoYDzIxMjYxMDI5MjMzNjE5WjApMRAwDgYDVQQKDAdFeGFtcGxl
    MRUwEwYDVQQDDAxQcml2YXRlIFJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
    AASL+TGjXES8oZZZKz28QeQFoGJhwxK2/LWdhCKaupPgJ+hSDS40mYutoW9AnWaL
    hVZA98NnuLF4hnZkzCvNIuv4o1MwUTAdBgNVHQ4EFgQUgpgbcSB2rSc9NhDRLzIh
    Ds+2Y+gwHwYDVR0jBBgwFoAUgpgbcSB2rSc9NhDRLzIhDs+2Y+gwDwYDVR0TAQH/
    BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA/AW5sUbic+ukLpgRplVyLZpE9Ty6
    5+bKpNeCLQzdvoUCIHveeB3y8KW16HN6nbchTUETkXMgvuJ7vXy/VBGBTFnS
    -----END CERTIFICATE-----
    """
