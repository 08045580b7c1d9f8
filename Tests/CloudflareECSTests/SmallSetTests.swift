import Testing

@testable import CloudflareECS

@Suite struct SmallSetTests {
  private static func numbers(_ set: SmallSet) -> [Int] {
    var remaining = SmallSet.Remaining(set)
    var numbers: [Int] = []
    while let number = remaining.popFirst() { numbers.append(number) }
    return numbers
  }

  @Test("gives its numbers back, the lowest first")
  func order() {
    let numbers = [0, 1, 63, 64, 127, 128, 191, 192, 255]
    var set = SmallSet()
    for number in numbers.reversed() { set.insert(number) }
    #expect(Self.numbers(set) == numbers)
    #expect((0..<SmallSet.capacity).filter(set.contains) == numbers)
  }

  @Test("every number can be put in and taken out", arguments: 0..<SmallSet.capacity)
  func single(number: Int) {
    var set = SmallSet()
    set.insert(number)
    #expect(Self.numbers(set) == [number])
    set.remove(number)
    #expect(set == SmallSet())
  }

  @Test("of two sets has the numbers of both")
  func union() {
    var one = SmallSet()
    var other = SmallSet()
    for number in [3, 200] { one.insert(number) }
    for number in [3, 130] { other.insert(number) }
    one.insert(other)
    #expect(Self.numbers(one) == [3, 130, 200])
    #expect(Self.numbers(SmallSet()) == [])
  }
}
