# The sekoia table for the members that the generated events hold; one line in, one document out.
def types: {
  block: ["denied"], drop: ["denied"], challengefailed: ["denied"], jschallengefailed: ["denied"],
  connectionclose: ["end"], forceconnectionclose: ["end"],
  allow: ["allowed"], bypass: ["allowed"], skip: ["allowed"], challengesolved: ["allowed"],
  challengebypassed: ["allowed"], jschallengesolved: ["allowed"],
  jschallengebypassed: ["allowed"], managedchallengeskipped: ["allowed"],
  managedchallengenoninteractivesolved: ["allowed"],
  managedchallengeinteractivesolved: ["allowed"], managedchallengebypassed: ["allowed"],
  precursorinterstitialpagebypassed: ["allowed"], precursorinterstitialpagesolved: ["allowed"]
};
def absent: . == null or . == "" or . == [] or . == {};
# The fastest of the ways that were tried: few members are absent.
def present: delpaths([keys_unsorted[] as $name | select(.[$name] | absent) | [$name]]);

. as $line
| fromjson
| . as $e
| {
    message: $line,
    event: ({
      action: .Action, kind: "event", category: ["network"], dataset: "firewall-events",
      module: (if .Source | absent then null else "cloudflare." + .Source end),
      type: (types[.Action | ascii_downcase | split("_") | join("")] // ["info"])
    } | present),
    "@timestamp": (.Datetime[:19] + ".000000Z"),
    source: ({
      ip: .ClientIP, address: .ClientIP, as: ({number: .ClientASN} | present),
      geo: ({country_name: .ClientCountry} | present)
    } | present),
    destination: ({domain: .ClientRequestHost, address: .ClientRequestHost} | present),
    http: ({
      request: ({
        method: .ClientRequestMethod,
        referrer: (if .ClientRefererHost | absent then null else
          (if .ClientRefererScheme | absent then "" else .ClientRefererScheme + "://" end)
          + .ClientRefererHost + .ClientRefererPath + .ClientRefererQuery end)
      } | present),
      response: ({status_code: .EdgeResponseStatus} | present),
      version: .ClientRequestProtocol
    } | present),
    url: ({
      domain: .ClientRequestHost, path: .ClientRequestPath, scheme: .ClientRequestScheme,
      query: .ClientRequestQuery
    } | present),
    network: ({protocol: .ClientRequestProtocol} | present),
    user_agent: ({original: .ClientRequestUserAgent} | present),
    rule: ({id: .RuleID, description: .Description, reference: .Ref} | present),
    observer: {vendor: "Cloudflare", type: "firewall"},
    cloudflare: ({
      EdgeResponseStatus, RayID, clientASNDescription: .ClientASNDescription, ClientIPClass,
      ClientRefererScheme, ClientRefererHost, ClientRefererPath, ClientRefererQuery,
      OriginResponseStatus, EdgeColoCode, OriginatorRayID, source: .Source,
      matchIndex: .MatchIndex, metadata: .Metadata, Kind, LeakedCredentialCheckResult,
      ContentScanObjResults, ContentScanObjSizes, ContentScanObjTypes
    } | present),
    related: ({
      hosts: (if .ClientRequestHost | absent then null else [.ClientRequestHost] end),
      ip: (if .ClientIP | absent then null else [.ClientIP] end)
    } | present)
  }
| present
