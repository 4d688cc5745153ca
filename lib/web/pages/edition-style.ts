/** Style of the archive and of an edition's page: its map, its chart, its printed form. */
export const EDITION_STYLE = `.filter{list-style:none;display:flex;flex-wrap:wrap;gap:0 1.1rem;padding:0;margin:0 0 1rem;font:.9rem/1.5 var(--sans)}
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
`;
