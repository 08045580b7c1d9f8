import CloudflareECS

/// All figures. The checksums of the byte path and of the typed path are the same number: both give
/// the same documents.
struct Figures {
  static let sekoia: UInt64 = 8_191_256_025_286_594_157
  static let elastic: UInt64 = 4_702_218_720_526_736_936
  /// Of the times in six digits, by whichever way they are made.
  static let times: UInt64 = 11_524_580_547_693_798_135

  let events: Events
  let all: [Figure]

  init(_ events: Events) throws {
    self.events = events
    all = try Self.bytePath(events) + Self.typedPath(events) + Self.values(events)
  }

  /// ``NDJSONConverter``, each with a converter that is warm.
  private static func bytePath(_ events: Events) -> [Figure] {
    func figure(
      _ name: String, _ profile: any Normalizer, _ lines: [UInt8], _ answer: UInt64
    ) -> Figure {
      let converter = Converter(profile)
      return Figure(name: name, bytes: lines.count, items: Events.count, answer: answer) {
        converter.convert(lines, into: &$0)
      }
    }
    return [
      figure(
        "read and check only", ReadingNormalizer(), events.alphabetical,
        10_333_755_163_632_536_165),
      figure("convert, sekoia", SekoiaNormalizer(), events.alphabetical, sekoia),
      figure("convert, elastic", ElasticNormalizer(), events.alphabetical, elastic),
      figure(
        "convert, sekoia, shuffled", SekoiaNormalizer(), events.shuffled,
        3_651_587_102_920_044_500),
      figure(
        "convert, elastic, shuffled", ElasticNormalizer(), events.shuffled,
        17_371_724_337_784_337_366),
    ]
  }

  /// `FirewallEvent` → `ECSEvent` → JSON, in steps and as a whole.
  private static func typedPath(_ events: Events) throws -> [Figure] {
    let bytes = events.alphabetical.count
    let typed = try events.lines.map { line in try FirewallEvent(json: line) }
    let documents = typed.map { SekoiaNormalizer().normalize($0).document }
    func figure(
      _ name: String, _ answer: UInt64 = sekoia, _ run: @escaping (inout [UInt8]) throws -> Int
    ) -> Figure {
      Figure(name: name, bytes: bytes, items: Events.count, answer: answer, run: run)
    }
    return [
      figure("typed: read", 11_132_560_802_849_064_709) { output in
        for line in events.lines {
          output.append(contentsOf: (try FirewallEvent(json: line).rayID ?? "").utf8)
        }
        return events.lines.count
      },
      figure("typed: normalize", Self.times) { output in
        for event in typed {
          let document = SekoiaNormalizer().normalize(event).document
          output.append(contentsOf: (document.timestamp ?? "").utf8)
        }
        return typed.count
      },
      figure("typed: write") { output in
        for document in documents {
          document.appendJSON(to: &output)
          output.append(UInt8(ascii: "\n"))
        }
        return documents.count
      },
      figure("typed: convert, sekoia") { output in
        try TypedPath.convert(events.lines, SekoiaNormalizer(), into: &output)
      },
      figure("typed: convert, elastic", elastic) { output in
        try TypedPath.convert(events.lines, ElasticNormalizer(), into: &output)
      },
    ]
  }

  /// The parts that have a life of their own.
  private static func values(_ events: Events) throws -> [Figure] {
    let typed = try events.lines.map { line in try FirewallEvent(json: line) }
    let times = typed.compactMap { $0[.datetime]?.string }
    let addresses = typed.compactMap { $0[.clientIP]?.string }
    let hosts = typed.compactMap { $0[.clientRequestHost]?.string }
    func figure(
      _ name: String, _ texts: [String], _ answer: UInt64,
      _ append: @escaping (String, inout [UInt8]) -> Bool
    ) -> Figure {
      let bytes = texts.reduce(0) { $0 + $1.utf8.count }
      return Figure(name: name, bytes: bytes, items: Events.count, answer: answer) { output in
        texts.count { append($0, &output) }
      }
    }
    return [
      figure("timestamp: read and write", times, Self.times) { text, output in
        guard let time = Timestamp(text) else { return false }
        output.append(contentsOf: time.text(.microseconds).utf8)
        return true
      },
      figure("address: read", addresses, 12_595_592_155_367_202_992) { text, output in
        guard let address = IPAddress(text) else { return false }
        output.append(UInt8(truncatingIfNeeded: address.bits))
        return true
      },
      figure("host: parts", hosts, 10_212_945_231_622_168_076) { text, output in
        let host = RequestHost(text)
        output.append(UInt8(truncatingIfNeeded: host.name.count))
        return host.port == nil
      },
      figure("host: public suffix", hosts, 4_954_361_361_536_568_755) { text, output in
        guard let domain = PublicSuffixList.split(text) else { return false }
        output.append(contentsOf: (domain.registeredDomain ?? "").utf8)
        return true
      },
    ]
  }
}
