/// The style sheet of a report's page. All colours of text have a contrast of at least 4.5 to their background, those of
/// charts at least 3.
enum ReportStyle {
  static let css = """
    :root { color-scheme: light dark; --page: #fff; --text: #1f2328; --faint: #57606a; --line: #d0d7de; --rail: #eaeef2;
      --denied: #b3261e; --challenged: #a15c00; --allowed: #1a7f37; --other: #6e7781; --bar: #0a62c4; }
    @media (prefers-color-scheme: dark) {
      :root { --page: #0d1117; --text: #e6edf3; --faint: #9da7b1; --line: #30363d; --rail: #21262d;
        --denied: #ff7b72; --challenged: #e3b341; --allowed: #56d364; --other: #8b949e; --bar: #58a6ff; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
    main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
    h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
    h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
    p { margin: .25rem 0; }
    .lead { font-size: 1.15rem; }
    .note, small, .legend, figcaption, summary, th span { color: var(--faint); }
    b.denied { color: var(--denied); }
    table { width: 100%; border-collapse: collapse; }
    thead th { font-size: .8rem; font-weight: 600; color: var(--faint); }
    th, td { text-align: left; vertical-align: top; padding: .3rem .5rem .3rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
    tbody th { overflow-wrap: anywhere; }
    .value { font-family: ui-monospace, monospace; font-size: .92em; color: var(--text); }
    small { display: block; font-size: .85rem; }
    .number { text-align: right; font-variant-numeric: tabular-nums; width: 7rem; padding-right: 1rem; }
    td.number { white-space: nowrap; }
    .share { width: 8rem; font-variant-numeric: tabular-nums; }
    .track { width: 10rem; padding-right: 1rem; }
    td svg { display: block; width: 100%; height: 6px; margin-top: .25rem; }
    .chart { display: block; width: 100%; height: 10rem; border-bottom: 1px solid var(--line); }
    figure { margin: 0; }
    figcaption { display: flex; justify-content: space-between; flex-wrap: wrap; gap: 0 1rem; font-size: .85rem; margin-top: .25rem; }
    .legend span { margin-right: 1rem; white-space: nowrap; }
    .legend i { display: inline-block; width: .8em; height: .8em; margin-right: .35em; background: var(--other); }
    rect { fill: var(--other); }
    .rail { fill: var(--rail); } .bar { fill: var(--bar); }
    rect.denied { fill: var(--denied); } rect.challenged { fill: var(--challenged); } rect.allowed { fill: var(--allowed); }
    i.denied { background: var(--denied) !important; } i.challenged { background: var(--challenged) !important; }
    i.allowed { background: var(--allowed) !important; }
    summary { cursor: pointer; margin-top: .5rem; }
    .times { width: auto; }
    @media (max-width: 40rem) { .track { display: none; } .share { width: 4.5rem; } .number { width: auto; padding-right: .6rem; }
      td.number { white-space: normal; } .times { font-size: .8rem; } }
    @media print { :root { --page: #fff; --text: #000; --faint: #444; --line: #bbb; --rail: #eee; --denied: #b3261e;
      --challenged: #a15c00; --allowed: #1a7f37; --other: #6e7781; --bar: #0a62c4; } main { max-width: none; padding: 0; } tr, figure { break-inside: avoid; } h2 { break-after: avoid; } details { display: none; }
      rect, i { print-color-adjust: exact; } }

    """
}
