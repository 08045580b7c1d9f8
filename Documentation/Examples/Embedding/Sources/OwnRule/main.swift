// A rule of one's own, a rule file and a feed; documents and alerts in one pass.

import CloudflareECS
import Samples

let rule = DetectionRule(
  id: "admin-page", name: "Admin page", description: "Somebody asked for the admin page.",
  level: .low, effort: .advanced, techniques: [.vulnerabilityScanning],
  condition: .startsWith("url.path", "/admin"))

let ruleFile = """
  title: Refused upload
  id: 9d1f7c52-4b8e-4f0a-8a57-0c6e2b7f1d34
  level: medium
  logsource:
    category: webserver
  detection:
    selection:
      cs-method: PUT
      sc-status: 403
    condition: selection
  """
var files = RuleCollection(for: ElasticNormalizer().table, beside: BuiltInRules.all + [rule])
files.add(Array(ruleFile.utf8), file: "upload.yml")
check(files.faults.isEmpty, "\(files.faults)")

var indicators = IndicatorSet()
let report = indicators.load(text: "192.0.2.66\nbad.example\n", name: "own feed")
check(report.loaded == 2, report.text)

let detector = Detector(rules: BuiltInRules.all + [rule] + files.rules, indicators: indicators)
let records = """
  {"Action":"log","ClientRequestPath":"/admin/login","ClientRequestMethod":"GET"}
  {"Action":"block","ClientRequestPath":"/a","ClientRequestMethod":"PUT","EdgeResponseStatus":403}
  {"Action":"log","ClientIP":"192.0.2.66"}
  {"Action":"log","ClientIP":"192.0.2.67"}

  """
var converter = NDJSONConverter(ElasticNormalizer(), detector: detector)
var (documents, alerts): ([UInt8], [UInt8]) = ([], [])
converter.convert(Array(records.utf8).span, into: &documents, alerts: &alerts)
converter.finish(into: &documents, alerts: &alerts)
check(converter.counts.documents == 4, "a document for each event")
let fired = try alerts.split(separator: UInt8(ascii: "\n")).map {
  try ECSEvent(json: String(decoding: $0, as: UTF8.self)).rule.name ?? ""
}
check(fired.contains("Admin page") && fired.contains("Refused upload"), "\(fired)")
check(converter.counts.alerts == fired.count && fired.count >= 3, "\(fired)")

let events = try sampleEvents()
measure("alerts only") {
  var converter = NDJSONConverter(ElasticNormalizer(), detector: detector)
  var alerts: [UInt8] = []
  converter.convert(events.span, into: &alerts)
}
measure("documents and alerts in one pass") {
  var converter = NDJSONConverter(ElasticNormalizer(), detector: detector)
  var (documents, alerts): ([UInt8], [UInt8]) = ([], [])
  converter.convert(events.span, into: &documents, alerts: &alerts)
}
