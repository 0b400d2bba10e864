/// From an endpoint's bytes to a probe's answer.
extension Worker {
    /// Takes what of the answer is in `scratch`.
    mutating func receiveProbe(_ upstream: Int) {
        let number = Int(upstreams[upstream].probe)
        var offset = 0
        if !probes[number].hasHead {
            guard let end = takeProbeHead(upstream, number) else { return }
            offset = end
        }
        switch upstreams[upstream].framing {
        case .none:
            probeAnswered(upstream)
        case .length(let length):
            let end = min(scratch.count, offset + length - probes[number].body.count)
            guard keepProbeBody(upstream, offset..<end) else { return }
            if probes[number].body.count == length { probeAnswered(upstream) }
        case .chunked:
            takeProbeChunks(upstream, from: offset)
        case .untilClose:
            _ = keepProbeBody(upstream, offset..<scratch.count)
        }
    }

    /// The answer is whole.
    mutating func probeAnswered(_ upstream: Int) {
        let number = Int(upstreams[upstream].probe)
        closeUpstream(upstream)
        endProbe(number, .answered(probes[number].body))
    }

    /// Where in `scratch` the body begins; nil: the head has not come whole, or will not do.
    private mutating func takeProbeHead(_ upstream: Int, _ number: Int) -> Int? {
        let limits = HeadLimits(
            headByteLimit: Worker.headByteLimit, fieldCountLimit: Worker.responseFieldLimit,
            targetByteLimit: 0)
        var offset = 0
        while true {
            let progress = responseHead.read(
                scratch, offset..<scratch.count,
                seen: offset == 0 ? upstreams[upstream].seenByteCount : 0,
                isAnswerToHead: false, limits: limits)
            switch progress {
            case .incomplete:
                upstreams[upstream].seenByteCount = scratch.count - offset
                keepTail(upstream, from: offset)
                return nil
            case .refused(let fault):
                refuseProbe(upstream, .upstream(.malformedAnswer(fault)))
                return nil
            case .complete(let byteCount):
                offset += byteCount
                upstreams[upstream].seenByteCount = 0
                if responseHead.status == 101 || responseHead.status >= 200 {
                    return admitProbeHead(upstream, number) ? offset : nil
                }
            }
        }
    }

    /// Whether the head in `responseHead` is one whose body is of use.
    private mutating func admitProbeHead(_ upstream: Int, _ number: Int) -> Bool {
        let status = responseHead.status
        if !probes[number].expected.contains(where: { $0.contains(status) }) {
            refuseProbe(upstream, .status(status))
            return false
        }
        if probes[number].bodyByteLimit == 0 {
            probeAnswered(upstream)
            return false
        }
        if responseHead.hasContentCoding {
            refuseProbe(upstream, .notExpected("content_coding"))
            return false
        }
        if case .length(let length) = responseHead.framing, length > probes[number].bodyByteLimit {
            refuseProbe(upstream, .notExpected("answer_too_large"))
            return false
        }
        upstreams[upstream].framing = responseHead.framing
        probes[number].hasHead = true
        return true
    }

    private mutating func takeProbeChunks(_ upstream: Int, from offset: Int) {
        var cursor = offset
        while true {
            switch upstreams[upstream].decoder.next(scratch, from: cursor) {
            case .data(let range):
                guard keepProbeBody(upstream, range) else { return }
                cursor = range.upperBound
            case .needMore:
                return
            case .end:
                probeAnswered(upstream)
                return
            case .fault:
                refuseProbe(upstream, .upstream(.cut))
                return
            }
        }
    }

    /// Keeps the `range` of `scratch` as the body's next piece; false: it has become too long.
    private mutating func keepProbeBody(_ upstream: Int, _ range: Range<Int>) -> Bool {
        let number = Int(upstreams[upstream].probe)
        if probes[number].body.count + range.count > probes[number].bodyByteLimit {
            refuseProbe(upstream, .notExpected("answer_too_large"))
            return false
        }
        probes[number].body.append(scratch, range)
        return true
    }

    /// What has come, or would, is of no use.
    mutating func refuseProbe(_ upstream: Int, _ failure: ProbeFailure) {
        let number = Int(upstreams[upstream].probe)
        closeUpstream(upstream, aborting: true)
        endProbe(number, .failed(failure))
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ buffer: borrowing ByteBuffer, _ range: Range<Int>) {
        let span = buffer.bytes.extracting(range)
        unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
