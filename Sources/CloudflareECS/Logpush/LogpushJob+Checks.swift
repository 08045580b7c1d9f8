extension LogpushJob {
  /// `fields=Action,ClientIP&timestamps=rfc3339`: a query string, in which the names are
  /// percent-encoded (RFC 3986, section 2.3), but not the commas between them.
  var logpullOptions: String {
    let names = fields.map(Self.percentEncoded).joined(separator: ",")
    let sample = sampleRate.map { "&sample=\($0.text)" } ?? ""
    let redaction = redactsCVE202144228 ? "&CVE-2021-44228=true" : ""
    return "fields=\(names)\(sample)&timestamps=\(timestamps.rawValue)\(redaction)"
  }

  /// [Log output options](https://developers.cloudflare.com/logs/logpush/logpush-job/log-output-options/)
  var outputOptions: JSONObject {
    var options: JSONObject = [
      "output_type": .string(outputType.rawValue),
      "field_names": .array(fields.map { .string($0) }),
      "timestamp_format": .string(timestamps.rawValue),
    ]
    if hasHeader { options["batch_prefix"] = .string(fields.joined(separator: ",") + "\n") }
    options["sample_rate"] = sampleRate.map { .number($0) }
    if redactsCVE202144228 { options["CVE-2021-44228"] = true }
    return options
  }

  func checkOutput() throws(LogpushError) {
    if let sampleRate {
      guard let rate = Double(sampleRate.text), rate > 0, rate <= 1 else {
        throw LogpushError(
          .outOfRange, "sample_rate is more than 0 and at most 1, not \(sampleRate.text)")
      }
    }
    if isLegacy, outputType != .ndjson {
      throw LogpushError(.conflict, "csv needs output_options: logpull_options cannot ask for it")
    }
    if hasHeader, outputType != .csv {
      throw LogpushError(.conflict, "a header needs the output type csv")
    }
  }

  func checkFields() throws(LogpushError) {
    if fields.isEmpty { throw LogpushError(.noFields, "the job selects no field") }
    for (index, name) in fields.enumerated() {
      let isName = name.utf8.allSatisfy { $0 > .space && $0 != 0x7f && $0 != .comma }
      guard isName, !name.isEmpty else {
        throw LogpushError(
          .badFieldName, "field \(index + 1) of the list is empty, or has a comma or a space")
      }
      if LogpushFields.selectable.contains(name) { continue }
      let near = Spelling.nearest(to: name, in: LogpushFields.selectable)
      throw LogpushError(
        .unknownField,
        "field \(index + 1) of the list is not one of firewall_events"
          + (near.map { ": did you mean \($0)?" } ?? ""))
    }
  }

  /// Requires a scheme, `://` and visible ASCII. Cloudflare decides which schemes there are.
  func checkDestination() throws(LogpushError) {
    if destination == Self.placeholder { return }
    let scheme = destination.utf8.prefix { $0.isLetter || $0.isDigit }
    let rest = destination.utf8.dropFirst(scheme.count)
    guard !scheme.isEmpty, rest.starts(with: "://".utf8), rest.count > 3,
      rest.allSatisfy({ $0 > .space && $0 < 0x7f })
    else {
      throw LogpushError(
        .badDestination,
        "the destination is not a URL such as https://HOST/PATH or s3://BUCKET/PATH?region=REGION")
    }
  }

  static func number(
    _ value: Int?, _ name: String, _ range: ClosedRange<Int>, _ unit: String
  ) throws(LogpushError) -> JSONValue? {
    guard let value else { return nil }
    guard value == 0 || range.contains(value) else {
      throw LogpushError(
        .outOfRange,
        "\(name) is \(range.lowerBound) to \(range.upperBound) (\(unit)), or 0 for no limit,"
          + " not \(value)")
    }
    return .number(JSONNumber(value))
  }

  private static func percentEncoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      if byte.isLetter || byte.isDigit || "-._~".utf8.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }
}
