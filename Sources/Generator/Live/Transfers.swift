import CLibCurl

/// Many questions at once.
struct Transfers {
    /// So many are under way at most; the others wait their turn.
    static let limit = 16

    let timeoutMilliseconds: Int

    /// Asks all questions.
    ///
    /// - Parameter onTick: called at least every 100 ms with the number of those that have ended.
    /// - Returns: an answer for each, in their order.
    func answers(
        to questions: [ModelQuestion], onTick: (Int) throws(Failure) -> Void
    ) throws(Failure) -> [ModelAnswer] {
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
        guard let multi = curl_multi_init() else { throw .build("no memory for connections") }
        var running: [UnsafeMutableRawPointer: (index: Int, transfer: Transfer)] = [:]
        defer {
            for easy in running.keys { curl_multi_remove_handle(multi, easy) }
            curl_multi_cleanup(multi)
        }
        var answers = questions.map { _ in ModelAnswer() }
        var next = 0
        while next < questions.count || !running.isEmpty {
            while next < questions.count, running.count < Self.limit {
                guard
                    let transfer = Transfer(
                        questions[next], timeoutMilliseconds: timeoutMilliseconds)
                else { throw .build("no memory for connections") }
                running[transfer.easy] = (next, transfer)
                curl_multi_add_handle(multi, transfer.easy)
                next += 1
            }
            var count: Int32 = 0
            curl_multi_perform(multi, &count)
            while let message = curl_multi_info_read(multi, &count) {
                guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                    let (index, transfer) = running[easy]
                else { continue }
                let code = message.pointee.data.result
                answers[index] = transfer.answer(code)
                curl_multi_remove_handle(multi, easy)
                running[easy] = nil
            }
            try onTick(next - running.count)
            if !running.isEmpty { curl_multi_poll(multi, nil, 0, 100, nil) }
        }
        return answers
    }
}
