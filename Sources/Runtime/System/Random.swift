import CLinux

/// Numbers that nobody can guess from outside a process: wyrand, seeded by the kernel.
struct Random {
    private var state: UInt64

    init() {
        state = 0
        _ = unsafe getrandom(&state, 8, 0)
    }

    /// The same numbers for the same seed.
    init(seed: UInt64) { state = seed }

    /// A number from 0 up to `count`, 1 at least, each as likely as the others.
    mutating func next(below count: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    mutating func next() -> UInt64 {
        state &+= 0xa076_1d64_78bd_642f
        let product = state.multipliedFullWidth(by: state ^ 0xe703_7ed1_a0b4_28db)
        return product.high ^ product.low
    }
}
