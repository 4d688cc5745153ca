import type { Profile } from '../profile.ts';
import { rarityInNews } from '../stories/weights.ts';

/** Rarity below which a name says nothing; the most frequent country has 3. */
const COMMONEST = 2;

/** How much a concept says about what an article is about: whichever way it weighs. */
export function conceptWeight({ concepts }: Profile): (id: string) => number {
  return (id) => Math.abs(concepts[id]?.weight ?? 0);
}

/** A town says more than a country that is in all news. */
export function nameWeight(name: string): number {
  return Math.min(rarityInNews(`p:${name}`), rarityInNews(`n:${name}`)) - COMMONEST;
}
