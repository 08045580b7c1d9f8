@testable import CloudflareECS

/// The page of the documentation that says how feeds are read.
enum IndicatorFeedsPage {
  static let path = "Documentation/CloudflareECS.docc/IndicatorFeeds.md"

  static var text: String {
    introduction + IndicatorFeed.Form.all.map(section).joined() + "\(IndicatorFeed.Form.notes)\n"
      + rest
  }

  private static func section(_ form: IndicatorFeed.Form) -> String {
    """
    ### \(form.name)

    \(form.summary.replacing("*", with: "\\*").replacing("_", with: "\\_").replacing("|", with: "\\|"))

    ```
    \(form.example)
    ```


    """
  }

  private static let introduction = """
    <!-- Generated from the list of forms: do not edit. RECORD=1 swift test --filter \
    PageTests rewrites this page. -->
    # Indicator feeds

    How feeds of indicators are read, what they are compared with, and their limits.

    ## Overview

    `cf-ecs detect --iocs FILE` loads a feed; the option can be repeated, FILE may be compressed with \
    gzip, and `-` is standard input. Nothing is fetched from a network. The rule `intelligence-feed` \
    gives one alert for each event that has a value of a feed. A program loads feeds with \
    ``IndicatorFeed`` into an ``IndicatorSet``, and gives that to a ``Detector``.

    Of each feed one line on standard error says what was loaded (`--stats` has the same as `feeds`, and \
    ``IndicatorFeed/Report`` in a program), and the first five rows that were not supported:

    ```console
    $ printf '%s\\n' indicator,type 203.0.113.0/24,ip bad.example,domain \\
        d41d8cd98f00b204e9800998ecf8427e,md5 > feed.csv
    $ cf-ecs detect --rule intelligence-feed --iocs feed.csv -o alerts.ndjson \\
        Documentation/Samples/firewall_events.ndjson.gz && wc -l < alerts.ndjson
    cf-ecs: feed.csv: 2 indicators (1 IPv4, 1 domain), 1 row not supported
    cf-ecs: not supported: line 4: the type 'md5' is none of ip, domain, url, user-agent: d41d8cd98f00b204e9800998ecf8427e,md5
    59
    ```

    A feed that gives no indicator, is damaged or is too large makes the exit status 1, also with \
    `--lenient`: if a feed cannot be read, the log is not known to be clean. Everything else is done. A \
    feed that does not exist, and `--rule intelligence-feed` without a feed, are status 2.

    ## Forms


    """

  private static let rest = """

    A row that is not supported (a hash, a type that events do not have) is counted. If one column of a row cannot be read, only that column is ignored. Times are written as `2026-11-28T10:00:00Z`, `2026-11-28 10:00:00` or in Unix seconds. A date alone is enough: `valid_until` ends with that day in UTC, `valid_from` begins with it. A `valid_from` or `valid_until` that cannot be read is named in the feed's line (`1 time not read, such as 31/12/2026`): that indicator is valid as if it had none. An indicator that had expired when the run began \
    is counted as expired; it still matches events before that time. A network that has every address, such as `203.0.113.7/0`, is loaded and named in the feed's line (`1 matches every address (203.0.113.7/0)`; `--stats` has the number as `matching_all`): it gives an alert for each event with such an address.

    ## What is compared

    | Indicator | ECS fields |
    |---|---|
    | address, network, range | `source.ip`, `destination.ip`; if it is labelled `c2` or `command-and-control`, `destination.ip` only |
    | name | `url.domain`, `url.registered_domain`, `destination.domain`, `destination.registered_domain` |
    | `*.name` | the same, and every name below it |
    | URL | the whole URL: scheme, host, port, path and query |
    | path, with a query or without | path and query |
    | user agent | `user_agent.original`, exactly |

    Feeds and events are brought to the same form. Names are compared in lower case and in ASCII \
    (`bücher.example` is `xn--bcher-kva.example`), without a dot at the end. `::ffff:192.0.2.1` is \
    `192.0.2.1`. Of a URL the letter case of scheme and host, the scheme's default port, a user name and a \
    fragment do not matter. Types and columns such as `ip-dst` and `dst_ip` do not restrict what an address is compared with.

    An indicator with `valid_from` or `valid_until` matches events of that time; an event without a time may \
    match. `first_seen` and `last_seen` are only shown in alerts. The level of an alert is that of the most serious \
    indicator, by its confidence. An alert has the name of the feed's file as the provider of an indicator \
    that has none.

    With a table of your own the fields on the right must be there: a message names what is not compared because the \
    table lacks one of \(ComparedValues.targets.map { "`\($0)`" }.joined(separator: ", ")).

    The rule for feeds is called `SEKOIA.IO Intelligence Feed` after the one that it stands for; the alert names your \
    feed as the provider.

    ## Limits

    - All feeds together may have 8,000,000 indicators and 512 MiB of text. That takes less than 1 GiB of \
    memory. Beyond it reading stops, and the report says that the feed is too large.
    - An observable is at most 4,000 bytes long, a host name 253, a line or row 1 MiB, an object of JSON \
    16 MiB. Longer ones are not supported.
    - Identifiers and providers are cut to 256 bytes, descriptions to 1,000.
    - An alert lists at most ten indicators of one observable, and at most 60,000 bytes of enrichments: it is \
    at most 64 KiB longer than its event. A last enrichment has the number of the others.
    - Loading takes time in proportion to the size of the feed, whatever is in it: keys are hashed with a \
    secret that is random in each process. The cost of an event does not depend on the size of the feeds.

    """
}
