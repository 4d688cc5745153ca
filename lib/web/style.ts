import theme from '../../templates/theme.json' with { type: 'json' };
import { sha256 } from '../sha256.ts';
import { EDITION_STYLE } from './pages/edition-style.ts';

const { light, dark } = theme;

/** The one style sheet: system fonts, nothing remote, light and dark, from 320 px up. */
export const STYLE = `:root{color-scheme:light dark;--paper:${light.paper};--ink:${light.ink};--soft:${light.muted};--rule:${light.rule};--field:#fff;--accent:${light.accent};--on-accent:#fff;--note:#f1ece0;
--serif:Charter,"Bitstream Charter","Iowan Old Style","Source Serif 4",Cambria,Georgia,"Noto Serif",serif;--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
@media(prefers-color-scheme:dark){:root{--paper:${dark.paper};--ink:${dark.ink};--soft:${dark.muted};--rule:${dark.rule};--field:#211f1b;--accent:${dark.accent};--on-accent:#2a0705;--note:#232019}}
*{box-sizing:border-box;accent-color:var(--accent)}
html{-webkit-text-size-adjust:100%;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 var(--serif)}
body{margin:0 auto;max-width:68rem;padding:0 1.25rem;min-height:100vh;display:flex;flex-direction:column;overflow-wrap:anywhere}
main{flex:1;padding:2rem 0 3rem}
a{color:inherit;text-decoration-color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{color:var(--accent)}
:focus-visible,input:focus,input:focus-within,select:focus{outline:3px solid var(--accent);outline-offset:3px;border-radius:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.5rem 1rem;z-index:2}
.masthead{border-top:4px double var(--ink);border-bottom:1px solid var(--rule);margin-top:1.5rem;padding:1.1rem 0 .8rem;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline}
.masthead .name{margin:0;font-size:clamp(1.8rem,4vw,2.3rem);letter-spacing:-.01em;line-height:1.1;flex:1 1 auto;max-width:none}
.masthead .name a{text-decoration:none}
.masthead nav,.foot,.meta,label,legend,.hint,button,input,select,.note,.kicker,summary{font-family:var(--sans)}
.masthead nav{display:flex;flex:1 1 auto;flex-wrap:wrap;gap:0 1.25rem;align-items:baseline;justify-content:flex-end;font-size:.9rem;white-space:nowrap}
@media(max-width:40rem){.masthead nav{justify-content:flex-start}.tongue{margin-left:auto}}
.masthead nav>a{padding:.4rem 0}
.tongue{position:relative}
.tongue summary{cursor:pointer;padding:.4rem 0;list-style-position:inside}
.tongue ul{position:absolute;right:0;z-index:1;margin:0;padding:.4rem 0;list-style:none;background:var(--field);border:1px solid var(--rule);min-width:11rem}
.tongue li a{display:block;padding:.45rem 1rem;text-decoration:none}
.tongue li a[aria-current]{font-weight:700}
h1,h2,h3{line-height:1.2;text-wrap:balance;letter-spacing:-.01em}
h1{font-size:clamp(1.75rem,4.5vw,2.5rem);font-weight:400;margin:0 0 1.25rem}
h1.lead{font-size:clamp(1.75rem,5vw,3rem);line-height:1.15;max-width:24em;margin:0 0 2.25rem}
h2{font-size:1.35rem;margin:0 0 .9rem}
h3{font-size:1.08rem;margin:0 0 .2rem}
p{margin:0 0 1rem;max-width:38rem}
.narrow{max-width:38rem}
.front{display:grid;gap:2.75rem}
@media(min-width:56rem){.front{grid-template-columns:minmax(0,25rem) minmax(0,1fr);gap:4rem;align-items:start}}
.card{background:var(--note);padding:1.5rem clamp(1.1rem,4vw,1.75rem)}
.promises{list-style:none;padding:0;margin:3.5rem 0 0;display:grid;gap:0 2.5rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr))}
.promises li{padding:.8rem 0;border-top:1px solid var(--rule)}
.promises li::before{content:"";display:block;width:.55rem;height:.55rem;background:var(--accent);margin:.1rem 0 .6rem}
.meta,.hint,.kicker{color:var(--soft);font-size:.875rem;line-height:1.5}
.kicker{text-transform:uppercase;letter-spacing:.08em;font-size:.78rem;font-weight:600;margin:0 0 .5rem}
form{margin:0 0 1rem}
form h2{margin-top:2rem}
.field{margin:0 0 1.1rem}
.field>.hint{margin:.4rem 0 0}
label,legend{display:block;padding:0;font-size:.9rem;font-weight:600;margin:0 0 .3rem}
fieldset{border:0;padding:0;margin:0 0 1.1rem;min-width:0}
input,select,button{font-size:1rem;line-height:1.4;color:var(--ink)}
input:not([type=radio],[type=checkbox]),select{width:100%;padding:.65rem .75rem;background:var(--field);border:1px solid var(--soft);border-radius:3px;min-height:2.9rem}
input[aria-invalid=true]{border:2px solid var(--accent)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,10rem),1fr));gap:0 1rem}
.narrow .pair{grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr))}
.radio{display:flex;gap:.6rem;align-items:baseline;font-weight:400;font-size:1rem;padding:.3rem 0}
.boxes{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,14rem),1fr));gap:0 1rem}
.boxes legend{position:absolute;left:-99rem}
details.choices{border-block:1px solid var(--rule);margin:0 0 1.1rem}
details.choices+details.choices{border-top:0;margin-top:-1.1rem}
details.choices summary{cursor:pointer;padding:.75rem 0;font-size:.95rem}
details.choices[open] summary{padding-bottom:1rem}
.now{display:block;color:var(--soft);font-size:.875rem;padding-left:1.15rem}
button{font-weight:600;padding:.75rem 1.5rem;min-height:2.9rem;border-radius:3px;border:1px solid var(--accent);background:var(--accent);color:var(--on-accent);cursor:pointer}
button:hover{filter:brightness(1.12)}
button.quiet{background:transparent;color:var(--ink);border-color:var(--soft)}
.trap{position:absolute;left:-99rem}
.note{background:var(--note);font-family:var(--sans);border-left:4px solid var(--accent);padding:.75rem 1rem;margin:0 0 1.5rem;max-width:38rem;font-size:.95rem}
.note p,.note ul{margin:0}
.problem{color:var(--accent);font-family:var(--sans);font-size:.9rem;font-weight:600;margin:.35rem 0 0}
.copy{background:var(--note);padding:1rem;white-space:pre-wrap;font-size:.875rem;line-height:1.5}
.facts{margin:0 0 1.5rem;padding:.25rem 0;list-style:none;border-block:1px solid var(--rule)}
.facts li{padding:.4rem 0}
.story{margin:0 0 1.4rem}
.story p{margin:.3rem 0 0}
.story h3{font-size:1.15rem}
.story h3 a,.list a{text-decoration:none}
.story h3 a:hover,.list a:hover{text-decoration:underline}
.story .tag{font-size:.75rem;border:1px solid var(--rule);padding:0 .3rem;border-radius:2px;white-space:nowrap}
.first .story h3,.sample li:first-child h3{font-size:clamp(1.4rem,3vw,1.85rem);font-weight:400;margin-bottom:.4rem}
.dateline{font-size:clamp(1.3rem,3.5vw,1.7rem);margin-bottom:.4rem}
.edition .meta{margin-bottom:.2rem}
.edition>section .kicker{color:var(--accent)}
.sample{border-top:1px solid var(--ink);padding-top:1rem}
.sample>.meta{margin:0 0 .5rem}
.sample ol,.list{list-style:none;margin:0 0 1.25rem;padding:0}
.sample li,.list li{padding:.9rem 0;border-bottom:1px solid var(--rule)}
.sample .story{margin:0}
.sample li:first-child{padding-top:.25rem}
.list p{margin:0}
.list h2{margin:0;font-size:1.2rem}
.narrow>section{border-top:1px solid var(--rule);margin-top:2.25rem;padding-top:1.75rem}

.foot{border-top:1px solid var(--rule);padding:1rem 0 1.75rem;font-size:.85rem;color:var(--soft);display:flex;flex-wrap:wrap;gap:.25rem 2rem;justify-content:space-between}
.foot p{margin:0}
@media print{.masthead nav,.foot,form{display:none}}
${EDITION_STYLE}`;

/** Its address changes with its content, so that browsers may keep it for good. */
export const STYLE_PATH = `/style-${sha256(STYLE).slice(0, 12)}.css`;
