import Testing

@testable import GatewayRuntime

/// Dates against a calendar that counts day by day.
@Suite struct CivilDateTests {
    private static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    @Test func `every day from 1970 to 2400 is the one after its eve`() {
        var year = 1970
        var month = 1
        var day = 1
        var count = 0
        while year <= 2400 {
            let date = CivilDate(daysSince1970: count)
            guard date.year == year && date.month == month && date.day == day else {
                Issue.record("day \(count) is \(date), not \(year)-\(month)-\(day)")
                return
            }
            count += 1
            day += 1
            if day > Self.daysInMonth(month, of: year) {
                day = 1
                month += 1
            }
            if month > 12 {
                month = 1
                year += 1
            }
        }
        #expect(count == 431 * 365 + 105)
    }
}
