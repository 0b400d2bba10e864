/// Tries one input; libFuzzer calls it with ever new ones.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let fault = ReadingProperty.fault(of: bytes) { fatalError(fault) }
    return 0
}
