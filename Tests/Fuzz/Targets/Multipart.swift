/// Tries one input; libFuzzer calls it with ever new ones.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let fault = Properties.multipart(bytes) { fatalError(fault) }
    return 0
}
