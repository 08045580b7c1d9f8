/// A Logpush job for `firewall_events`, and the body of the API call that creates it.
///
///     var job = LogpushJob(fields: ["Action", "ClientIP"])
///     job.destination = "https://logs.example.com/intake?header_X-Key=0123"
///     job.maximumUploadRecords = 1_000
///     try job.body()["output_options"]?.json
///     // {"output_type":"ndjson","field_names":["Action","ClientIP"],"timestamp_format":"rfc3339"}
///
/// [API: create a Logpush job](https://developers.cloudflare.com/api/resources/logpush/subresources/jobs/methods/create/)
public struct LogpushJob: Hashable, Sendable {
  /// The format of times. ``Timestamp`` reads all of them.
  public enum TimestampFormat: String, CaseIterable, Sendable {
    /// `2022-07-12T12:57:06Z`: fractions of a second are lost.
    case rfc3339
    /// Seconds since 1970: fractions are lost.
    case unix
    /// Nanoseconds since 1970.
    case unixnano
    /// As `rfc3339`, with milliseconds.
    case rfc3339ms
    /// As `rfc3339`, with nanoseconds.
    case rfc3339ns
  }

  /// How records are written. Both can be read.
  public enum OutputType: String, CaseIterable, Sendable {
    /// One JSON object a line.
    case ndjson
    /// One row a line, in the order of the fields.
    case csv
  }

  /// The destination until one is set.
  public static let placeholder = "<YOUR_INTAKE_KEY>"
  /// The limits that Cloudflare accepts for the bytes of an upload, before compression: 5 MB to 1
  /// GB.
  public static let uploadBytes = 5_000_000...1_000_000_000
  /// The limits that Cloudflare accepts for the records of an upload.
  public static let uploadRecords = 1_000...1_000_000
  /// The limits that Cloudflare accepts for the seconds between uploads.
  public static let uploadSeconds = 30...300

  /// Where Cloudflare sends the events: a URL with the receiver's key, and therefore a secret.
  public var destination = placeholder
  /// The names of the fields to send.
  public var fields: [String]
  /// The format of times.
  public var timestamps = TimestampFormat.rfc3339
  /// A name for people, such as the zone's.
  public var name: String?
  /// Which events are sent, as JSON: `{"where":{"key":"ClientCountry","operator":"eq","value":"us"}}`.
  public var filter: String?
  /// Whether events of DDoS attacks are left out.
  public var filtersAttackTraffic = false
  /// Which part of the events is sent: more than 0, and at most 1; nil for all.
  public var sampleRate: JSONNumber?
  /// Whether `x{` is written in place of `${`, so that no text is taken for an exploit of Log4j.
  public var redactsCVE202144228 = false
  /// How records are written.
  public var outputType = OutputType.ndjson
  /// Whether each file begins with the names of the fields. Only for ``OutputType/csv``.
  public var hasHeader = false
  /// An upload is sent when it has this many bytes; nil for Cloudflare's default, 0 for no limit. See
  /// ``uploadBytes``.
  public var maximumUploadBytes: Int?
  /// An upload is sent when it has this many records; 0 for no limit. See ``uploadRecords``.
  public var maximumUploadRecords: Int?
  /// An upload is sent when its first record is this many seconds old; 0 for no limit. See
  /// ``uploadSeconds``.
  public var maximumUploadInterval: Int?
  /// Whether the job states its fields and time format in the older `logpull_options`, a string,
  /// instead of `output_options`, an object.
  public var isLegacy = false

  /// A job that sends these fields.
  public init(fields: [String]) { self.fields = fields }

  /// The body, with its members in the order of Cloudflare's examples.
  ///
  /// - Throws: ``LogpushError`` if Cloudflare would refuse the job.
  public func body() throws(LogpushError) -> JSONObject {
    try checkFields()
    try checkDestination()
    try checkOutput()
    let filter = try filter.map { (text) throws(LogpushError) in try LogpushFilter(text).json }
    var body: JSONObject = ["dataset": "firewall_events", "enabled": true]
    body["max_upload_bytes"] = try Self.number(
      maximumUploadBytes, "max_upload_bytes", Self.uploadBytes, "bytes, 5 MB to 1 GB")
    body["max_upload_records"] = try Self.number(
      maximumUploadRecords, "max_upload_records", Self.uploadRecords, "records")
    body["max_upload_interval_seconds"] = try Self.number(
      maximumUploadInterval, "max_upload_interval_seconds", Self.uploadSeconds, "seconds")
    body["name"] = name.map { .string($0) }
    body["filter"] = filter.map { .string($0) }
    if filtersAttackTraffic { body["filter_attack_traffic"] = true }
    if isLegacy {
      body["logpull_options"] = .string(logpullOptions)
    } else {
      body["output_options"] = .object(outputOptions)
    }
    body["destination_conf"] = .string(destination)
    return body
  }
}
