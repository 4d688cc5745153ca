import { arrange } from '../editions/arrange.ts';
import { type Bar, breakingStory } from '../editions/breaking.ts';
import { gather } from '../editions/gather.ts';
import { editionId } from '../editions/key.ts';
import type { Edition, EditionStory } from '../editions/model.ts';
import { healthOf } from '../editions/outage.ts';
import type { EditionRecord } from '../editions/ports.ts';
import { isAwake, type QuietHours } from '../editions/quiet-hours.ts';
import { pages } from '../pages.ts';
import { renderEdition } from '../rendering/edition.ts';
import { inWords } from '../rendering/edition-view.ts';
import { choiceAt } from '../subscriptions/choice.ts';
import type { Subscriber } from '../subscriptions/model.ts';
import { DAY, HOUR } from '../time.ts';
import type { Instant, Locale } from '../types.ts';
import { alertedItems, alertKey, recentAlerts } from './alert-log.ts';
import type { Ensured } from './ensure-edition.ts';
import { hiddenNow } from './hidden.ts';
import { freeze, type PublishDeps, type PublishedEdition, type PublishResult, publish } from './publish.ts';
import { readGate } from './sending.ts';

export interface AlertSettings extends Bar {
  /** Alerts in any 24 hours, for everybody. */
  readonly maxPerDay: number;
  /** Local hours of the reader in which nobody is woken. */
  readonly quietHours: QuietHours;
}

export type AlertDeps = PublishDeps & {
  readonly config: { readonly locales: readonly Locale[]; readonly breaking?: AlertSettings | undefined };
};

/** An alert that could not leave by then is none any more. */
const SEND_WITHIN_HOURS = 2;

/**
 * What a tick does: alerts first, so that a digest due at the same time can say what was sent as one. A failing alert
 * keeps no digest waiting.
 * @throws as `publish`, or what stopped the alert, when the digests had their turn
 */
export async function publishAll(
  deps: AlertDeps,
  input: { readonly at: Instant; readonly withinHours: number },
): Promise<PublishResult> {
  const [alerts] = await Promise.allSettled([publishAlerts(deps)]);
  if (alerts.status === 'rejected') deps.log.error('alert not published', { error: alerts.reason });
  const result = await publish(deps, input);
  if (alerts.status === 'rejected') throw alerts.reason;
  return { ...result, editions: [...alerts.value, ...result.editions] };
}

/**
 * Sends a news alert when a story is over the bar, to those who asked for alerts and are awake; others find it marked in
 * their next digest. At most one story per call. Finishes what an earlier call broke off. Repeating it, also at the same
 * time, tells nobody the same story twice. Nothing where the configuration has no `breaking`.
 */
export async function publishAlerts(deps: AlertDeps): Promise<readonly PublishedEdition[]> {
  const { breaking } = deps.config;
  if (!breaking) return [];
  const now = deps.clock().toISOString();
  const alerts = await recentAlerts(deps, now);
  const open = alerts.filter(({ status, edition }) => status === 'composed' && now <= edition.sendBy);
  const raised = await raise(deps, breaking, alerts);
  const published: PublishedEdition[] = [];
  for (const record of open) published.push(...(await send(deps, breaking, { record, fresh: false })));
  if (raised) published.push(...(await send(deps, breaking, { record: raised, fresh: true })));
  return published;
}

/** Freezes an alert, if there is cause for one; undefined also when somebody else was quicker. */
async function raise(
  deps: AlertDeps,
  breaking: AlertSettings,
  alerts: readonly EditionRecord[],
): Promise<EditionRecord | undefined> {
  const at = deps.clock();
  const now = at.toISOString();
  const today = alerts.filter(({ edition }) => at.getTime() - Date.parse(edition.dueAt) < DAY);
  if (today.length >= breaking.maxPerDay) return undefined;
  const since = new Date(at.getTime() - deps.config.edition.lookbackHours * HOUR).toISOString();
  const items = (await Array.fromAsync(pages((cursor) => deps.feeds.itemsSince(since, cursor)))).flat();
  const { stories } = gather({ items, selector: deps.selector, since, composedAt: now });
  const alerted = alertedItems(alerts);
  const best = (told: ReadonlySet<string>) => breakingStory(stories, { bar: breaking, now, told });
  // What an editor hid is looked up only when there is cause for an alert: that is seldom.
  const story = best(alerted) && best(alerted.union(await hiddenNow(deps, now)));
  if (!story) return undefined;
  const health = healthOf(deps.sources, await deps.feeds.listStates(), at.getTime());
  const serial = alerts.filter(({ edition }) => edition.dueAt.slice(0, 10) === now.slice(0, 10)).length;
  const edition = layOut(
    deps,
    { ...alertKey(deps, now, serial), composedAt: now, health },
    { ...story, change: 'new' },
  );
  const message = renderEdition(edition, deps.site);
  return (await deps.editions.create(edition, message)) ? { edition, message, status: 'composed' } : undefined;
}

