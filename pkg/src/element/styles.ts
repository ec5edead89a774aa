/** The style sheet. System colours and `light-dark()` follow the page; the custom properties in `:host` are the surface for themes. */

import { css } from 'lit';

export const styles = css`
  :host {
    --_torque-gitlab-connect-accent: var(--torque-gitlab-connect-accent, light-dark(#0b5c7d, #7fcbea));
    --_torque-gitlab-connect-on-accent: var(--torque-gitlab-connect-on-accent, light-dark(#fff, #05222f));
    --_torque-gitlab-connect-surface: var(--torque-gitlab-connect-surface, light-dark(#fff, #1b1f23));
    --_torque-gitlab-connect-sunken: var(--torque-gitlab-connect-sunken, light-dark(#f5f6f7, #14171a));
    --_torque-gitlab-connect-text: var(--torque-gitlab-connect-text, light-dark(#1b2329, #e8ebee));
    --_torque-gitlab-connect-muted: var(--torque-gitlab-connect-muted, light-dark(#53606a, #a7b1ba));
    --_torque-gitlab-connect-line: var(--torque-gitlab-connect-line, light-dark(#dce0e4, #333a41));
    --_torque-gitlab-connect-edge: var(--torque-gitlab-connect-edge, light-dark(#7d8993, #76828c));
    --_torque-gitlab-connect-good: var(--torque-gitlab-connect-good, light-dark(#17693f, #7ed3a3));
    --_torque-gitlab-connect-warn: var(--torque-gitlab-connect-warn, light-dark(#855000, #f0bf6a));
    --_torque-gitlab-connect-bad: var(--torque-gitlab-connect-bad, light-dark(#a8261c, #ff9c90));
    --_torque-gitlab-connect-radius: var(--torque-gitlab-connect-radius, 10px);
    --_torque-gitlab-connect-sans: var(--torque-gitlab-connect-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif);
    --_torque-gitlab-connect-mono: var(--torque-gitlab-connect-code-font, ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace);
    container: connect / inline-size;
    display: block;
  }
  :host([hidden]) { display: none; }
  /* Not on the host: there a page's own rules, down to a reset of *, would win and be inherited. */
  :host > :not(slot) {
    color: var(--_torque-gitlab-connect-text);
    font: 400 1rem / 1.5 var(--_torque-gitlab-connect-sans);
    font-variant: normal;
    letter-spacing: normal;
    word-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    white-space: normal;
    word-break: normal;
    hyphens: manual;
    cursor: auto;
  }
  /* Nothing is as wide as its longest word: a long URL breaks, and its column stays. */
  *, ::before, ::after { box-sizing: border-box; min-inline-size: 0; }
  h2, h3, p, ol, ul, dl, dd, fieldset, legend, pre { margin: 0; padding: 0; border: 0; }
  ol, ul { list-style: none; }
  a { color: var(--_torque-gitlab-connect-accent); text-underline-offset: .2em; }
  code, pre { font-family: var(--_torque-gitlab-connect-mono); font-size: .875em; overflow-wrap: anywhere; }
  strong { font-weight: 600; }
  a + .icon, a > .icon { vertical-align: -.3em; }
  .icon { flex: none; inline-size: 1.25rem; block-size: 1.25rem; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
  .only-read { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  :focus-visible { outline: 3px solid var(--_torque-gitlab-connect-accent); outline-offset: 2px; }
  [tabindex="-1"]:focus { outline: none; }
  .icon-arrow:dir(rtl), .icon-back:dir(rtl) { transform: scaleX(-1); }
  details:not([open]) > summary:dir(rtl)::before { rotate: 180deg; }

  /* Columns of things, by how close they belong together. */
  .frame, .panel, form, .stack, .pair, .more, .heading, .field, .verdict, .card-text, .about, .close, .facts, .cards, .card, .box, .list, .summary, .plan, .rows, .progress { display: grid; gap: 1.25rem; }
  .cards, .card, .box, .list { gap: 1rem; }
  .close, .facts { gap: .75rem; }
  .summary, .plan, .rows, .progress { gap: .5rem; }
  .heading, .field, .verdict, .card-text, .about { gap: .375rem; }

  /* frame */
  .stepper ol { display: flex; }
  .stepper li { position: relative; flex: 1; }
  .stepper li:not(:last-child)::after { content: ""; position: absolute; inset-block-start: 1.1875rem; inset-inline: calc(50% + 1.375rem) calc(1.375rem - 50%); block-size: 2px; background: var(--_torque-gitlab-connect-line); border-radius: 1px; }
  .stepper li.passed::after { background: var(--_torque-gitlab-connect-accent); }
  .stop { display: flex; flex-direction: column; align-items: center; gap: .25rem; inline-size: 100%; padding: .25rem; border: 0; border-radius: var(--_torque-gitlab-connect-radius); background: none; color: inherit; font: inherit; text-align: start; }
  .stop:enabled { cursor: pointer; }
  .marker { display: grid; place-items: center; flex: none; inline-size: 2rem; block-size: 2rem; border: 1.5px solid var(--_torque-gitlab-connect-edge); border-radius: 50%; color: var(--_torque-gitlab-connect-muted); font-size: .875rem; font-weight: 600; font-variant-numeric: tabular-nums; background: var(--_torque-gitlab-connect-surface); }
  .passed .marker { border-color: var(--_torque-gitlab-connect-accent); color: var(--_torque-gitlab-connect-accent); }
  .current .marker { border-color: var(--_torque-gitlab-connect-accent); background: var(--_torque-gitlab-connect-accent); color: var(--_torque-gitlab-connect-on-accent); }
  .here { display: none; }
  .caption { font-size: .8125rem; line-height: 1.25rem; }
  .current .title { font-weight: 620; }
  @container connect not (min-width: 34rem) { .caption { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; } .here { display: block; padding-block-start: .25rem; text-align: center; font-weight: 620; font-size: .9375rem; } }
  @container connect not (min-width: 54rem) { .answer { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; } }
  .panel { align-content: start; padding: 1.25rem; border: 1px solid var(--_torque-gitlab-connect-line); border-radius: calc(var(--_torque-gitlab-connect-radius) + 4px); background: var(--_torque-gitlab-connect-surface); }
  .heading { padding-block-end: .375rem; }
  h2 { font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -.012em; text-wrap: balance; }
  h3 { font-size: 1.0625rem; line-height: 1.35; font-weight: 620; }
  .lead, .hint { color: var(--_torque-gitlab-connect-muted); }
  .lead { max-inline-size: 62ch; text-wrap: pretty; }
  .hint { font-size: .875rem; max-inline-size: 68ch; }
  .tight { gap: .125rem; }
  .actions { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; padding-block-start: .25rem; }
  .actions > .button { flex: 1 1 auto; }
  .pager { justify-content: space-between; }
  .pager > .button { flex: none; padding-inline: .5rem; }
  .pager .icon-arrow { order: 1; }
  .pager .hint { flex: 1 0 100%; order: -1; text-align: center; }
  .downloads { display: flex; flex-wrap: wrap; align-items: center; margin-inline: auto; }

  /* buttons */
  .button { display: inline-flex; align-items: center; justify-content: center; gap: .5rem; min-block-size: 2.75rem; padding: .5rem 1.125rem; border: 1px solid var(--_torque-gitlab-connect-edge); border-radius: var(--_torque-gitlab-connect-radius); background: var(--_torque-gitlab-connect-surface); color: var(--_torque-gitlab-connect-text); font: inherit; font-weight: 550; text-decoration: none; cursor: pointer; }
  .button:hover { border-color: var(--_torque-gitlab-connect-accent); color: var(--_torque-gitlab-connect-accent); }
  .button.primary { border-color: var(--_torque-gitlab-connect-accent); background: var(--_torque-gitlab-connect-accent); color: var(--_torque-gitlab-connect-on-accent); }
  .button.primary:hover { background: color-mix(in oklab, var(--_torque-gitlab-connect-accent) 88%, var(--_torque-gitlab-connect-text)); }
  .button.quiet { border-color: transparent; background: none; color: var(--_torque-gitlab-connect-accent); padding-inline: .625rem; }
  .button.quiet:hover { background: color-mix(in oklab, var(--_torque-gitlab-connect-accent) 9%, transparent); }
  .button.small { min-block-size: 2.125rem; padding: .25rem .75rem; font-size: .875rem; }
  .frame:disabled { opacity: .6; }
  .frame:disabled :is(.button, input, .card) { cursor: default; }
  .button[aria-disabled="true"] { opacity: .6; cursor: default; }

  /* fields */
  .field { margin-block-end: -.25rem; }
  .field > label, .legend { font-weight: 600; }
  .optional { color: var(--_torque-gitlab-connect-muted); font-weight: 400; font-size: .875rem; }
  .control { display: flex; border: 1px solid var(--_torque-gitlab-connect-edge); border-radius: var(--_torque-gitlab-connect-radius); background: var(--_torque-gitlab-connect-surface); }
  .control:focus-within { outline: 3px solid var(--_torque-gitlab-connect-accent); outline-offset: 1px; }
  .control:has(button:focus-visible) { outline: none; }
  .control.short { max-inline-size: 24rem; }
  .wrong > .control { border-color: var(--_torque-gitlab-connect-bad); box-shadow: inset 0 0 0 1px var(--_torque-gitlab-connect-bad); }
  textarea, input:not([type="radio"], [type="checkbox"], [type="file"]) { flex: 1; min-block-size: 2.75rem; padding: .5rem .75rem; border: 0; border-radius: inherit; background: none; color: inherit; font: inherit; outline: none; }
  .control .code { font-family: var(--_torque-gitlab-connect-mono); font-size: .9375rem; }
  textarea { resize: vertical; white-space: pre; }
  .button:has(:focus-visible) { outline: 3px solid var(--_torque-gitlab-connect-accent); outline-offset: 2px; }
  input::placeholder { color: var(--_torque-gitlab-connect-muted); opacity: .8; }
  .control button { display: inline-flex; align-items: center; gap: .375rem; min-inline-size: 2.75rem; justify-content: center; padding: 0 .75rem; border: 0; border-inline-start: 1px solid var(--_torque-gitlab-connect-line); border-radius: 0 var(--_torque-gitlab-connect-radius) var(--_torque-gitlab-connect-radius) 0; background: none; color: var(--_torque-gitlab-connect-accent); font: inherit; font-size: .875rem; cursor: pointer; }
  .control button:dir(rtl) { border-radius: var(--_torque-gitlab-connect-radius) 0 0 var(--_torque-gitlab-connect-radius); }
  .verdict { min-block-size: 1.5rem; font-size: .875rem; line-height: 1.5rem; }
  .note { display: flex; gap: .5rem; align-items: flex-start; overflow-wrap: anywhere; }
  .note > .icon { margin-block-start: .125rem; }
  .good, .state-ok > .icon, .state-done > .icon { color: var(--_torque-gitlab-connect-good); }
  .bad, .state-failed > .icon { color: var(--_torque-gitlab-connect-bad); }
  .warn, .state-warning > .icon, .state-unknown > .icon { color: var(--_torque-gitlab-connect-warn); }
  .note.warn > div, .note.bad > div { color: var(--_torque-gitlab-connect-text); }
  .note.bad > div:first-of-type { color: var(--_torque-gitlab-connect-bad); }
  .suggestion { display: inline-flex; flex-wrap: wrap; align-items: center; gap: .25rem .5rem; margin-block: .125rem; margin-inline-end: .5rem; padding: .125rem .625rem; min-block-size: 1.75rem; border: 1px solid currentColor; border-radius: calc(var(--_torque-gitlab-connect-radius) - 3px); background: none; color: var(--_torque-gitlab-connect-accent); font: inherit; text-align: start; cursor: pointer; }
  .suggestion:hover { background: color-mix(in oklab, var(--_torque-gitlab-connect-accent) 9%, transparent); }

  /* choices */
  .card { position: relative; align-content: start; padding: 1.125rem; border: 1px solid var(--_torque-gitlab-connect-edge); border-radius: calc(var(--_torque-gitlab-connect-radius) + 2px); cursor: pointer; }
  .card:hover { border-color: var(--_torque-gitlab-connect-accent); }
  .card:has(input:checked) { border-color: var(--_torque-gitlab-connect-accent); box-shadow: inset 0 0 0 1px var(--_torque-gitlab-connect-accent); }
  .card:has(input:focus-visible), .choice:has(input:focus-visible) { outline: 3px solid var(--_torque-gitlab-connect-accent); outline-offset: 2px; }
  .card input, .choice input { flex: none; inline-size: 1.25rem; block-size: 1.25rem; margin: .125rem 0 0; accent-color: var(--_torque-gitlab-connect-accent); outline: none; cursor: inherit; }
  .card-title { display: flex; gap: .625rem; font-weight: 620; font-size: 1.0625rem; line-height: 1.5; }
  .about { color: var(--_torque-gitlab-connect-muted); font-size: .9375rem; }
  .picture { inline-size: 100%; max-block-size: 9rem; padding: .75rem; border-radius: var(--_torque-gitlab-connect-radius); background: var(--_torque-gitlab-connect-sunken); fill: none; stroke-linecap: round; stroke-linejoin: round; }
  .picture .enclosure { stroke: var(--_torque-gitlab-connect-edge); stroke-width: 1.5; stroke-dasharray: 4 4; }
  .picture .wire { stroke: var(--_torque-gitlab-connect-edge); stroke-width: 1.5; }
  .picture .tile { fill: var(--_torque-gitlab-connect-surface); stroke: var(--_torque-gitlab-connect-edge); stroke-width: 1.25; }
  .picture .dot { fill: var(--_torque-gitlab-connect-edge); }
  .picture .line { stroke: var(--_torque-gitlab-connect-line); stroke-width: 4; }
  .picture .badge { fill: var(--_torque-gitlab-connect-accent); }
  .picture .glyph { stroke: var(--_torque-gitlab-connect-on-accent); stroke-width: 2.25; }
  .choices { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; }
  .choice { display: inline-flex; gap: .625rem; padding-block: .25rem; border-radius: 6px; cursor: pointer; }

  .picks { display: grid; gap: .125rem; max-block-size: 20rem; overflow: auto; padding-inline: .25rem; border-block: 1px solid var(--_torque-gitlab-connect-line); }
  .picks span { overflow-wrap: anywhere; }

  /* the base URL over the repository URL */
  .compare { --tint: color-mix(in oklab, var(--_torque-gitlab-connect-good) 8%, transparent); display: grid; gap: .25rem; padding-block: .25rem; font-size: .8125rem; }
  .compare li { display: grid; grid-template-columns: 4.5rem 1fr 1rem 1fr; }
  .compare .part { align-self: center; color: var(--_torque-gitlab-connect-muted); font-size: .75rem; }
  .compare code { display: grid; place-items: center; min-block-size: 1.75rem; padding: .125rem .25rem; border: 1px solid var(--_torque-gitlab-connect-line); border-radius: 6px; background: var(--_torque-gitlab-connect-sunken); font-size: inherit; }
  .compare .same code { border-color: var(--_torque-gitlab-connect-good); color: var(--_torque-gitlab-connect-good); background: var(--tint); }
  .compare .same code:first-of-type { border-inline-end: 0; border-start-end-radius: 0; border-end-end-radius: 0; }
  .compare .same code:last-of-type { border-inline-start: 0; border-start-start-radius: 0; border-end-start-radius: 0; }
  .compare .same .joint { border-block: 1px solid var(--_torque-gitlab-connect-good); background: var(--tint); }
  .compare .differs .joint { display: grid; place-items: center; color: var(--_torque-gitlab-connect-bad); font-weight: 700; line-height: 1; }
  .compare .differs .part, .compare .differs code:last-of-type { color: var(--_torque-gitlab-connect-bad); font-weight: 600; }
  .compare .differs code:last-of-type { border: 2px solid var(--_torque-gitlab-connect-bad); background: color-mix(in oklab, var(--_torque-gitlab-connect-bad) 8%, transparent); }
  .compare .open code:last-of-type { color: var(--_torque-gitlab-connect-muted); border-style: dashed; background: none; }
  .compare .below code:first-of-type { visibility: hidden; grid-area: 1 / 2; }
  .compare .below .joint { grid-area: 1 / 3; }
  .compare .below code:last-of-type { grid-area: 1 / 2 / auto / -1; }

  /* boxes */
  .callout { display: flex; gap: .625rem; padding: .75rem .875rem; border-radius: var(--_torque-gitlab-connect-radius); background: var(--_torque-gitlab-connect-sunken); font-size: .9375rem; }
  .callout .suggestion { margin-block: -.25rem; }
  .callout > .icon { margin-block-start: .125rem; color: var(--_torque-gitlab-connect-accent); }
  .summary { padding: 1rem 1.125rem; border: 2px solid var(--_torque-gitlab-connect-bad); border-radius: var(--_torque-gitlab-connect-radius); background: color-mix(in oklab, var(--_torque-gitlab-connect-bad) 5%, transparent); }
  .summary a { color: var(--_torque-gitlab-connect-bad); }
  .summary li { margin-block-start: .375rem; }
  .box { padding: 1.125rem; border: 1px solid var(--_torque-gitlab-connect-line); border-radius: var(--_torque-gitlab-connect-radius); }
  .box-head { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; }
  .facts > li { display: grid; grid-template-columns: 1.25rem 1fr; gap: 0 .75rem; align-items: start; }
  .facts > li > .icon { margin-block-start: .125rem; }
  .facts .name { font-weight: 600; }
  .facts .value { color: var(--_torque-gitlab-connect-muted); font-size: .9375rem; overflow-wrap: anywhere; }
  .chips { display: flex; flex-wrap: wrap; gap: .375rem; margin-block: .25rem; }
  .chip { display: inline-flex; align-items: center; gap: .375rem; padding: .0625rem .5rem; border: 1px solid currentColor; border-radius: 99px; font: .8125rem/1.4 var(--_torque-gitlab-connect-mono); }
  .chip .icon { inline-size: 1rem; block-size: 1rem; }
  .line + .line { margin-block-start: -.5rem; }
  .name + .button { margin-inline-start: auto; }
  .repository > .field { margin-block-end: 0; }
  .repository h3 { color: var(--_torque-gitlab-connect-muted); font-size: .875rem; }
  .box-head .quiet { margin-inline-end: -.75rem; }
  .repository { display: grid; gap: .75rem; padding: 1.125rem; border: 1px solid var(--_torque-gitlab-connect-line); border-radius: var(--_torque-gitlab-connect-radius); }
  .repository.line { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .75rem; padding: .375rem .375rem .375rem .875rem; }
  .line .name { flex: 1 1 calc(100% - 2rem); padding-block: .25rem; font-weight: 600; overflow-wrap: anywhere; }
  details > summary { display: inline-flex; align-items: center; min-block-size: 1.75rem; padding-inline-end: .375rem; border-radius: 6px; color: var(--_torque-gitlab-connect-accent); font-size: .875rem; font-weight: 550; cursor: pointer; list-style: none; gap: .375rem; }
  details > summary::-webkit-details-marker { display: none; }
  details > summary::before { content: ""; inline-size: .4rem; block-size: .4rem; margin-inline: .2rem .2rem; border: solid currentColor; border-width: 0 1.75px 1.75px 0; transform: rotate(-45deg); }
  details[open] > summary::before { transform: rotate(45deg); }
  .more { padding-block-start: 1rem; }
  .answers { display: grid; gap: 0; border-block-start: 1px solid var(--_torque-gitlab-connect-line); }
  .answers > div { display: grid; grid-template-columns: 1fr auto; gap: 0 1.5rem; padding-block: .75rem; border-block-end: 1px solid var(--_torque-gitlab-connect-line); }
  .answers dt { color: var(--_torque-gitlab-connect-muted); font-size: .875rem; }
  .answers dd { grid-column: 1 / -1; overflow-wrap: anywhere; }
  .answers .change { grid-area: 1 / 2; margin: -.3125rem -.625rem -.3125rem 0; }
  .answers .change:empty { display: none; }
  .request { border: 1px solid var(--_torque-gitlab-connect-line); border-radius: var(--_torque-gitlab-connect-radius); }
  .request > summary { display: flex; gap: .625rem; inline-size: 100%; padding: .625rem .875rem; color: inherit; font-weight: 400; font-size: .9375rem; }
  .request > summary > span { overflow-wrap: anywhere; }
  .inside { display: grid; gap: .625rem; padding: 0 .875rem .875rem; }
  .address { color: var(--_torque-gitlab-connect-muted); }
  .code { position: relative; }
  .code > .button { position: absolute; inset-block-start: .5rem; inset-inline-end: .5rem; }
  .verb { flex: none; min-inline-size: 2.125rem; font: 600 .8125rem/1.5rem var(--_torque-gitlab-connect-mono); color: var(--_torque-gitlab-connect-accent); }
  pre { padding: .875rem 1rem; min-block-size: 3.5rem; max-block-size: 24rem; overflow: auto; background: var(--_torque-gitlab-connect-sunken); border-radius: calc(var(--_torque-gitlab-connect-radius) - 2px); line-height: 1.6; tab-size: 2; }
  pre code { font-size: .8125rem; }
  .many { max-block-size: min(30rem, 75vh); overflow: auto; padding: .25rem; border-block: 1px solid var(--_torque-gitlab-connect-line); }

  /* connecting */
  progress { appearance: none; inline-size: 100%; block-size: .5rem; border: 0; border-radius: 99px; background: var(--_torque-gitlab-connect-line); overflow: hidden; }
  progress::-webkit-progress-bar { background: var(--_torque-gitlab-connect-line); }
  progress::-webkit-progress-value { background: var(--_torque-gitlab-connect-accent); border-radius: 99px; transition: inline-size .3s; }
  progress::-moz-progress-bar { background: var(--_torque-gitlab-connect-accent); border-radius: 99px; }
  .rows > li { display: grid; grid-template-columns: 1.25rem 1fr; gap: .125rem .75rem; align-items: start; padding: .875rem; border: 1px solid var(--_torque-gitlab-connect-line); border-radius: var(--_torque-gitlab-connect-radius); }
  .rows > li > .icon { margin-block-start: .125rem; }
  .rows .name { font-weight: 600; overflow-wrap: anywhere; }
  .rows .word { grid-column: 2; font-size: .875rem; color: var(--_torque-gitlab-connect-muted); }
  .rows .below { grid-column: 2 / -1; display: grid; gap: .375rem; padding-block-start: .25rem; font-size: .875rem; overflow-wrap: anywhere; }
  .state-running > .icon { color: var(--_torque-gitlab-connect-accent); }
  .state-failed > .word { color: var(--_torque-gitlab-connect-bad); }
  .state-pending > .icon { color: var(--_torque-gitlab-connect-muted); }
  .icon-running { animation: turn 1s linear infinite; }
  @keyframes turn { to { transform: rotate(1turn); } }
  .trace { display: grid; gap: .25rem; padding: 0 .875rem .875rem; font: .8125rem/1.5 var(--_torque-gitlab-connect-mono); color: var(--_torque-gitlab-connect-muted); overflow-wrap: anywhere; }
  .outcome { display: flex; gap: .875rem; align-items: flex-start; }
  .outcome > .icon { inline-size: 2rem; block-size: 2rem; stroke-width: 1.4; }
  .path { display: flex; flex-wrap: wrap; gap: .25rem .5rem; align-items: center; font-weight: 600; }
  .path li + li::before { content: "›"; margin-inline-end: .5rem; color: var(--_torque-gitlab-connect-muted); font-weight: 400; }

  @container connect not (min-width: 34rem) {
    form { gap: 1rem; }
    .box, .summary, .repository { padding: .75rem .875rem; }
    .choices { row-gap: 0; }
    .facts { gap: .5rem; }
  }
  @container connect (min-width: 34rem) {
    .panel { padding: 1.75rem; }
    .actions > .button { flex: none; }
    .pager .hint { flex: none; order: 0; }
    .line .name { flex: 1 1 14rem; }
    .downloads { margin-inline-end: 0; }
    .cards { grid-template-columns: 1fr 1fr; }
    .pair { grid-template-columns: 1fr 1fr; }
    .compare { display: flex; flex-wrap: wrap; gap: .5rem .375rem; }
    .compare li { grid-template: auto auto 1rem auto / auto; min-inline-size: 3.25rem; }
    .compare code { padding-inline: .5rem; }
    .compare li.below > :not(.part) { grid-area: auto; }
    .compare .same code:first-of-type { border-inline-end: 1px solid; border-block-end: 0; border-radius: 6px 6px 0 0; }
    .compare .same code:last-of-type { border-inline-start: 1px solid; border-block-start: 0; border-radius: 0 0 6px 6px; }
    .compare .same .joint { border-block: 0; border-inline: 1px solid var(--_torque-gitlab-connect-good); }
    .rows > li { grid-template-columns: 1.25rem 1fr auto; }
    .rows .word { grid-column: 3; }
    .answers > div { grid-template-columns: 9rem 1fr auto; }
    .answers dd { grid-column: 2; }
    .answers .change { grid-area: 1 / 3; }
  }
  @container connect (min-width: 54rem) {
    .frame { grid-template-columns: 15rem 1fr; gap: 2.5rem; align-items: start; }
    .stepper ol { display: grid; }
    .stepper li { padding-block-end: 1rem; }
    .stepper li:not(:last-child)::after { inset-block: 2.625rem .125rem; inset-inline: 1.1875rem auto; inline-size: 2px; block-size: auto; }
    .stop { flex-direction: row; align-items: flex-start; gap: .75rem; }
    .caption { display: grid; padding-block-start: .25rem; font-size: 1rem; line-height: 1.5; }
    .answer { color: var(--_torque-gitlab-connect-muted); font-size: .875rem; overflow-wrap: anywhere; }
    .stop:enabled:hover .title { color: var(--_torque-gitlab-connect-accent); }
    .panel { padding: 2.25rem 2.5rem; }
  }
  @media (prefers-reduced-motion: reduce) {
    .icon-running { animation: none; }
    progress::-webkit-progress-value { transition: none; }
  }
  @media (forced-colors: active) {
    .marker, .badge, .chip { forced-color-adjust: none; }
    .card:has(input:checked) { outline: 2px solid Highlight; }
  }
`;
