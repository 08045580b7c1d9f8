import Foundation
import Testing

@Suite struct LogpushTests {
  private static let seedFields =
    "Action,ClientASN,ClientASNDescription,ClientCountry,ClientIP,ClientIPClass,ClientRefererHost,"
    + "ClientRefererPath,ClientRefererQuery,ClientRefererScheme,ClientRequestHost,"
    + "ClientRequestMethod,ClientRequestPath,ClientRequestProtocol,ClientRequestQuery,"
    + "ClientRequestScheme,ClientRequestUserAgent,Datetime,EdgeColoCode,EdgeResponseStatus,Kind,"
    + "MatchIndex,Metadata,OriginResponseStatus,OriginatorRayID,RayID,RuleID,Source"

  @Test("prints the seed's field list by one command")
  func seedList() throws {
    let result = try Shell().run("cf-ecs logpush fields --minimal")
    #expect(result.status == 0)
    #expect(result.output == Self.seedFields + "\n")
  }

  @Test("prints the seed's job by one command")
  func seedJob() throws {
    let result = try Shell().run(
      "cf-ecs logpush job --minimal --legacy --max-upload-bytes 5000000 --max-upload-records 1000")
    #expect(result.status == 0)
    #expect(
      result.output == """
        {
          "dataset": "firewall_events",
          "enabled": true,
          "max_upload_bytes": 5000000,
          "max_upload_records": 1000,
          "logpull_options": "fields=\(Self.seedFields)&timestamps=rfc3339",
          "destination_conf": "<YOUR_INTAKE_KEY>"
        }

        """)
  }

  @Test("checks Cloudflare's answer, from a file, standard input or gzip")
  func check() throws {
    let shell = try Shell()
    try shell.write(
      #"{"result":{"Action":"","ClientIP":"","Datetime":"","RayID":"","Bot\u001bScore":""}}"#,
      to: "answer.json")
    let lines = [
      "Offered and mapped (4):", "Action,ClientIP,Datetime,RayID",
      "Offered, not mapped, kept as cloudflare.unmapped.* (1):", #"Bot\u{1b}Score"#,
      "Mapped, not offered (24):",
    ]
    for source in ["answer.json", "- < answer.json", "- < <(gzip -c answer.json)"] {
      let result = try shell.run("cf-ecs logpush fields --minimal --check \(source)")
      #expect(result.status == 0)
      #expect(result.error == "")
      #expect(result.output.split(separator: "\n").prefix(5).map(String.init) == lines)
    }
  }

  @Test("fails if an essential field is not offered, and prints the groups all the same")
  func essentials() throws {
    let shell = try Shell()
    try shell.write(#"{"ClientIP":"string; who","RayID":"string; which"}"#, to: "answer.json")
    let result = try shell.run("cf-ecs logpush fields --check answer.json")
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("Offered and mapped (2):\nClientIP,RayID\nOffered, not"))
    #expect(result.output.contains(" (0):\nnone\n"))
    #expect(
      result.error
        == "cf-ecs: Cloudflare does not offer fields that documents need: Action,Datetime\n")
  }

  @Test(
    "says what is wrong with an answer, with status 1",
    arguments: [
      ("", "not JSON: unexpected character"), ("<html>", "not JSON: unexpected character"),
      (
        #"{"success":false,"errors":[{"code":10000,"message":"Authentication\u001b error"}]}"#,
        #"Cloudflare refused the call: Authentication\u{1b} error (10000)"#
      ),
    ])
  func badAnswer(text: String, message: String) throws {
    let shell = try Shell()
    try shell.write(text, to: "answer.json")
    let result = try shell.run("cf-ecs logpush fields --check - < answer.json")
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.error == "cf-ecs: standard input: \(message)\n")
  }

  @Test("reads the destination from standard input, and passes for JSON")
  func destination() throws {
    let result = try Shell().run(
      "echo ' https://logs.example.com/?k=sesame ' | cf-ecs logpush job --destination - --name a"
        + " --fields Action,RayID --timestamps rfc3339ns")
    #expect(result.status == 0)
    let body = try Shell.object(result.output)
    #expect(body["destination_conf"] as? String == "https://logs.example.com/?k=sesame")
    #expect(body["name"] as? String == "a")
    let options = body["output_options"] as? [String: Any]
    #expect(options?["field_names"] as? [String] == ["Action", "RayID"])
    #expect(options?["timestamp_format"] as? String == "rfc3339ns")
  }

  @Test("reads sizes as Cloudflare counts them, and 0 as no limit")
  func uploads() throws {
    let shell = try Shell()
    for (text, bytes) in [
      ("5MB", 5_000_000), ("1gb", 1_000_000_000), ("5000KB", 5_000_000), ("0", 0),
    ] {
      let result = try shell.run("cf-ecs logpush job --max-upload-bytes \(text)")
      #expect(try Shell.object(result.output)["max_upload_bytes"] as? Int == bytes)
    }
    let none = try shell.run("cf-ecs logpush job --max-upload-records 0 --max-upload-interval 0")
    #expect(try Shell.object(none.output)["max_upload_records"] as? Int == 0)
    let small = try shell.run("cf-ecs logpush job --max-upload-bytes 1MB")
    #expect(small.status == 2)
    #expect(small.error.contains("(bytes, 5 MB to 1 GB), or 0 for no limit, not 1000000\n"))
    let binary = try shell.run("cf-ecs logpush job --max-upload-bytes 5M")
    #expect(
      binary.error.hasPrefix(
        "cf-ecs: --max-upload-bytes takes SIZE: a number of bytes, or with KB, MB or GB\n"))
  }

  @Test("passes the options of the output")
  func outputOptions() throws {
    let result = try Shell().run(
      "cf-ecs logpush job --fields RayID,Action --sample-rate 0.1 --cve-2021-44228"
        + " --filter-attack-traffic --output-type csv --csv-header")
    let body = try Shell.object(result.output)
    #expect(body["filter_attack_traffic"] as? Bool == true)
    let options = body["output_options"] as? [String: Any]
    #expect(options?["output_type"] as? String == "csv")
    #expect(options?["batch_prefix"] as? String == "RayID,Action\n")
    #expect(options?["sample_rate"] as? Double == 0.1)
    #expect(options?["CVE-2021-44228"] as? Bool == true)
    #expect(try Shell().run("cf-ecs logpush job --csv-header").status == 2)
    #expect(try Shell().run("cf-ecs logpush job --sample-rate 2").status == 2)
    #expect(try Shell().run("cf-ecs logpush job --sample-rate x").status == 2)
    let field = try Shell().run("cf-ecs logpush job --fields ClientIP,RayId")
    #expect(field.status == 2)
    #expect(
      field.error.hasPrefix(
        "cf-ecs: field 2 of the list is not one of firewall_events: did you mean RayID?\n"))
  }

  @Test(
    "repeats the destination in no error",
    arguments: [
      "--destination sesame", "--destination - <<< 'https://sesame .'",
      "--destination - <<< sesame",
      "--destination https://sesame --max-upload-bytes 4000000",
      "--destination https://sesame --timestamps https://sesame",
      "--destination https://sesame --filter '{}'", "--destination https://sesame --fields ,",
      "--destination https://sesame --nonsense", "--destinationhttps://sesame",
      "https://sesame", "-- sesame", "--max-upload-records https://sesame", "-https://sesame=",
    ])
  func secrecy(arguments: String) throws {
    let result = try Shell().run("cf-ecs logpush job \(arguments)")
    #expect(!result.error.contains("sesame"))
    if !arguments.hasPrefix("-https") {
      #expect(result.status == 2)
      #expect(result.output == "")
      #expect(result.error.hasSuffix("Help: cf-ecs logpush job --help\n"))
    }
  }

  @Test("takes the words of the command from the left, and says what follows logpush")
  func words() throws {
    let shell = try Shell()
    for (line, hint) in [
      ("logpush", ""), ("logpush jobs", "Did you mean job? "), ("logpush https://example.com", ""),
    ] {
      let result = try shell.run("cf-ecs \(line)")
      #expect(result.status == 2)
      #expect(
        result.error
          == "cf-ecs: logpush takes fields or job\n\(hint)Help: cf-ecs logpush --help\n")
    }
  }

  @Test(
    "reports what cannot be read or written",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDisk() throws {
    let unread = try Shell().run("cf-ecs logpush fields --check nowhere.json")
    #expect(unread.status == 1)
    #expect(unread.error == "cf-ecs: nowhere.json: No such file or directory\n")
    for line in ["fields", "job"] {
      let result = try Shell().run("cf-ecs logpush \(line) > /dev/full")
      #expect(result.status == 3)
      #expect(result.error == "cf-ecs: standard output: No space left on device\n")
    }
  }
}