type Frame = Pick<Edition, 'publication' | 'cadence' | 'variant' | 'dueAt' | 'serial' | 'composedAt' | 'health'>;

function layOut(deps: AlertDeps, frame: Frame, story: EditionStory): Edition {
  const { composedAt, health, publication, cadence, variant, dueAt, serial } = frame;
  const { length } = story.items;
  const edition = arrange({
    key: { publication, cadence, variant, dueAt, ...(serial !== undefined && { serial }) },
    ...{ composedAt, health, stories: [story], considered: [], previous: [], seen: length, picked: length },
    ...{ maxStories: 1, conflicts: deps.selector.conflicts },
    sendBy: new Date(Date.parse(composedAt) + SEND_WITHIN_HOURS * HOUR).toISOString(),
    versions: { ...deps.versions, profile: deps.selector.profile },
  });
  return inWords(edition);
}

/**
 * Plans and hands over an alert in every language of its readers. The first edition, which says that there is an alert at
 * all, is frozen last: while it is not, the next call comes back to this one.
 */
async function send(deps: AlertDeps, breaking: AlertSettings, first: Ensured): Promise<readonly PublishedEdition[]> {
  const { edition } = first.record;
  const gate = await readGate(deps);
  const editions = new Map([[edition.variant, first]]);
  for await (const [locale, readers] of listeners(deps, breaking, edition)) {
    const ensured = editions.get(locale) ?? (await inLanguage(deps, edition, locale));
    editions.set(locale, ensured);
    const { record } = ensured;
    const now = deps.clock().toISOString();
    if (record.status === 'composed') await deps.deliveries.plan(record.edition.id, readers, now);
  }
  const published: PublishedEdition[] = [];
  for (const ensured of [...editions.values()].toReversed()) published.push(await freeze(deps, ensured, gate));
  return published;
}

/** Those who want this alert and were awake when it was raised, a page at a time, by language. Every active reader is looked at: alerts are rare. */
async function* listeners(
  deps: AlertDeps,
  { quietHours }: AlertSettings,
  edition: Edition,
): AsyncGenerator<readonly [Locale, readonly string[]]> {
  const conflict = edition.lead?.conflict ?? 'other';
  const wants = ({ preferences }: Pick<Subscriber, 'preferences'>) => {
    const { conflicts } = choiceAt(preferences, edition.dueAt).filter ?? {};
    const isTheirs = !conflicts || conflicts.includes(conflict);
    return preferences.breaking === true && isTheirs && isAwake(quietHours, preferences.zone, edition.dueAt);
  };
  for (const appointment of await deps.subscribers.appointments())
    for await (const page of pages((cursor) => deps.subscribers.dueReaders(appointment, cursor))) {
      const listening = page.filter(wants);
      const byLocale = Map.groupBy(listening, ({ preferences }) => choiceAt(preferences, edition.dueAt).locale);
      for (const [locale, readers] of byLocale) yield [locale, readers.map(({ id }) => id)];
    }
}

/** The same alert in another language: laid out from the first one's frozen story. */
async function inLanguage(deps: AlertDeps, first: Edition, variant: Locale): Promise<Ensured> {
  const id = editionId({ ...first, variant });
  const stored = await deps.editions.get(id);
  if (stored || !first.lead) return { record: stored ?? missing(id), fresh: false };
  const edition = layOut(deps, { ...first, variant }, first.lead);
  const message = renderEdition(edition, deps.site);
  if (await deps.editions.create(edition, message))
    return { record: { edition, message, status: 'composed' }, fresh: true };
  return { record: (await deps.editions.get(id)) ?? missing(id), fresh: false };
}

function missing(id: string): never {
  throw new Error(`The alert ${id} was neither created nor found.`);
}
