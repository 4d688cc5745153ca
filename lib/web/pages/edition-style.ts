/** Style of the archive and of an edition's page: its map, its chart, its printed form. */
export const EDITION_STYLE = `:root{--land:#e4dfd2}
@media(prefers-color-scheme:dark){:root{--land:#34312b}}
.filter{list-style:none;display:flex;flex-wrap:wrap;gap:0 1.1rem;padding:0;margin:0 0 1rem;font:.9rem/1.5 var(--sans)}
.filter a{display:inline-block;padding:.4rem 0;text-decoration:none}
.filter a[aria-current]{font-weight:700;box-shadow:0 2px var(--accent)}
.turn{display:flex;flex-wrap:wrap;gap:.5rem 2rem;font-family:var(--sans);font-size:.95rem}
.turn:empty{display:none}
.feeds{list-style:none;margin:0 0 1rem;padding:0;font-size:.95rem}
.feeds li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.3rem 0;border-top:1px solid var(--rule)}
.feeds a{display:inline-block;padding:.15rem .1rem;font-family:var(--sans);font-size:.85rem}
.topics{border-top:1px solid var(--rule)}
.topics summary{cursor:pointer;padding:.6rem 0;font-size:.95rem}
.hint{overflow-wrap:anywhere}
svg.map,svg.volume{display:block;width:100%;height:auto;max-width:38rem;margin:0 0 .75rem;font-family:var(--sans)}
svg.map{background:var(--note);border:1px solid var(--rule)}
.map .land{fill:var(--land);stroke:var(--soft);stroke-width:.8;stroke-linejoin:round}
.map .border{fill:none;stroke:var(--soft);stroke-width:1;stroke-dasharray:2 4;opacity:.8}
.map .dot,.map .ring{fill:var(--accent);stroke:var(--paper);stroke-width:2}
.map .ring{fill:none;stroke:var(--accent);stroke-width:4}
.map text{font-size:26px;paint-order:stroke;stroke:var(--land);stroke-width:5px;stroke-linejoin:round}
.map .towns text{fill:var(--ink);font-weight:600}
.map .lands text{fill:var(--soft);font-style:italic}
.volume .bar{fill:var(--accent)}
.volume .axis{stroke:var(--soft);stroke-width:2}
.volume text{font-size:22px;fill:var(--soft)}
.places{list-style:none;margin:0 0 .75rem;padding:0;columns:17rem 2;column-gap:2.5rem;font-size:.95rem}
.places li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.3rem 0;border-bottom:1px solid var(--rule);break-inside:avoid}
.places span{color:var(--soft);font:.85rem/1.8 var(--sans)}
.volumes{width:100%;max-width:24rem;border-collapse:collapse;font:.9rem/1.5 var(--sans);margin:0 0 1rem;font-variant-numeric:tabular-nums}
.volumes caption{text-align:left;color:var(--soft);padding:0 0 .4rem}
.volumes th,.volumes td{text-align:left;font-weight:400;padding:.15rem 2rem .15rem 0;border-bottom:1px solid var(--rule)}
.volumes td{text-align:right;padding-right:0}
.volumes thead th{font-weight:600}
.onward{display:flex;flex-wrap:wrap;gap:.25rem 2rem}
.story:target{scroll-margin-top:1rem;box-shadow:-.9rem 0 var(--paper),-1.1rem 0 var(--accent)}
@media print{
@page{margin:18mm 16mm}
:root{--paper:#fff;--ink:#000;--soft:#444;--rule:#999;--accent:#000;--note:#fff;--land:#e8e8e8}
html{font-size:10.5pt;line-height:1.4;background:#fff;color:#000}
body{max-width:none;padding:0;display:block}
.masthead{margin-top:0;padding:.4rem 0}
.edition,.edition p{max-width:none}
.skip,.tongue,.onward,.topics,.places a+span,.filter,.turn,#feeds{display:none}
.story,.places li,svg{break-inside:avoid}
h2,h3{break-after:avoid}
.narrow>section{margin-top:1.1rem;padding-top:.8rem}
.story h3 a[href^="http"]::after{content:" " attr(href);display:block;font:400 .75rem/1.3 var(--sans);color:#444;overflow-wrap:anywhere}
a{text-decoration:none}
}
`;
