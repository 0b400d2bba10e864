/// A set of ASCII characters as a bitmap; bytes from 0x80 on are in none.
struct ByteSet {
    /// Characters 0…63, the lowest bit first.
    let low: UInt64
    /// Characters 64…127, the lowest bit first.
    let high: UInt64

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let half = byte & 0x40 == 0 ? low : high
        return byte < 0x80 && (half &>> UInt64(byte)) & 1 != 0
    }
}

extension ByteSet {
    /// What names and methods are made of (RFC 9110 §5.6.2).
    static var token: ByteSet { ByteSet(low: 0x03ff_6cfa_0000_0000, high: 0x57ff_ffff_c7ff_fffe) }

    /// What nearly every field name is made of: letters, digits, dashes.
    static var nameLike: ByteSet {
        ByteSet(low: 0x03ff_2000_0000_0000, high: 0x07ff_fffe_07ff_fffe)
    }

    /// What stands for itself in a segment of a path (RFC 3986 §3.3): no slash, no percent.
    static var segment: ByteSet { ByteSet(low: 0x2fff_7fd2_0000_0000, high: 0x47ff_fffe_87ff_ffff) }

    /// Visible ASCII but `#`, which would start a fragment.
    static var query: ByteSet { ByteSet(low: 0xffff_fff6_0000_0000, high: 0x7fff_ffff_ffff_ffff) }

    /// Host names: the unreserved characters of RFC 3986. Its sub-delimiters are left out: a comma
    /// or semicolon in a host is never a host's name.
    static var hostName: ByteSet {
        ByteSet(low: 0x03ff_6000_0000_0000, high: 0x47ff_fffe_87ff_fffe)
    }

    /// What `hostName`, ports and addresses in brackets are made of.
    static var authority: ByteSet {
        ByteSet(low: 0x07ff_6000_0000_0000, high: 0x47ff_fffe_afff_fffe)
    }

    /// What may stand between the brackets of an IPv6 address.
    static var addressLiteral: ByteSet {
        ByteSet(low: 0x07ff_4000_0000_0000, high: 0x0000_007e_0000_007e)
    }

    /// The characters of a JSON number.
    static var number: ByteSet { ByteSet(low: 0x03ff_6800_0000_0000, high: 0x0000_0020_0000_0020) }

    /// The characters of a multipart boundary (RFC 2046 §5.1.1).
    static var boundary: ByteSet {
        ByteSet(low: 0xa7ff_fb81_0000_0000, high: 0x07ff_fffe_87ff_fffe)
    }
}
