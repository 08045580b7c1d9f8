import CloudflareECS

// Bytes to bytes, in whatever chunks they come.
let log = """
  {"Action":"block","ClientIP":"203.0.113.28","Datetime":1657630626219000000,"BotScore":7}
  not a record
  {"Action":"managed_challenge","ClientASN":64500,"Datetime":"2022-07-12T12:57:06Z"}
  """
let bytes = Array(log.utf8)
var converter = NDJSONConverter(SekoiaNormalizer())
var output: [UInt8] = []
for start in stride(from: 0, to: bytes.count, by: 64) {
  let end = min(start + 64, bytes.count)
  converter.convert(bytes.span.extracting(start..<end), into: &output)
}
converter.finish(into: &output)
print(String(decoding: output, as: UTF8.self), terminator: "")
for rejection in converter.takeRejections() {
  print("line \(rejection.line), byte \(rejection.offset): \(rejection.error)")
}
print("\(converter.counts.documents) documents of \(converter.counts.records) records")

// One event as values.
let event = try FirewallEvent(
  json: #"{"action":"allow","clientIP":"2001:db8::7","clientAsn":"none"}"#)
let result = ElasticNormalizer().normalize(event)
print(
  result.document.source.ip ?? "", result.document.event.type, result.document.error.message ?? "")
for issue in result.issues { print(issue.code, issue.field) }

// A table of one's own: three rows, on both paths.
let bot = try MappingTable([
  FieldMapping(
    .datetime, to: "@timestamp", .date, .timestamp(.shortest), "When it happened.",
    example: #"{"Datetime":1657630626}"#, gives: #""2022-07-12T12:57:06.000Z""#),
  FieldMapping(.clientIP, to: "source.ip", .ip, .address, "Who asked."),
  FieldMapping(.named("BotScore"), to: "bot.score", .long, .integer, "How human the visitor is."),
])

let record = #"{"Datetime":1657630626,"ClientIP":"203.0.113.28","BotScore":7,"Action":"log"}"#
let typed = bot.normalize(try FirewallEvent(json: record)).document
var ownConverter = NDJSONConverter(bot)
var ownOutput: [UInt8] = []
ownConverter.convert(Array(record.utf8).span, into: &ownOutput)
ownConverter.finish(into: &ownOutput)
print(typed.json)
print(
  String(decoding: ownOutput, as: UTF8.self) == typed.json + "\n" ? "both paths agree" : "differ")
print(MappingReference(of: bot).tsv, terminator: "")
