// The style of the HTML report. One file, no external resources: it opens anywhere, today and in ten years.
#pragma once

#include <string_view>

namespace lingua::cli {

inline constexpr std::string_view kHtmlStyle = R"CSS(
:root { color-scheme: light dark; --page: #fafaf7; --card: #fff; --ink: #1b1d21; --soft: #686d76; --faint: #8d929a;
  --line: #e4e4de; --kept: #0f8a6d; --empty: #e9e9e3; --shade: 245 158 11; --strike: #c9ccd1; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14161a; --card: #1b1e24; --ink: #eceef1; --soft: #9aa1ac; --faint: #7d8591; --line: #2c3038;
    --kept: #34c79f; --empty: #2a2e36; --shade: 251 176 36; --strike: #4a505a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 2.5rem 1.5rem 5rem; background: var(--page); color: var(--ink);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { margin: 0; font-size: 2.6rem; font-weight: 700; letter-spacing: -.02em; line-height: 1.15; }
h1 i { font-style: normal; color: var(--faint); font-weight: 400; padding: 0 .15em; }
h1 b { color: var(--kept); }
h1 small { font-size: 1.1rem; font-weight: 400; color: var(--soft); letter-spacing: 0; }
h2 { margin: 2.5rem 0 .6rem; font-size: 1.05rem; font-weight: 600; }
.facts { display: flex; flex-wrap: wrap; gap: .4rem 2rem; margin: 1.1rem 0 1.6rem; padding: 0; list-style: none; }
.facts li { display: flex; flex-direction: column; font-size: 1.05rem; font-variant-numeric: tabular-nums; }
.facts span { color: var(--soft); font-size: .78rem; }
.note { margin: .4rem 0; padding: .5rem .9rem; border-left: 3px solid rgb(var(--shade)); background: var(--card); }
svg.map { display: block; width: 100%; height: 1.9rem; border-radius: 4px; background: var(--empty); }
svg.map path { fill: var(--kept); }
svg.map line { stroke: var(--page); stroke-width: 2px; vector-effect: non-scaling-stroke; }
.caption { color: var(--soft); font-size: .82rem; margin: .4rem 0 0; }
.scroll { max-height: 26rem; overflow: auto; border: 1px solid var(--line); border-radius: 8px;
  background: var(--card); }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
th { position: sticky; top: 0; background: var(--card); color: var(--soft); font-weight: 500; font-size: .8rem;
  box-shadow: inset 0 -1px var(--line); }
th, td { padding: .42rem .9rem; text-align: right; white-space: nowrap; }
th:nth-child(-n+2), td:nth-child(-n+2) { text-align: left; }
td:nth-child(2) { width: 45%; }
tbody tr + tr td { border-top: 1px solid var(--line); }
tbody tr:hover { background: rgb(var(--shade) / .07); }
td a { color: inherit; text-decoration: none; } td a:hover { text-decoration: underline; }
tr.lost td { color: var(--faint); }
td svg.map { height: .8rem; border-radius: 2px; }
.bar { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .6rem 1.6rem; align-items: center;
  margin: 2.2rem -1.5rem 1rem; padding: .7rem 1.5rem; background: var(--page); border-bottom: 1px solid var(--line);
  font-size: .88rem; }
.tabs { display: flex; border: 1px solid var(--line); border-radius: 7px; overflow: hidden; background: var(--card); }
.tabs label { padding: .25rem .85rem; cursor: pointer; } .tabs label + label { border-left: 1px solid var(--line); }
.legend { display: flex; gap: 1rem; align-items: center; color: var(--soft); margin-left: auto; flex-wrap: wrap; }
.scale { display: inline-flex; vertical-align: middle; margin: 0 .35rem; border-radius: 3px; overflow: hidden; }
.scale i { width: 1.05rem; height: .9rem; background: rgb(var(--shade) / var(--a, 0)); }
body > input { position: absolute; opacity: 0; pointer-events: none; }
#all:checked ~ .bar [for=all], #keep:checked ~ .bar [for=keep], #drop:checked ~ .bar [for=drop] {
  background: var(--ink); color: var(--page); }
#shade ~ .bar [for=shade]::before { content: "☐ "; } #shade:checked ~ .bar [for=shade]::before { content: "☑ "; }
[for=shade] { cursor: pointer; }
body > input:focus-visible ~ .bar .tabs { outline: 2px solid var(--kept); }
section { margin: 0 0 .9rem; padding: .9rem 1.3rem 1.1rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 8px; scroll-margin-top: 4rem; content-visibility: auto; contain-intrinsic-size: auto 12rem; }
section:target { border-color: var(--kept); }
section header { display: flex; justify-content: space-between; gap: 1rem; color: var(--soft); font-size: .82rem;
  margin-bottom: .35rem; }
section header b { color: var(--ink); font-weight: 600; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.75; }
.k, .d { position: relative; padding: 1px 0; }
.k { box-shadow: inset 0 -2px var(--kept); }
.d { color: var(--faint); text-decoration: line-through var(--strike); }
#shade:checked ~ main .k { background: rgb(var(--shade) / var(--a, 0)); }
#shade:checked ~ main .d { background: rgb(var(--shade) / calc(.4 * var(--a, 0))); }
.s1 { --a: .06; } .s2 { --a: .12; } .s3 { --a: .19; } .s4 { --a: .26; } .s5 { --a: .34; } .s6 { --a: .42; }
.s7 { --a: .51; } .s8 { --a: .6; } .s9 { --a: .7; }
[data-t]:hover::after { content: attr(data-t); position: absolute; left: 0; bottom: 115%; z-index: 3; white-space: pre;
  padding: .15rem .5rem; border-radius: 5px; background: var(--ink); color: var(--page); font: 12.5px/1.5 system-ui,
  sans-serif; pointer-events: none; }
#keep:checked ~ main :is(.d, .lost), #drop:checked ~ main :is(.k, .whole) { display: none; }
#drop:checked ~ main .d { color: var(--ink); text-decoration: none; }
footer { margin-top: 2.5rem; color: var(--soft); font-size: .82rem; }
@media (max-width: 44rem) { h1 { font-size: 1.9rem; } td:nth-child(2), th:nth-child(2) { display: none; } }
@media print { .bar { position: static; } .scroll { max-height: none; } }
)CSS";

}  // namespace lingua::cli
